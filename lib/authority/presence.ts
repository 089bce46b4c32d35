import { hostname } from "node:os";
import type { ISql } from "postgres";
import { v7 as uuidv7 } from "uuid";
import { RECEIPT_KEPT_MS } from "@/lib/tokens/token-receipts";
import { Durations } from "./durations";

export interface PresenceOptions {
  sql: ISql;
  /** The position in the feed to report. */
  position: () => number;
  host?: string;
  /** Which of the servers of a host this process is. */
  server?: "app" | "gate";
  /** For how long this process may serve without the database: a receipt waits for it as much longer. */
  staleSeconds?: number;
  /** Told what failed, as a sentence for the log, and why. */
  onTrouble?: (message: string, error: unknown) => void;
}

const BEAT_EVERY_MS = 5000;
/** Confirmations of one moment are written together. */
const CONFIRM_AFTER_MS = 20;
/** Confirmations that may wait; the oldest are given up, and a receipt then shows them as missing. */
const CAPACITY = 20_000;
const CLEAR_EVERY_MS = 600_000;

const DELAY_SECONDS = [1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Says in the database that this process checks tokens, and from when on it refuses which deleted one. */
export class Presence {
  readonly id = uuidv7();
  readonly #options: Required<PresenceOptions>;
  /** Deletions that are refused here, with when they began to be, on the monotonic clock. */
  #unconfirmed = new Map<number, number>();
  /** Deletions of all transactions below this number are refused here too, and nobody told their sequences. */
  #unconfirmedBefore: string | null = null;
  /** From each deletion to its being refused here, by the database's clock. */
  readonly delays = new Durations(DELAY_SECONDS);
  #clearedAt = performance.now();
  #beating: NodeJS.Timeout | undefined;
  #confirming: NodeJS.Timeout | undefined;

  constructor({
    sql,
    position,
    host = hostname(),
    server = "app",
    staleSeconds = 0,
    onTrouble = () => {},
  }: PresenceOptions) {
    this.#options = { sql, position, host, server, staleSeconds, onTrouble };
  }

  /** Registers, and stays registered from then on. Rejects where that fails. */
  async register(): Promise<void> {
    await this.#beat();
    this.#beating ??= setInterval(() => void this.#tryBeat(), BEAT_EVERY_MS).unref();
  }

  /** Deletions that are refused here and wait to be confirmed. */
  get unconfirmed(): number {
    return this.#unconfirmed.size;
  }

  confirm(sequence: number): void {
    if (this.#unconfirmed.size >= CAPACITY) {
      const [oldest] = this.#unconfirmed.keys();
      if (oldest !== undefined) this.#unconfirmed.delete(oldest);
    }
    this.#unconfirmed.set(sequence, performance.now());
    this.#confirmSoon();
  }

  /** Confirms every deletion of its life that was committed by a transaction below `transaction`: memory was emptied since. */
  confirmBefore(transaction: string): void {
    this.#unconfirmedBefore = transaction;
    this.#confirmSoon();
  }

  #confirmSoon(): void {
    this.#confirming ??= setTimeout(() => void this.flush(), CONFIRM_AFTER_MS).unref();
  }

  /** Writes the confirmations that wait; what fails waits for the next beat. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.#confirming);
    this.#confirming = undefined;
    const [batch, before] = [this.#unconfirmed, this.#unconfirmedBefore];
    if (batch.size === 0 && before === null) return;
    this.#unconfirmed = new Map();
    this.#unconfirmedBefore = null;
    const { onTrouble } = this.#options;
    try {
      if (batch.size > 0) await this.#write(batch);
      if (before !== null) await this.#writeBefore(before);
    } catch (error) {
      this.#unconfirmed = new Map([...batch, ...this.#unconfirmed]);
      this.#unconfirmedBefore ??= before;
      onTrouble("deletions are refused here, and their receipts could not be told so yet", error);
    }
  }

  async #write(batch: ReadonlyMap<number, number>): Promise<void> {
    const { sql } = this.#options;
    const now = performance.now();
    const sequences = [...batch.keys()];
    const ages = [...batch.values()].map((at) => now - at);
    const confirmed = await sql<{ delay: number }[]>`
      with refused as materialized (
        select feed.sequence, instance.id, clock_timestamp() - make_interval(secs => n.age / 1000) as at, feed.at as deleted_at
        from unnest(${sequences}::bigint[], ${ages}::float8[]) as n(sequence, age)
        join revocation_feed feed on feed.sequence = n.sequence
        join instances instance on instance.id = ${this.id}
      ), confirmed as (
        insert into revocation_confirmations (sequence, instance_id, at) select sequence, id, at from refused
        on conflict do nothing returning sequence, at
      )
      select extract(epoch from confirmed.at - refused.deleted_at)::float8 as delay
      from confirmed join refused using (sequence)`;
    for (const { delay } of confirmed) this.delays.add(Math.max(0, delay));
  }

  #writeBefore(transaction: string): Promise<unknown> {
    const { sql } = this.#options;
    return sql`
      insert into revocation_confirmations (sequence, instance_id, at)
      select feed.sequence, instance.id, clock_timestamp()
      from instances instance
      join revocation_feed feed on feed.kind = 'token_deleted' and feed.at >= instance.started_at
        and feed.transaction < ${transaction}::text::xid8
      where instance.id = ${this.id}
      on conflict do nothing`;
  }

  /** Confirms what is left and says that this process serves no more. Never rejects. */
  async leave(): Promise<void> {
    clearInterval(this.#beating);
    await this.flush();
    const { sql, onTrouble } = this.#options;
    await sql`update instances set stopped_at = clock_timestamp() where id = ${this.id}`.catch((error: unknown) =>
      onTrouble("this instance could not say that it serves no more", error),
    );
  }

  /** Deletes events, with their confirmations, and instances that nobody will ask for any more. */
  async clear(): Promise<void> {
    const { sql } = this.#options;
    this.#clearedAt = performance.now();
    const kept = RECEIPT_KEPT_MS / 1000;
    await sql`delete from revocation_feed where at < now() - make_interval(secs => ${kept})`;
    await sql`delete from instances where heartbeat_at < now() - make_interval(secs => ${kept})`;
  }

  async #tryBeat(): Promise<void> {
    const { onTrouble } = this.#options;
    try {
      await this.#beat();
    } catch (error) {
      return onTrouble("this instance could not say that it lives", error);
    }
    await this.flush();
    if (performance.now() - this.#clearedAt < CLEAR_EVERY_MS) return;
    await this.clear().catch((error: unknown) =>
      onTrouble("what the revocation feed need not keep any more could not be cleared", error),
    );
  }

  async #beat(): Promise<void> {
    const { sql, host, server, position, staleSeconds } = this.#options;
    await sql`
      insert into instances (id, host, server, position, stale_seconds, heartbeat_at)
      values (${this.id}, ${host}, ${server}, ${position()}, ${staleSeconds}, clock_timestamp())
      on conflict (id) do update set position = excluded.position, heartbeat_at = excluded.heartbeat_at, stopped_at = null`;
  }
}
