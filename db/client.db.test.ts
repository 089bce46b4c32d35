import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { freshDatabase } from "@/test/database";
import { createDatabase } from "./client";

it("settles every query whose connection is lost, in transactions too, and goes on with new ones", async () => {
  const { url } = await freshDatabase();
  const pool = createDatabase(url, { max: 8 });
  const killer = createDatabase(url, { max: 1 });
  for (let round = 0; round < 10; round++) {
    const work = Array.from({ length: 40 }, () =>
      pool.db
        .transaction(async (tx) => {
          await tx.execute(sql`select 1`);
          // A turn of the event loop, so that the loss can fall between two statements of a transaction.
          await new Promise((resolve) => setImmediate(resolve));
          await tx.execute(sql`select 2`);
        })
        .then(
          () => "done",
          () => "lost",
        ),
    );
    await killer.db.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`);
    const outcomes = await Promise.all(work);
    expect(outcomes).toHaveLength(40);
  }
  expect(await pool.db.execute(sql`select 1 as alive`)).toMatchObject([{ alive: 1 }]);
  await Promise.all([pool.end(), killer.end()]);
});
