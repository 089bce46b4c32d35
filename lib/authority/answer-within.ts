import type { PendingQuery } from "postgres";
import { within } from "@/lib/within";

/** The database did not answer in time. */
export class LookupLate extends Error {
  override name = "LookupLate";
}

/**
 * Gives up on `query` after `ms` milliseconds; a late answer is dropped, and what was not sent yet never is. One that was sent
 * behind others on its connection is left alone: the driver would then give its answer to the statement after it.
 */
export function answerWithin<T extends object[]>(ms: number, query: PendingQuery<T>): Promise<T> {
  return within<T>(ms, query, () => {
    if (!(query as { state?: object | null }).state) query.cancel();
    return new LookupLate(`no answer within ${Math.round(ms)} ms`);
  });
}
