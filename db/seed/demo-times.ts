import type { DemoMoment } from "./demo-organization";
import { noise } from "./usage-patterns";

export const DAY = 86_400_000;

export const daysAgo = (days: number, now: Date) => new Date(now.getTime() - days * DAY);

/** The time `at` (`hh:mm`) of the day that is `days` from today, negative for before; UTC. */
function dayAndTime(days: number, at: string, now: Date): Date {
  const time = new Date(now.getTime() + days * DAY);
  const [hour = 0, minute = 0] = at.split(":").map(Number);
  time.setUTCHours(hour, minute, 0, 0);
  return time;
}

/**
 * A moment of work: on a weekend it becomes the Friday before, and nobody acts at a full second, `seed` tells at which.
 * At least one day ago, so never in the future.
 */
export function workingMoment({ days, at }: DemoMoment, seed: string, now: Date): Date {
  const moment = dayAndTime(-Math.max(days, 1), at, now);
  const weekday = moment.getUTCDay();
  const back = weekday === 0 ? 2 : weekday === 6 ? 1 : 0;
  return new Date(moment.getTime() - back * DAY + Math.floor(noise(`${seed}|${days}|${at}`) * 60_000));
}

/** The time of day of `like`, `days` from now on. */
export function dayAhead(days: number, like: Date, now: Date): Date {
  return dayAndTime(days, like.toISOString().slice(11, 16), now);
}
