import { usage } from "./exit-codes";
import type { Cell, Style } from "./printer";

/** A time as people read it, in UTC, to the minute; a dash for none. */
export const when = (time: string | null | undefined): string =>
  time ? `${time.slice(0, 10)} ${time.slice(11, 16)} UTC` : "–";

/** The same for a table, which says the day alone where it is narrow; `none` in place of no time. */
export const whenCell = (time: string | null | undefined, none = "–"): Cell =>
  time ? { text: when(time), short: time.slice(0, 10) } : none;

const STATUS_STYLES: Record<string, Style> = { active: "green", expired: "yellow", deleted: "dim", deactivated: "dim" };

export const statusCell = (status: string): Cell => {
  const style = STATUS_STYLES[status];
  return style ? { text: status, style } : status;
};

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** A moment as somebody types it: 90d, 12h, 2027-01-31, a whole RFC 3339 time, or never, which is null. */
export function readMoment(text: string, now: Date): string | null {
  if (text === "never") return null;
  const [, count, unit] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  if (count && unit) return new Date(now.getTime() + Number(count) * (UNITS[unit] ?? 0)).toISOString();
  const whole = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T23:59:59Z` : text;
  const at = /^\d{4}-\d\d-\d\dT/.test(whole) ? Date.parse(whole) : Number.NaN;
  if (Number.isNaN(at))
    throw usage(
      "That is no time.",
      "Say 90d, 12h, 2027-01-31 (the end of that day, UTC), 2027-01-31T12:00:00Z or never.",
    );
  return new Date(at).toISOString();
}

/** A whole number between two. */
export function readCount(text: string, name: string, least: number, most: number): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < least || count > most)
    throw usage(`--${name} takes a whole number from ${least} to ${most}.`);
  return count;
}
