import { createDatabase, type Database } from "@/db/client";
import { env } from "./env";

// Next loads a module once per bundle; the pool is kept where all of them find it.
const home = globalThis as { latchkeyDatabase?: Database };

/** The process's own pool on `DATABASE_URL`, opened on first use. */
export function database(): Database {
  home.latchkeyDatabase ??= createDatabase(env().DATABASE_URL, { max: env().DATABASE_POOL_SIZE });
  return home.latchkeyDatabase;
}
