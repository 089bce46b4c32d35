import type { KnownToken } from "./outcome";

/**
 * A call whose secret was right: let through; let in but without the permission; or refused, whether the token is over,
 * comes from another network or calls too often.
 */
export type UsageOutcome = "allowed" | "forbidden" | "refused";

export interface CountedCall extends KnownToken {
  outcome: UsageOutcome;
  /** Milliseconds since 1970. */
  at: number;
  ip: string | null;
  agent: string | null;
}

interface DayCounts extends KnownToken {
  /** UTC, as PostgreSQL writes dates. */
  day: string;
  outcome: UsageOutcome;
  by_hour: number[];
}

interface CallerCounts extends KnownToken {
  ip: string;
  agent: string | null;
  calls: number;
  first_at: number;
  last_at: number;
}

interface LastUse extends KnownToken {
  at: number;
  ip: string | null;
  agent: string | null;
}

type SecretUse = LastUse & Required<Pick<KnownToken, "secret">>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Addresses of one token that are told apart between two writes; further ones still count as calls. */
const CALLERS_PER_TOKEN = 20;

const callsOf = ({ by_hour }: DayCounts) => by_hour.reduce((sum, calls) => sum + calls, 0);

/** Counts of calls that wait to be written, added up by what one row will hold. Bounded, whatever arrives. */
export class UsageCounts {
  readonly days = new Map<string, DayCounts>();
  readonly callers = new Map<string, Map<string, CallerCounts>>();
  /** The latest use by token id. */
  readonly lastUses = new Map<string, LastUse>();
  /** The latest use of each secret, by both, of tokens of which two work. */
  readonly secretUses = new Map<string, SecretUse>();
  /** Calls that found no room. */
  dropped = 0;
  /** Those of `days` that are of the day of the last call, by token: found without making a key. */
  readonly #todays = new Map<string, Record<UsageOutcome, DayCounts | null>>();
  #today = Number.NaN;

  constructor(private readonly capacity: number) {}

  get isEmpty(): boolean {
    return this.days.size === 0 && this.callers.size === 0 && this.lastUses.size === 0 && this.secretUses.size === 0;
  }

  /** How many calls have found room. */
  get calls(): number {
    return [...this.days.values()].reduce((sum, counts) => sum + callsOf(counts), 0);
  }

  /** On the way of every call: what is there is counted in place, so that hardly anything is made. */
  add({ organizationId, tokenId, secret, outcome, at, ip, agent }: CountedCall): void {
    const counts = this.#day(organizationId, tokenId, at, outcome);
    if (!counts) {
      this.dropped++;
      return;
    }
    const hour = Math.floor((at % DAY) / HOUR);
    counts.by_hour[hour] = (counts.by_hour[hour] ?? 0) + 1;
    // Only a call that was let in is a use: a token that is over must not look alive.
    if (outcome === "refused") return;
    const last = this.lastUses.get(tokenId);
    if (!last) this.#used({ organizationId, tokenId, at, ip, agent });
    else if (last.at <= at) {
      last.at = at;
      last.ip = ip;
      last.agent = agent;
    }
    if (secret !== undefined) this.#secretUsed({ organizationId, tokenId, secret, at, ip, agent });
    if (!ip) return;
    const caller = this.callers.get(tokenId)?.get(ip);
    if (caller) addCalls(caller, 1, at, at, agent);
    else this.#called({ organizationId, tokenId, ip, agent, calls: 1, first_at: at, last_at: at });
  }

  /** Takes `other` back in, as after a write that failed. */
  merge(other: UsageCounts): void {
    for (const [key, counts] of other.days) {
      const mine = this.days.get(key);
      if (mine)
        for (const [hour, calls] of counts.by_hour.entries()) mine.by_hour[hour] = (mine.by_hour[hour] ?? 0) + calls;
      else if (this.days.size < this.capacity) this.days.set(key, counts);
      else this.dropped += callsOf(counts);
    }
    for (const callers of other.callers.values()) for (const caller of callers.values()) this.#called(caller);
    for (const use of other.lastUses.values()) this.#used(use);
    for (const use of other.secretUses.values()) this.#secretUsed(use);
    this.dropped += other.dropped;
  }

  #day(organizationId: string, tokenId: string, at: number, outcome: UsageOutcome): DayCounts | null {
    const day = Math.floor(at / DAY);
    if (day !== this.#today) {
      this.#today = day;
      this.#todays.clear();
    }
    let todays = this.#todays.get(tokenId);
    const known = todays?.[outcome];
    if (known) return known;
    const key = `${tokenId}|${day}|${outcome}`;
    let counts = this.days.get(key);
    if (!counts) {
      if (this.days.size >= this.capacity) return null;
      const date = new Date(day * DAY).toISOString().slice(0, 10);
      counts = { organizationId, tokenId, day: date, outcome, by_hour: Array<number>(24).fill(0) };
      this.days.set(key, counts);
    }
    if (!todays) {
      todays = { allowed: null, forbidden: null, refused: null };
      this.#todays.set(tokenId, todays);
    }
    todays[outcome] = counts;
    return counts;
  }

  #used(use: LastUse): void {
    const last = this.lastUses.get(use.tokenId);
    if (last ? last.at <= use.at : this.lastUses.size < this.capacity) this.lastUses.set(use.tokenId, use);
  }

  #secretUsed(use: SecretUse): void {
    const key = `${use.tokenId}|${use.secret}`;
    const last = this.secretUses.get(key);
    if (last ? last.at <= use.at : this.secretUses.size < this.capacity) this.secretUses.set(key, use);
  }

  #called(call: CallerCounts): void {
    let callers = this.callers.get(call.tokenId);
    if (!callers) {
      if (this.callers.size >= this.capacity) return;
      callers = new Map();
      this.callers.set(call.tokenId, callers);
    }
    const caller = callers.get(call.ip);
    if (!caller) {
      if (callers.size < CALLERS_PER_TOKEN) callers.set(call.ip, call);
      return;
    }
    addCalls(caller, call.calls, call.first_at, call.last_at, call.agent);
  }
}

function addCalls(caller: CallerCounts, calls: number, firstAt: number, lastAt: number, agent: string | null): void {
  caller.calls += calls;
  if (firstAt < caller.first_at) caller.first_at = firstAt;
  if (lastAt >= caller.last_at) {
    caller.last_at = lastAt;
    caller.agent = agent;
  }
}
