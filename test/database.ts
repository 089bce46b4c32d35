import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, inject, onTestFinished } from "vitest";
import { createDatabase, type Database, type Db } from "@/db/client";
import { databaseUrl, TEMPLATE } from "./template-database";

/** Thrown to leave a transaction without a trace. */
class Rollback extends Error {}

let shared: Promise<Database> | undefined;
afterAll(async () => (await shared)?.end());

/**
 * Runs a test in a transaction that is always rolled back. `db` is what verbs take; `sql` is the driver inside the same
 * transaction, for code that bypasses drizzle. A verb's own transaction becomes a savepoint.
 */
export async function withRollback<T>(run: (db: Db, sql: postgres.TransactionSql) => Promise<T>): Promise<T> {
  shared ??= workerDatabase();
  const { db } = await shared;
  let result: { value: T } | undefined;
  await db
    .transaction(async (tx) => {
      const { client } = (tx as unknown as { session: { client: postgres.TransactionSql } }).session;
      result = { value: await run(tx, client) };
      throw new Rollback();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Rollback)) throw error;
    });
  if (!result) throw new Error("the transaction ended before its test");
  return result.value;
}

/**
 * A database of its own for one test, empty but for the schema: for several connections, commits and races, which a
 * rolled-back transaction cannot show. Dropped when the test ends.
 */
export async function freshDatabase({ max = 10 }: { max?: number } = {}): Promise<Database & { url: string }> {
  const name = `latchkey_test_${randomUUID().replaceAll("-", "")}`;
  await onServer((sql) => sql`create database ${sql(name)} template ${sql(TEMPLATE)}`);
  const url = databaseUrl(inject("postgresUrl"), name);
  const database = createDatabase(url, { max });
  onTestFinished(async () => {
    await database.end();
    await onServer((sql) => dropDatabase(sql, name));
  });
  return { ...database, url };
}

/** One for each worker process, so that the same email in two test files never waits for the other's rollback. */
async function workerDatabase(): Promise<Database> {
  const name = `latchkey_test_worker_${process.env.VITEST_POOL_ID ?? "0"}`;
  await onServer(async (sql) => {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (!found) await sql`create database ${sql(name)} template ${sql(TEMPLATE)}`;
  });
  return createDatabase(databaseUrl(inject("postgresUrl"), name), { max: 4 });
}

/**
 * Also where somebody is still connected. The server refuses to end an autovacuum worker by force, since that is not ours;
 * asked without it, it ends that worker itself.
 */
async function dropDatabase(sql: postgres.Sql, name: string): Promise<void> {
  const [PERMISSION_DENIED, IN_USE] = ["42501", "55006"];
  for (let attempt = 1; ; attempt += 1) {
    const force = attempt % 2 === 1 ? sql`with (force)` : sql``;
    try {
      await sql`drop database ${sql(name)} ${force}`;
      return;
    } catch (error) {
      const { code } = error as postgres.PostgresError;
      if (attempt === 5 || (code !== PERMISSION_DENIED && code !== IN_USE)) throw error;
    }
  }
}

async function onServer<T>(run: (sql: postgres.Sql) => PromiseLike<T>): Promise<T> {
  const sql = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
  try {
    return await run(sql);
  } finally {
    await sql.end();
  }
}
