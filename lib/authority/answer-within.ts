import type { PendingQuery } from "postgres";

/** The database did not answer in time. */
export class LookupLate extends Error {
  override name = "LookupLate";
}

/**
 * Gives up on `query` after `ms` milliseconds; a late answer is dropped, and what was not sent yet never is. One that was sent
 * behind others on its connection is left alone: the driver would then give its answer to the statement after it.
 */
export async function answerWithin<T extends object[]>(ms: number, query: PendingQuery<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      if (!(query as { state?: object | null }).state) query.cancel();
      reject(new LookupLate(`no answer within ${Math.round(ms)} ms`));
    }, ms);
  });
  try {
    return await Promise.race([query, late]);
  } finally {
    clearTimeout(timer);
  }
}
