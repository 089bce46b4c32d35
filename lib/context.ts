import type { Db } from "@/db/client";

/** Where a request came from, for the audit log. */
export interface Origin {
  requestId: string | null;
  ip: string | null;
}

/** What a verb needs besides its actor and input: a database (or a transaction in it), the clock, the origin. */
export interface Context {
  db: Db;
  now: Date;
  origin: Origin;
}
