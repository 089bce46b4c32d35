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

/** Where the next call of a token most likely belongs: rows of `days`, `lastUses` and `callers`. */
interface Recent extends Record<UsageOutcome, DayCounts | null> {
  use: LastUse | null;
  caller: CallerCounts | null;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Addresses of one token that are told apart between two writes; further ones still count as calls. */
const CALLERS_PER_TOKEN = 20;

const callsOf = ({ by_hour }: DayCounts) => by_hour.reduce((sum, calls) => sum + calls, 0);

/** Counts of calls that wait to be written, added up by what one row will hold. Bounded, whatever arrives. */
export class UsageCounts {
  readonly days = new Map<string, DayCounts>();
  readonly callers = new Map<string, Map<string, CallerCounts>>();
  /** The latest use by token id. Calls are added to these rows: nobody takes one out while there may be further calls. */
  readonly lastUses = new Map<string, LastUse>();
  /** The latest use of each secret, by both, of tokens of which two work. */
  readonly secretUses = new Map<string, SecretUse>();
  /** Calls that found no room. */
  dropped = 0;
  /** What the last calls of a token added to, on the day of the last call of all: found at once, and without making a key. */
  readonly #recent = new Map<string, Recent>();
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
  add(call: CountedCall): void {
    const { organizationId, tokenId, secret, outcome, at, ip, agent } = call;
    const recent = this.#recentOf(tokenId, Math.floor(at / DAY));
    const counts = recent[outcome] ?? this.#day(call);
    if (!counts) {
      this.dropped++;
      return;
    }
    recent[outcome] = counts;
    const hour = Math.floor((at % DAY) / HOUR);
    counts.by_hour[hour] = (counts.by_hour[hour] ?? 0) + 1;
    // Only a call that was let in is a use: a token that is over must not look alive.
    if (outcome === "refused") return;
    const { use, caller } = recent;
    if (!use) recent.use = this.#used({ organizationId, tokenId, at, ip, agent });
    else if (use.at <= at) {
      use.at = at;
      use.ip = ip;
      use.agent = agent;
    }
    if (secret !== undefined) this.#secretUsed({ organizationId, tokenId, secret, at, ip, agent });
    if (ip === null) return;
    const known = caller?.ip === ip ? caller : this.callers.get(tokenId)?.get(ip);
    if (known) {
      recent.caller = known;
      addCalls(known, 1, at, at, agent);
    } else
      recent.caller = this.#called({
        organizationId,
        tokenId,
        ip,
        agent,
        calls: 1,
        first_at: at,
        last_at: at,
      });
  }

  /** Takes `other` back in, as after a write that failed. */
  merge(other: UsageCounts): void {
    this.#recent.clear();
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

  #recentOf(tokenId: string, day: number): Recent {
    if (day !== this.#today) {
      this.#today = day;
      this.#recent.clear();
    }
    let recent = this.#recent.get(tokenId);
    if (!recent) {
      recent = { allowed: null, forbidden: null, refused: null, use: null, caller: null };
      if (this.#recent.size < this.capacity) this.#recent.set(tokenId, recent);
    }
    return recent;
  }

  #day({ organizationId, tokenId, outcome, at }: CountedCall): DayCounts | null {
    const day = Math.floor(at / DAY);
    const key = `${tokenId}|${day}|${outcome}`;
    let counts = this.days.get(key);
    if (!counts) {
      if (this.days.size >= this.capacity) return null;
      const date = new Date(day * DAY).toISOString().slice(0, 10);
      counts = { organizationId, tokenId, day: date, outcome, by_hour: Array<number>(24).fill(0) };
      this.days.set(key, counts);
    }
    return counts;
  }

  /** The row that holds the latest use of the token; null where there is no room for one. */
  #used(use: LastUse): LastUse | null {
    const last = this.lastUses.get(use.tokenId);
    if (last && last.at > use.at) return last;
    if (!last && this.lastUses.size >= this.capacity) return null;
    this.lastUses.set(use.tokenId, use);
    return use;
  }

  #secretUsed(use: SecretUse): void {
    const key = `${use.tokenId}|${use.secret}`;
    const last = this.secretUses.get(key);
    if (last ? last.at <= use.at : this.secretUses.size < this.capacity) this.secretUses.set(key, use);
  }

  /** The row that holds the calls of this address; null where there is no room for one. */
  #called(call: CallerCounts): CallerCounts | null {
    let callers = this.callers.get(call.tokenId);
    if (!callers) {
      if (this.callers.size >= this.capacity) return null;
      callers = new Map();
      this.callers.set(call.tokenId, callers);
    }
    const caller = callers.get(call.ip);
    if (caller) addCalls(caller, call.calls, call.first_at, call.last_at, call.agent);
    else if (callers.size < CALLERS_PER_TOKEN) callers.set(call.ip, call);
    return callers.get(call.ip) ?? null;
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
