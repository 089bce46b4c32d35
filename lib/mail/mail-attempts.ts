const MINUTE = 60_000;

/**
 * Minutes from each attempt to the next. Together under a day: that long a mail service remembers an idempotency key, so
 * that all attempts at a message count as one.
 */
const WAITS = [1, 2, 5, 10, 20, 30, 60, 60, 120, 240, 480];

/** Attempts after which a message is given up. */
export const MOST_ATTEMPTS = WAITS.length + 1;

/** When to try again after the given attempt, the first being 1; null where that was the last. */
export function nextAttempt(attempt: number, now: Date): Date | null {
  const wait = WAITS[attempt - 1];
  return wait === undefined ? null : new Date(now.getTime() + wait * MINUTE);
}

/**
 * When to try again a message that is not to blame for its failure: a tenth of its age later, a minute at least and half an
 * hour at most. So the others get their turn too, in case it is to blame after all.
 */
export function nextTry(createdAt: Date, now: Date): Date {
  const wait = Math.min(Math.max((now.getTime() - createdAt.getTime()) / 10, MINUTE), 30 * MINUTE);
  return new Date(now.getTime() + wait);
}
