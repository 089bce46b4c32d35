import { FeedConnection, type FeedEvent } from "./feed-connection";
import type { StaleReads } from "./stale-reads";
import type { TokenCache } from "./token-cache";

export interface RevocationFeedOptions {
  url: string;
  cache: TokenCache;
  staleReads?: StaleReads;
  /** Awaited on every new connection, before the cache is believed. */
  onConnected?: () => Promise<void>;
  /** Told of each deletion of a token, once it is refused here. */
  onDeleted?: (sequence: number) => void;
  /** Told that nothing is remembered from before any more; the transactions below this number are told no more. */
  onEmptied?: (before: string) => void;
  onTrouble?: (error: unknown) => void;
}

const READ_EVERY_MS = 500;
/** From the sending of one reading. Nothing is served from memory that another instance revoked longer ago than this. */
const BELIEVED_MS = 1000;

/**
 * Keeps a cache true: applies every notice at once, and reads the feed twice a second, since a connection that is lost
 * loses notices without a word. Each reading is what lets the cache be believed for a second; the loss of the connection
 * ends that at once, and the cache starts empty on the next one.
 */
export class RevocationFeed {
  readonly #options: RevocationFeedOptions;
  #connection: FeedConnection | null = null;
  /** Where the next reading goes on; null before the first on a connection. */
  #before: string | null = null;
  /** Sequences that were applied and that a reading may tell again. */
  #applied = new Set<number>();
  #position = 0;
  #reading: Promise<void> | null = null;
  #nextReading: Promise<void> | null = null;
  #running: Promise<void> | null = null;
  #closed = false;
  #told = false;
  #readAt: number | null = null;
  /** Changes that were heard of by a notice, and those that only a reading told. */
  readonly heard = { notice: 0, reading: 0 };
  /** Connections that were lost or could not be had. */
  losses = 0;
  #wake = () => {};

  constructor(options: RevocationFeedOptions) {
    this.#options = options;
  }

  /** The highest sequence that was applied here. */
  get position(): number {
    return this.#position;
  }

  /** Milliseconds since the last reading that succeeded was sent; null before the first. */
  get readingAge(): number | null {
    return this.#readAt === null ? null : this.#options.cache.clock() - this.#readAt;
  }

  get isListening(): boolean {
    return this.#connection !== null;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#options.cache.doubt();
    this.#connection?.close();
    this.#connection = null;
    this.#wake();
    await this.#running;
  }

  /**
   * Returns once this process refuses whatever was revoked before the call, by whichever instance. Where the feed cannot
   * be read, nothing in memory is believed instead. Never rejects.
   */
  async catchUp(): Promise<void> {
    try {
      if (!this.#connection) throw new Error("the feed is not connected");
      await this.#readAfterNow();
    } catch {
      // Not even as a stale reading: somebody was told that it is over.
      this.#options.cache.empty();
    }
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      try {
        if (!this.#connection) await this.#connect();
        await this.#readAfterNow();
        this.#told = false;
      } catch (error) {
        // Once for each loss, however many tries it takes.
        if (!this.#closed && !this.#told) this.#options.onTrouble?.(error);
        if (!this.#closed) this.losses++;
        this.#told = true;
      }
      if (!this.#closed) await this.#pause();
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, READ_EVERY_MS);
      // A server has other reasons to live.
      timer.unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #connect(): Promise<void> {
    const { cache, url, onConnected, onEmptied } = this.#options;
    const connection = await FeedConnection.open(
      url,
      (event) => this.#apply(event, "notice"),
      () => this.#lost(),
    );
    try {
      await onConnected?.();
      this.#before = (await connection.read(null)).before;
    } catch (error) {
      connection.close();
      throw error;
    }
    if (this.#closed) return connection.close();
    // Nobody can say what was missed meanwhile.
    cache.empty();
    this.#applied.clear();
    this.#connection = connection;
    onEmptied?.(this.#before);
  }

  #lost(): void {
    this.#connection = null;
    this.#options.cache.doubt();
    // The next try need not wait for the rest of the pause.
    this.#wake();
  }

  /** A reading that is sent from now on: one under way may have been sent before what the caller is about. */
  #readAfterNow(): Promise<void> {
    if (!this.#reading) {
      this.#reading = this.#read().finally(() => {
        this.#reading = null;
      });
      return this.#reading;
    }
    this.#nextReading ??= this.#reading
      .catch(() => {})
      .then(() => {
        this.#nextReading = null;
        return this.#readAfterNow();
      });
    return this.#nextReading;
  }

  async #read(): Promise<void> {
    const { cache, staleReads, onEmptied } = this.#options;
    const connection = this.#connection;
    if (!connection) throw new Error("the feed is not connected");
    const at = cache.clock();
    const appliedBefore = new Set(this.#applied);
    const { events, before, newest } = await connection.read(this.#before);
    if (connection !== this.#connection) throw new Error("the feed was lost while it was read");
    staleReads?.answered(at, cache.clock());
    if (events === null) {
      cache.empty();
      this.#applied.clear();
      onEmptied?.(before);
    } else {
      for (const event of events) this.#apply(event, "reading");
      // What the reading does not tell any more will not be told again; what came as a notice meanwhile may be.
      const told = new Set(events.map(({ sequence }) => sequence));
      for (const sequence of appliedBefore) if (!told.has(sequence)) this.#applied.delete(sequence);
    }
    this.#before = before;
    this.#position = Math.max(this.#position, newest);
    this.#readAt = at;
    cache.believeUntil(at + BELIEVED_MS);
  }

  #apply({ sequence, kind, subjectId }: FeedEvent, from: "notice" | "reading"): void {
    if (this.#applied.has(sequence)) return;
    this.#applied.add(sequence);
    this.heard[from]++;
    this.#options.cache.ticks.touch(subjectId);
    if (sequence > this.#position) this.#position = sequence;
    if (kind === "token_deleted") this.#options.onDeleted?.(sequence);
  }
}
