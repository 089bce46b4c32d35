import type { ISql, Sql } from "postgres";
import { v7 as uuidv7 } from "uuid";
import { isDatabaseAway } from "@/lib/database-away";
import type { RefusedCode } from "@/lib/refusals/refused-code";
import { BoundedMap } from "./bounded-map";
import { plainAgent } from "./plain-agent";
import { hideTokens, methodOf, pathOf } from "./sent-request";
import { type RefusedRow, writeRefusedCalls } from "./write-refused-calls";

/** At most one write in this time. */
const WRITE_EVERY_MS = 1000;
const MINUTE_MS = 60_000;
/** Calls that one process keeps of one token within a minute; of the rest, their number. */
const KEPT_A_MINUTE = 20;
/** Rows that may wait in memory, about 600 bytes each. */
const CAPACITY = 2000;
/** Tokens whose minute is remembered. */
const TOKENS = 10_000;

/** Whose call it was: a token's, or, where a person's access token was sent, that person's. */
export interface RefusedCaller {
  readonly organizationId: string;
  readonly tokenId?: string;
  readonly memberId?: string;
}

/** A request as its server holds it. Nothing of it is read before it is refused. */
export interface SentRequest {
  readonly method?: string | undefined;
  /** Whole, or from the path on. */
  readonly url?: string | undefined;
}

/** What is known of the call beside who made it. */
export interface RefusedBy {
  request?: SentRequest | undefined;
  requestId: string | null;
  ip: string | null;
  agent: string | null;
}

/** What refused it: the check, the status that was answered, and what the check compared, never what was sent. */
export interface Reason {
  code: RefusedCode;
  status: number;
  facts: Record<string, unknown>;
}

export interface RefusedCallsOptions {
  /** A pool; or a transaction, which is then written in as it is. */
  sql: ISql & Partial<Pick<Sql, "begin">>;
  server?: "app" | "gate";
  /** The clock, in milliseconds since 1970. */
  now?: () => number;
  /** Told of a write that failed; with `dropped`, what waited is given up. */
  onTrouble?: (trouble: { error: unknown; dropped?: number }) => void;
  capacity?: number;
}

interface Minute {
  began: number;
  kept: number;
  skipped: number;
  last: string | null;
  used: boolean;
}

/**
 * Keeps refused calls, for whoever asks why. Bounded whatever arrives, in memory and in the database: twenty a minute of one
 * token, with how many more there were. Nothing on the way of a request waits for a write, and a call that is let in never
 * comes here.
 */
export class RefusedCalls {
  readonly #options: Required<RefusedCallsOptions>;
  readonly #minutes = new BoundedMap<Minute>(TOKENS);
  #rows: RefusedRow[] = [];
  /** By the last row that was kept of the minute: how many came after it. */
  #skipped = new Map<string, { organizationId: string; id: string; skipped: number }>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<boolean> | undefined;

  constructor({ sql, server = "app", now = Date.now, onTrouble = () => {}, capacity = CAPACITY }: RefusedCallsOptions) {
    this.#options = { sql, server, now, onTrouble, capacity };
  }

  /** Rows that wait to be written. */
  get waiting(): number {
    return this.#rows.length;
  }

  record(caller: RefusedCaller, { request, requestId, ip, agent }: RefusedBy, reason: Reason): void {
    // Without an id there is nothing that anybody could ask by.
    if (requestId === null) return;
    const { now, server, capacity } = this.#options;
    const at = now();
    const minute = this.#minuteOf(caller.tokenId ?? caller.memberId ?? "", at);
    if (minute.kept >= KEPT_A_MINUTE || this.#rows.length >= capacity) {
      this.#skip(caller, minute);
      return;
    }
    const id = uuidv7({ msecs: at });
    minute.kept++;
    minute.last = id;
    this.#rows.push({
      organizationId: caller.organizationId,
      id,
      requestId: hideTokens(requestId),
      tokenId: caller.tokenId ?? null,
      memberId: caller.tokenId ? null : (caller.memberId ?? null),
      at,
      server,
      method: methodOf(request?.method),
      path: pathOf(request?.url),
      ...reason,
      ip,
      agent: agent === null ? null : hideTokens(plainAgent(agent)),
    });
    this.#timer ??= this.#later();
  }

  /** Writes what waits. What a database that is away does not take is kept and tried again; what it refuses is given up. */
  async flush(): Promise<boolean> {
    while (this.#writing !== undefined) await this.#writing;
    this.#writing = this.#write().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  /** Writes all that is left and stops the clock. */
  async close(): Promise<boolean> {
    const written = await this.flush();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return written;
  }

  async #write(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const rows = this.#rows;
    const skipped = this.#skipped;
    if (rows.length === 0 && skipped.size === 0) return true;
    this.#rows = [];
    this.#skipped = new Map();
    const { sql, onTrouble, capacity } = this.#options;
    const more = [...skipped.values()];
    try {
      await (sql.begin ? sql.begin((tx) => writeRefusedCalls(tx, rows, more)) : writeRefusedCalls(sql, rows, more));
      return true;
    } catch (error) {
      if (isDatabaseAway(error)) {
        this.#rows = [...rows, ...this.#rows].slice(0, capacity);
        for (const [id, count] of this.#skipped) skipped.set(id, count);
        this.#skipped = skipped;
        onTrouble({ error });
      } else onTrouble({ error, dropped: rows.length });
      return false;
    } finally {
      if (this.#rows.length + this.#skipped.size > 0) this.#timer ??= this.#later();
    }
  }

  #minuteOf(key: string, at: number): Minute {
    const began = Math.floor(at / MINUTE_MS);
    let minute = this.#minutes.get(key);
    if (minute?.began !== began) {
      minute = { began, kept: 0, skipped: 0, last: null, used: true };
      this.#minutes.set(key, minute);
    }
    minute.used = true;
    return minute;
  }

  #skip({ organizationId }: RefusedCaller, minute: Minute): void {
    minute.skipped++;
    const { last: id, skipped } = minute;
    if (id === null || (this.#skipped.size >= this.#options.capacity && !this.#skipped.has(id))) return;
    this.#skipped.set(id, { organizationId, id, skipped });
    this.#timer ??= this.#later();
  }

  #later(): NodeJS.Timeout {
    return setTimeout(() => void this.flush(), WRITE_EVERY_MS).unref();
  }
}
