import { createDatabase, type Database } from "@/db/client";
import { env } from "./env";

// Next loads a module once per bundle; the pool is kept where all of them find it.
const home = globalThis as { latchkeyDatabase?: Database; latchkeyAuthorityDatabase?: Database };

/** Two statements that look tokens up, one write of usage, and one to spare. */
const AUTHORITY_CONNECTIONS = 4;

/** The process's own pool on `DATABASE_URL`, opened on first use. */
export function database(): Database {
  home.latchkeyDatabase ??= createDatabase(env().DATABASE_URL, {
    max: env().DATABASE_POOL_SIZE,
    patience: "limited",
  });
  return home.latchkeyDatabase;
}

/** The pool of token checks and their counts alone, so that whatever else waits for the database, they do not. */
export function authorityDatabase(): Database {
  home.latchkeyAuthorityDatabase ??= createDatabase(env().DATABASE_URL, {
    max: AUTHORITY_CONNECTIONS,
    patience: "limited",
  });
  return home.latchkeyAuthorityDatabase;
}
