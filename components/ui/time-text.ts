const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How far the clocks of the server and the browser may lie apart: what has just happened is not yet to come. */
const APART = 5000;

/** "12 seconds ago", "yesterday", "in 5 days": by elapsed time, so that it is the same in every zone. */
export function relativeText(then: Date, now: Date): string {
  const gap = then.getTime() - now.getTime();
  const size = Math.abs(gap);
  if (gap > -1000 && gap < APART) return "just now";
  if (size < minute) return phrase(gap, 1000, "second");
  if (size < hour) return phrase(gap, minute, "minute");
  // What was just made to last a day is still "in 1 day".
  if (size < (gap > 0 ? day - hour / 2 : day)) return phrase(gap, hour, "hour");
  if (gap < 0 && size < 2 * day) return "yesterday";
  if (size < 730 * day) return phrase(gap, day, "day");
  return phrase(gap, 365.25 * day, "year");
}

function phrase(gap: number, unit: number, name: string): string {
  // What was made a moment ago to last 90 days is still "in 90 days"; what is over has not come nearer by rounding.
  const count = gap > 0 && unit >= day ? Math.round(gap / unit) : Math.floor(Math.abs(gap) / unit);
  const words = `${count.toLocaleString("en")} ${name}${count === 1 ? "" : "s"}`;
  return gap < 0 ? `${words} ago` : `in ${words}`;
}

/** "12 Mar 2026" in that IANA zone. */
export function dateText(instant: Date, timeZone: string): string {
  const part = parts(instant, timeZone, { day: "numeric", month: "short", year: "numeric" });
  return `${part.day} ${part.month} ${part.year}`;
}

/** "12 Mar 2026", or "12 Mar 2026, 14:03" where it is less than two days ahead: then the hour counts. */
export function nearDateText(instant: Date, now: Date, timeZone: string): string {
  const gap = instant.getTime() - now.getTime();
  return gap > 0 && gap < 2 * day ? minuteText(instant, timeZone) : dateText(instant, timeZone);
}

/** Whether both fall on one day of that IANA zone's calendar. */
export const isSameDay = (one: Date | string, other: Date | string | null, timeZone: string): boolean =>
  other !== null && dateText(new Date(one), timeZone) === dateText(new Date(other), timeZone);

/** "12 Mar 2026, 14:03:22 GMT+1" in that IANA zone. */
export function instantText(instant: Date, timeZone: string): string {
  const part = parts(instant, timeZone, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
  return `${dateText(instant, timeZone)}, ${part.hour}:${part.minute}:${part.second} ${part.timeZoneName}`;
}

/** "12 Mar 2026, 14:03" in that IANA zone, for a moment to come, of which nobody needs the second. */
export function minuteText(instant: Date, timeZone: string): string {
  return `${dateText(instant, timeZone)}, ${clockText(instant, timeZone)}`;
}

/** "14:03:22" in that IANA zone. */
export function secondText(instant: Date, timeZone: string): string {
  const part = parts(instant, timeZone, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  return `${part.hour}:${part.minute}:${part.second}`;
}

/** "14:03" in that IANA zone. */
export function clockText(instant: Date, timeZone: string): string {
  const part = parts(instant, timeZone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${part.hour}:${part.minute}`;
}

/** How long until the relative text can change, in milliseconds; at most an hour. */
export function nextChange(then: Date, now: Date): number {
  const size = Math.abs(then.getTime() - now.getTime());
  return size < minute ? 5000 : size < hour ? 30_000 : hour;
}

function parts(instant: Date, timeZone: string, options: Intl.DateTimeFormatOptions): Record<string, string> {
  const format = new Intl.DateTimeFormat("en-US", { ...options, timeZone });
  return Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
}
