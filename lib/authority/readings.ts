import { isDatabaseAway } from "@/lib/database-away";
import { LookupLate } from "./answer-within";
import type { CheckCounts } from "./check-counts";
import type { Verification } from "./outcome";
import { type StaleReads, weaken } from "./stale-reads";
import type { CheckedToken, TokenCache } from "./token-cache";

export interface ReadingsParts {
  cache: TokenCache;
  staleReads: StaleReads;
  counts: CheckCounts;
  /** Told why, each time a call meets a database that is away. */
  onTrouble: (error: unknown) => void;
}

export interface Found {
  /** Null where there is no such credential. */
  token: CheckedToken | null;
  /** Whether this call sent the query; not where it was in memory, or under way for another. */
  asked: boolean;
}

/** Reads a credential anew and puts it into memory; `begun` and `at` are the tick and the time before anything was sent. */
export type ReadAnew = (begun: number, at: number) => Promise<CheckedToken | null>;

/** What a reading may cost that revocations keep overtaking, beside the deadline of the last one. */
const OVERTAKEN_MS = 450;

const UNAVAILABLE: Verification = { outcome: "unavailable" };

export type Readings = ReturnType<typeof createReadings>;

/** Readings of credentials, whatever kind they are: when one counts, who may join it, and what serves where none can be made. */
export function createReadings({ cache, staleReads, counts, onTrouble }: ReadingsParts) {
  const { clock, ticks } = cache;
  const underWay = new Map<string, Promise<CheckedToken | null>>();

  /** From memory or by `read`; `anew` by that alone. A reading that a revocation overtook is made again. */
  async function find(id: string, read: ReadAnew, { anew = false } = {}): Promise<Found> {
    const patience = clock() + OVERTAKEN_MS;
    let asked = false;
    do {
      const now = clock();
      const cached = anew ? undefined : cache.get(id, now);
      if (cached !== undefined) {
        if (cached) counts.hits++;
        else counts.unknownHits++;
        return { token: cached, asked };
      }
      // Whoever joins a reading that was sent before needs the feed to say that it still counts.
      const joined = !anew && cache.isBelieved(now) ? underWay.get(id) : undefined;
      if (joined !== undefined) counts.joined++;
      else counts.misses++;
      asked ||= joined === undefined;
      const token = await (joined ?? begin(id, read));
      if (token === null || (ticks.holds(token) && (!joined || cache.isBelieved(clock())))) return { token, asked };
    } while (clock() < patience);
    throw new LookupLate("revocations kept overtaking the reading");
  }

  function begin(id: string, read: ReadAnew): Promise<CheckedToken | null> {
    const reading = read(ticks.now, clock()).finally(() => {
      if (underWay.get(id) === reading) underWay.delete(id);
    });
    underWay.set(id, reading);
    return reading;
  }

  /** What `ask` comes to; where the database is away or late, what `answerOf` makes of the last reading, as far as it may serve. */
  async function orStale(
    id: string,
    ask: () => Promise<Verification>,
    answerOf: (token: CheckedToken) => Verification,
  ): Promise<Verification> {
    const stale = lastOf(id);
    if (stale) return weaken(answerOf(stale));
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof LookupLate) && !isDatabaseAway(error)) throw error;
      onTrouble(error);
      staleReads.away();
      const last = lastOf(id);
      return last ? weaken(answerOf(last)) : UNAVAILABLE;
    }
  }

  const lastOf = (id: string) => staleReads.allows(clock()) && cache.getStale(id, clock());

  return { find, orStale };
}
