import type { ISql } from "postgres";
import { answerWithin } from "./answer-within";
import type { Durations } from "./durations";
import { readRecords, type TokenRecord } from "./token-record";

/** Longer than any healthy answer, and short enough for a caller to hear 503 within two seconds. */
const DEADLINE_MS = 1500;
/** Statements under way at once. While they are, further look-ups gather for the next. */
const LANES = 2;

export interface RecordLookupOptions {
  /** Milliseconds. */
  deadline?: number;
  /** Told how long each statement took, whatever became of it. */
  durations?: Durations;
}

interface Waiting {
  promise: Promise<TokenRecord | null>;
  resolve(record: TokenRecord | null): void;
  reject(error: unknown): void;
}

/**
 * Reads token records by id. Look-ups that arrive together share one statement; nobody joins a statement that was already
 * sent, so every look-up sees all that was committed before it began. Rejects with `LookupLate` after `deadline` milliseconds,
 * and otherwise with what the driver threw.
 */
export function createRecordLookup(sql: ISql, { deadline = DEADLINE_MS, durations }: RecordLookupOptions = {}) {
  let gathering = new Map<string, Waiting>();
  /** When the first of those that gather came, on the monotonic clock. */
  let since = 0;
  let lanes = 0;
  let scheduled = false;

  function schedule() {
    if (scheduled || lanes >= LANES || gathering.size === 0) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      const batch = gathering;
      gathering = new Map();
      lanes++;
      // The wait for a lane counts too.
      void send(batch, Math.max(0, since + deadline - performance.now())).finally(() => {
        lanes--;
        schedule();
      });
    });
  }

  async function send(batch: Map<string, Waiting>, patience: number) {
    const sentAt = performance.now();
    try {
      const records = await answerWithin(patience, readRecords(sql, [...batch.keys()]));
      for (const record of records) {
        batch.get(record.id)?.resolve(record);
        batch.delete(record.id);
      }
      for (const waiting of batch.values()) waiting.resolve(null);
    } catch (error) {
      for (const waiting of batch.values()) waiting.reject(error);
    } finally {
      durations?.add((performance.now() - sentAt) / 1000);
    }
  }

  return (id: string): Promise<TokenRecord | null> => {
    let waiting = gathering.get(id);
    if (!waiting) {
      if (gathering.size === 0) since = performance.now();
      waiting = newWaiting();
      gathering.set(id, waiting);
      schedule();
    }
    return waiting.promise;
  };
}

function newWaiting(): Waiting {
  const waiting = {} as Waiting;
  waiting.promise = new Promise((resolve, reject) => {
    waiting.resolve = resolve;
    waiting.reject = reject;
  });
  return waiting;
}
