const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How often something calls. Hours are UTC but where an offset says otherwise; calls are those of a full hour or run. */
export type UsagePattern =
  /** A machine that never sleeps. Its last call was `lag` seconds ago. */
  | { kind: "every"; seconds: number; lag: number }
  /** People at work. */
  | { kind: "office"; peak: number; utcOffset: number; weekend: number }
  /** Customers: awake by day, fewer by night. */
  | { kind: "steady"; calls: number; utcOffset: number; weekend: number }
  /** A job that runs once a day, or on some weekdays (0 is Sunday). */
  | { kind: "job"; hour: number; minute: number; minutes: number; calls: number; weekdays?: readonly number[] }
  /** Releases: now and then in an hour of work. */
  | { kind: "deploys"; chance: number; calls: number; utcOffset: number }
  /** Somebody who tries something on some days. */
  | { kind: "occasional"; chance: number; calls: number; utcOffset: number };

/** The calls of one hour, and when the last of them happened. */
export interface UsedHour {
  start: Date;
  calls: number;
  lastAt: Date;
}

/**
 * A number from 0 to just below 1 that depends on `key` alone, so that the demo world is the same at every start.
 * FNV-1a, then the finalizer of MurmurHash3.
 */
export function noise(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

// By the hour of the local day, relative to its busiest.
const AT_WORK = [
  0, 0, 0, 0, 0, 0.02, 0.06, 0.2, 0.55, 0.9, 1, 0.95, 0.55, 0.8, 1, 0.95, 0.8, 0.5, 0.2, 0.08, 0.04, 0.02, 0, 0,
];
const AWAKE = [
  0.24, 0.18, 0.14, 0.12, 0.13, 0.2, 0.34, 0.52, 0.68, 0.78, 0.82, 0.86, 0.92, 0.88, 0.84, 0.84, 0.86, 0.92, 1, 0.98,
  0.88, 0.7, 0.5, 0.34,
];

/** Expected calls of the full hour that begins at `start`. */
function expectedCalls(pattern: UsagePattern, start: Date, seed: string): number {
  const offset = "utcOffset" in pattern ? pattern.utcOffset : 0;
  const local = new Date(start.getTime() + offset * HOUR);
  const hour = local.getUTCHours();
  const isWeekend = local.getUTCDay() % 6 === 0;
  const day = local.toISOString().slice(0, 10);
  switch (pattern.kind) {
    case "every":
      return HOUR / 1000 / pattern.seconds;
    case "office":
      return pattern.peak * (AT_WORK[hour] ?? 0) * (isWeekend ? pattern.weekend : 1);
    case "steady":
      return pattern.calls * (AWAKE[hour] ?? 0) * (isWeekend ? pattern.weekend : 1);
    case "job":
      return hour === pattern.hour && (pattern.weekdays?.includes(local.getUTCDay()) ?? true) ? pattern.calls : 0;
    case "deploys":
      return !isWeekend && hour >= 8 && hour < 18 && noise(`${seed}|${day}|${hour}`) < pattern.chance
        ? pattern.calls
        : 0;
    case "occasional":
      return noise(`${seed}|${day}`) < pattern.chance && hour === 9 + Math.floor(noise(`${seed}|at|${day}`) * 8)
        ? pattern.calls
        : 0;
  }
}

/** The hour's calls that happened before `until`; null where there were none. */
function usedHour(pattern: UsagePattern, start: Date, until: Date, factor: number, seed: string): UsedHour | null {
  if (pattern.kind === "every") {
    const end = Math.min(start.getTime() + HOUR, until.getTime()) - pattern.lag * 1000;
    const calls = Math.floor((end - start.getTime()) / (pattern.seconds * 1000)) + 1;
    return calls > 0 ? { start, calls, lastAt: new Date(end) } : null;
  }
  const expected = expectedCalls(pattern, start, seed);
  if (expected === 0) return null;
  const [from, length] = pattern.kind === "job" ? [pattern.minute * 60_000, pattern.minutes * 60_000] : [0, HOUR];
  const opens = start.getTime() + from;
  const elapsed = Math.min(Math.max(until.getTime() - opens, 0), length);
  const key = `${seed}|${start.toISOString()}`;
  const full = Math.floor(expected * factor * (0.8 + 0.4 * noise(key)) + noise(`${key}|rest`));
  const calls = Math.floor((full * elapsed) / length);
  return calls > 0 ? { start, calls, lastAt: new Date(opens + Math.floor((elapsed * calls) / (calls + 1))) } : null;
}

/**
 * The hours in which something called, oldest first: those that begin at `from` or later, up to `until`. `growth` is
 * the part that came about within these days; `isOut` tells the hours in which nothing could be called.
 */
export function usedHours(
  pattern: UsagePattern,
  {
    seed,
    from,
    until,
    growth = 0,
    isOut = () => false,
  }: {
    seed: string;
    from: Date;
    until: Date;
    growth?: number;
    isOut?: (start: Date) => boolean;
  },
): UsedHour[] {
  const hours: UsedHour[] = [];
  const first = Math.ceil(from.getTime() / HOUR) * HOUR;
  const span = Math.max(until.getTime() - first, DAY);
  for (let at = first; at < until.getTime(); at += HOUR) {
    const start = new Date(at);
    if (isOut(start)) continue;
    const factor = 1 - growth * (1 - (at - first) / span);
    const hour = usedHour(pattern, start, until, factor, seed);
    if (hour) hours.push(hour);
  }
  return hours;
}
