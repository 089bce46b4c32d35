import { expect, it, onTestFinished, vi } from "vitest";
import { freshDatabase } from "@/test/database";
import { makeWorld } from "@/test/world";
import { openTarget } from "./fill-target";

it("refuses a database that holds an organization of somebody's own before it migrates it", async () => {
  const { url, db, sql } = await freshDatabase();
  await makeWorld(db);
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv("DATABASE_URL", url);
  vi.stubEnv("AUTH_SECRET", "f1x7Q9-of-a-test-2bZ0kLw8vR4mT6yN3");
  const name = new URL(url).pathname.slice(1);
  // As one of an older version.
  await sql`alter table instances drop column stale_seconds`;
  await sql`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`;
  await expect(openTarget(name)).rejects.toThrow(`Nothing was filled: the database ${name} holds organizations`);
  const columns = await sql`select from information_schema.columns where column_name = 'stale_seconds'`;
  expect(columns).toHaveLength(0);
});
