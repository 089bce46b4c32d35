import type { TokenPolicy } from "./token-policy";
import { DAY } from "./token-status";

/** What the create dialog lets a person choose: so many days from now, the end of a day of their calendar, or never. */
export type ExpiryChoice = number | "date" | "never";

export interface ExpiryPick {
  choice: ExpiryChoice;
  /** "2027-02-20", kept also while another choice is made; null while there is none. */
  date: string | null;
  /** What was typed where that is no date. */
  typed?: string;
}

/** What an expiry is chosen within. */
export interface ExpiryBounds extends Pick<TokenPolicy, "expiry" | "expiryDays"> {
  /** The expiry that there is already: only what is later is offered. */
  after?: Date | null;
}

const OFFERED_DAYS = [7, 30, 60, 90];
/** What is far away already is extended by more. */
const FURTHER_DAYS = [180, 365];
const USUAL_DAYS = 90;

/** The bound is checked by the server's clock, and a browser's may run ahead of it by this much. */
const CLOCK_SLACK = 5 * 60_000;

/** The choices that the policy leaves, in the order in which they are shown; none where it leaves none. */
export function expiryChoices({ expiry, expiryDays, after }: ExpiryBounds, now: Date): ExpiryChoice[] {
  if (expiry === "never" || expiry === "fixed") return [];
  const isLater = (days: number) => !after || now.getTime() + days * DAY - CLOCK_SLACK > after.getTime();
  const offered = after ? [...OFFERED_DAYS, ...FURTHER_DAYS] : OFFERED_DAYS;
  const within = offered.filter((days) => (expiryDays === null || days <= expiryDays) && isLater(days));
  const bound = expiryDays !== null && isLater(expiryDays) ? [expiryDays] : [];
  const never = expiry === "optional" && expiryDays === null;
  return [
    ...(within.length > 0 ? within.slice(0, OFFERED_DAYS.length) : bound),
    // A day of its own lies between now and the bound, and behind what there is.
    ...(expiryDays === null || (expiryDays > 1 && bound.length > 0) ? (["date"] as const) : []),
    ...(never ? ["never" as const] : []),
  ];
}

/** What is chosen before the person chooses: 90 days, or the longest that is offered below that, or else the shortest. */
export function usualExpiry(bounds: ExpiryBounds, now: Date): ExpiryPick {
  const days = expiryChoices(bounds, now).filter((choice) => typeof choice === "number");
  return { choice: days.filter((count) => count <= USUAL_DAYS).at(-1) ?? days[0] ?? "date", date: null };
}

/** The instant that a pick stands for in an IANA zone; null for never, undefined while a date is still missing. */
export function expiryInstant(
  pick: ExpiryPick,
  { expiryDays }: ExpiryBounds,
  now: Date,
  timeZone: string,
): Date | null | undefined {
  if (pick.choice === "never") return null;
  if (pick.choice === "date") return pick.date === null ? undefined : endOfDay(pick.date, timeZone);
  const slack = pick.choice === expiryDays ? CLOCK_SLACK : 0;
  return new Date(now.getTime() + pick.choice * DAY - slack);
}

/** The first and the last calendar date that may be picked in that zone; `max` is null where the policy sets no bound. */
export function expiryDates(
  { expiryDays, after }: ExpiryBounds,
  now: Date,
  timeZone: string,
): { min: string; max: string | null } {
  const min = firstDate(after && after > now ? after : now, timeZone);
  if (expiryDays === null) return { min, max: null };
  const bound = new Date(now.getTime() + expiryDays * DAY - CLOCK_SLACK);
  const last = calendarDate(bound, timeZone);
  return {
    min,
    max: endOfDay(last, timeZone) <= bound ? last : calendarDate(new Date(bound.getTime() - DAY), timeZone),
  };
}

/** The first calendar date that ends after an instant. */
function firstDate(instant: Date, timeZone: string): string {
  const date = calendarDate(instant, timeZone);
  return endOfDay(date, timeZone) > instant ? date : calendarDate(new Date(instant.getTime() + 2000), timeZone);
}

/** The calendar date of an instant in an IANA zone, as "2027-02-20". */
export function calendarDate(instant: Date, timeZone: string): string {
  return dateIn(timeZone)(instant.getTime());
}

/**
 * The last second of a calendar date in an IANA zone. It is searched for, since an offset cannot be trusted near the
 * end of a day: some zones change their clocks at midnight, and a day may have 23 or 25 hours, or be left out.
 */
export function endOfDay(date: string, timeZone: string): Date {
  const [year = 1970, month = 1, day = 1] = date.split("-").map(Number);
  const dateAt = dateIn(timeZone);
  const minute = 60_000;
  // Offsets lie between -12 and +14 hours.
  let before = Date.UTC(year, month - 1, day + 1) - 15 * 60 * minute;
  let after = before + 30 * 60 * minute;
  while (after - before > minute) {
    const middle = before + Math.floor((after - before) / 2 / minute) * minute;
    if (dateAt(middle) > date) after = middle;
    else before = middle;
  }
  return new Date(after - 1000);
}

function dateIn(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return `${part.year?.padStart(4, "0")}-${part.month}-${part.day}`;
  };
}
