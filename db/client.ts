import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { keepStatementsOutOfErrors } from "./database-error";
import * as schema from "./schema";

keepStatementsOutOfErrors();

type Schema = typeof schema;

/** A place to run statements: the pool, or a transaction in it. Verbs take one and open their own (nested) transaction. */
export type Db = PostgresJsDatabase<Schema>;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

export interface Database {
  db: Db;
  /** The driver itself, for the one query that is worth it: verification. */
  sql: postgres.Sql;
  end(): Promise<void>;
}

/** In milliseconds; by the server's clock. Nobody waits longer for a page, and a lock that long is held by a mistake. */
const LIMITS = { statement_timeout: 15_000, lock_timeout: 10_000 };

/**
 * Opens a pool on `url`. Connections are made on first use and after a loss, so a database that comes back is used again
 * without a restart. With `limited` patience the server gives up what takes too long; a migration may take its time.
 */
export function createDatabase(
  url: string,
  { max = 10, patience = "endless" }: { max?: number; patience?: "limited" | "endless" } = {},
): Database {
  const sql = postgres(url, {
    max,
    connect_timeout: 2,
    idle_timeout: 60,
    // Between two attempts to connect; the driver's own back-off would keep a returned database waiting.
    backoff: false,
    connection: { application_name: "latchkey", TimeZone: "UTC", ...(patience === "limited" ? LIMITS : {}) },
    onnotice: () => {},
  });
  return { db: drizzle(sql, { schema }), sql, end: () => sql.end({ timeout: 5 }) };
}
