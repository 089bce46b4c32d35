import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrateDatabase } from "@/db/migrate";
import { startEmbeddedPostgres } from "@/scripts/launcher/embedded-postgres";
import { databaseUrl, TEMPLATE } from "./template-database";

declare module "vitest" {
  export interface ProvidedContext {
    /** A server on which tests may create databases. */
    postgresUrl: string;
  }
}

/**
 * One throw-away server for the whole run, or the one at TEST_DATABASE_URL, with a migrated template that every test
 * database is a copy of. Nobody connects to the template itself: PostgreSQL copies only what nobody uses.
 */
export default async function setup(project: TestProject) {
  const { url, stop } = await server();
  try {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    const leftovers = await sql<{ datname: string }[]>`
      select datname from pg_database where datname = ${TEMPLATE} or starts_with(datname, 'latchkey_test_')`;
    for (const { datname } of leftovers) await sql`drop database ${sql(datname)} with (force)`;
    await sql`create database ${sql(TEMPLATE)}`;
    await sql.end();
    await migrateDatabase(databaseUrl(url, TEMPLATE));
    project.provide("postgresUrl", url);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function server(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-test-"));
  const started = await startEmbeddedPostgres({ dataDir, fast: true });
  return {
    url: started.url,
    stop: async () => {
      await started.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
