import type { PendingQuery } from "postgres";
import { answerWithin } from "./answer-within";
import type { Durations } from "./durations";

/** Longer than any healthy answer, and short enough for a caller to hear 503 within two seconds. */
export const LOOKUP_DEADLINE_MS = 1500;
/** Statements under way at once. While they are, further look-ups gather for the next. */
const LANES = 2;

export interface LookupOptions {
  /** Milliseconds. */
  deadline?: number;
  /** Told how long each statement took, whatever became of it. */
  durations?: Durations;
}

interface Waiting<Row> {
  promise: Promise<Row | null>;
  resolve(row: Row | null): void;
  reject(error: unknown): void;
}

/**
 * Reads rows by id. Look-ups that arrive together share one statement; nobody joins a statement that was already
 * sent, so every look-up sees all that was committed before it began. Rejects with `LookupLate` after `deadline` milliseconds,
 * and otherwise with what the driver threw.
 */
export function createLookup<Row extends { id: string }>(
  read: (ids: string[]) => PendingQuery<Row[]>,
  { deadline = LOOKUP_DEADLINE_MS, durations }: LookupOptions = {},
) {
  let gathering = new Map<string, Waiting<Row>>();
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

  async function send(batch: Map<string, Waiting<Row>>, patience: number) {
    const sentAt = performance.now();
    try {
      const rows = await answerWithin(patience, read([...batch.keys()]));
      for (const row of rows) {
        batch.get(row.id)?.resolve(row);
        batch.delete(row.id);
      }
      for (const waiting of batch.values()) waiting.resolve(null);
    } catch (error) {
      for (const waiting of batch.values()) waiting.reject(error);
    } finally {
      durations?.add((performance.now() - sentAt) / 1000);
    }
  }

  return (id: string): Promise<Row | null> => {
    let waiting = gathering.get(id);
    if (!waiting) {
      if (gathering.size === 0) since = performance.now();
      waiting = newWaiting<Row>();
      gathering.set(id, waiting);
      schedule();
    }
    return waiting.promise;
  };
}

function newWaiting<Row>(): Waiting<Row> {
  const waiting = {} as Waiting<Row>;
  waiting.promise = new Promise((resolve, reject) => {
    waiting.resolve = resolve;
    waiting.reject = reject;
  });
  return waiting;
}
