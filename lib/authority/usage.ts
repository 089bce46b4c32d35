import type { ISql, Sql } from "postgres";
import { plainAgent } from "./plain-agent";
import { type CountedCall, UsageCounts } from "./usage-counts";
import { writeUsage } from "./write-usage";

/** At most one write in this time. */
const WRITE_EVERY_MS = 1000;
/** A token's `last_used_at`, with its five indexes' worth of work, moves at most this often. */
const LAST_USED_EVERY_MS = 60_000;
/** Rows that may wait in memory, about 300 bytes each. */
const CAPACITY = 50_000;
/** Writes of the same rows, where it is the rows that the database does not take. */
const TRIES = 3;
/** SQLSTATE classes of what lies in the rows themselves: two for one place, data, constraints, program limits. */
const ROWS_AT_FAULT = /^(?:21|22|23|54)/;

export interface UsageOptions {
  /** A pool; or a transaction, which is then written in as it is. */
  sql: ISql & Partial<Pick<Sql, "begin">>;
  /** The clock, in milliseconds since 1970. */
  now?: () => number;
  /** Told of a write that failed, of calls that found no room, and of calls given up after an error. */
  onTrouble?: (trouble: UsageTrouble) => void;
  capacity?: number;
}

/** An error alone: the counts are kept. `dropped` is a number of calls that are counted nowhere. */
export type UsageTrouble = { error: unknown } | { dropped: number } | { error: unknown; dropped: number };

/** Counts calls in memory and writes them together; nothing on the way of a request waits for a write. */
export class Usage {
  readonly #options: Required<UsageOptions>;
  /** When each token's last use was last written by this process. */
  readonly #moved = new Map<string, number>();
  #counts: UsageCounts;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<boolean> | undefined;
  /** Writes in a row that failed by their rows. */
  #refusals = 0;
  /** Batches that were written and that were not, and calls that are counted nowhere. */
  readonly stats = { written: 0, failed: 0, dropped: 0 };

  constructor({ sql, now = Date.now, onTrouble = () => {}, capacity = CAPACITY }: UsageOptions) {
    this.#options = { sql, now, onTrouble, capacity };
    this.#counts = new UsageCounts(capacity);
  }

  /** Rows that wait to be written: about one for a token in use. */
  get waiting(): number {
    return this.#counts.days.size;
  }

  record({ organizationId, tokenId, secret, outcome, ip, agent }: Omit<CountedCall, "at">): void {
    const at = this.#options.now();
    this.#counts.add({ organizationId, tokenId, secret, outcome, at, ip, agent: agent && plainAgent(agent) });
    this.#timer ??= this.#later();
  }

  /**
   * Writes what is due in one transaction; with `everything`, also last uses that were not due yet. Returns whether it
   * was written: what was not is kept, and tried again a second later, unless it is the rows that are refused again and
   * again. Those are given up, so that later calls are counted.
   */
  async flush({ everything = false } = {}): Promise<boolean> {
    while (this.#writing !== undefined) await this.#writing;
    this.#writing = this.#write(everything).finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  /** Writes all that is left and stops the clock. */
  async close(): Promise<boolean> {
    const written = await this.flush({ everything: true });
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return written;
  }

  async #write(everything: boolean): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#take(everything);
    try {
      if (!batch.isEmpty) await this.#transact(batch);
      this.#refusals = 0;
      if (!batch.isEmpty) this.stats.written++;
      this.stats.dropped += batch.dropped;
      const at = this.#options.now();
      for (const id of batch.lastUses.keys()) this.#moved.set(id, at);
      if (batch.dropped > 0) this.#options.onTrouble({ dropped: batch.dropped });
      return true;
    } catch (error) {
      this.stats.failed++;
      this.#refusals = areRowsAtFault(error) ? this.#refusals + 1 : 0;
      if (this.#refusals >= TRIES) {
        this.#refusals = 0;
        this.stats.dropped += batch.calls + batch.dropped;
        this.#options.onTrouble({ error, dropped: batch.calls + batch.dropped });
      } else {
        batch.merge(this.#counts);
        this.#counts = batch;
        this.#options.onTrouble({ error });
      }
      return false;
    } finally {
      if (!this.#counts.isEmpty) this.#timer ??= this.#later();
    }
  }

  #transact(batch: UsageCounts): Promise<unknown> {
    const { sql } = this.#options;
    return sql.begin ? sql.begin((tx) => writeUsage(tx, batch)) : writeUsage(sql, batch);
  }

  /** Empties the counts into a batch, but for the last uses whose minute is not over. */
  #take(everything: boolean): UsageCounts {
    const batch = this.#counts;
    this.#counts = new UsageCounts(this.#options.capacity);
    if (everything) return batch;
    const due = this.#options.now() - LAST_USED_EVERY_MS;
    for (const [id, moved] of this.#moved) if (moved <= due) this.#moved.delete(id);
    for (const [id, use] of batch.lastUses) {
      if (!this.#moved.has(id)) continue;
      batch.lastUses.delete(id);
      this.#counts.lastUses.set(id, use);
    }
    return batch;
  }

  #later(): NodeJS.Timeout {
    return setTimeout(() => void this.flush(), WRITE_EVERY_MS).unref();
  }
}

function areRowsAtFault(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" && ROWS_AT_FAULT.test(code);
}
