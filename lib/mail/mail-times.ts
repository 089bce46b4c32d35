import { DAY } from "@/lib/tokens/token-status";

/** "in 7 days", "tomorrow", "in 5 hours": rounded up, so that nothing seems to have less time than it has. */
export function within(iso: string, now: Date): string {
  const at = Date.parse(iso);
  const left = at - now.getTime();
  if (left <= 0) return "now";
  const hours = Math.ceil(left / (DAY / 24));
  // A run that comes a few minutes late still says the days that the policy does.
  const days = Math.round(left / DAY);
  if (hours >= 23 && days > 1) return `in ${days} days`;
  if (hours >= 23 && dayNumber(at) === dayNumber(now.getTime()) + 1) return "tomorrow";
  return `in ${hours} ${hours === 1 ? "hour" : "hours"}`;
}

const dayNumber = (at: number) => Math.floor(at / DAY);

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
const DAY_ALONE = format({ day: "numeric" });
const DAY_AND_MONTH = format({ day: "numeric", month: "long" });
const DAY_AND_YEAR = format({ day: "numeric", month: "long", year: "numeric" });
const EXACT = format({ day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });

/** In UTC, and saying so: a mail is read who knows where. */
export const instant = (iso: string): string => `${EXACT.format(new Date(iso))} UTC`;

/** "on 8 March", "between 8 and 10 March", "between 28 December 2026 and 4 January 2027", in UTC. */
export function span(first: string, last: string): string {
  const [from, to] = [new Date(first), new Date(last)];
  if (first.slice(0, 10) === last.slice(0, 10)) return `on ${DAY_AND_MONTH.format(from)}`;
  if (first.slice(0, 4) !== last.slice(0, 4))
    return `between ${DAY_AND_YEAR.format(from)} and ${DAY_AND_YEAR.format(to)}`;
  const start = (first.slice(0, 7) === last.slice(0, 7) ? DAY_ALONE : DAY_AND_MONTH).format(from);
  return `between ${start} and ${DAY_AND_MONTH.format(to)}`;
}
