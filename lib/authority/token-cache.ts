import { isDeepStrictEqual } from "node:util";
import { BoundedMap } from "./bounded-map";
import type { OtherSecret } from "./other-secrets";
import { isRight, type Verification } from "./outcome";
import { type Reading, RevocationTicks } from "./revocation-ticks";

/** A token as it was read, with what came of it. */
export interface CheckedToken extends Reading {
  /** The `HashedToken`, a character a byte: a hundred thousand buffers would take more memory than all that they hold. */
  readonly hash: string;
  readonly pepperId: string;
  /** What whoever holds the secret hears. */
  readonly answer: Verification;
  /** Further secrets, each with what its holder hears; null where there are none. */
  readonly others: readonly OtherSecret[] | null;
  /** SHA-256 of the credential that was right, once one was: to compare with it is cheaper than another HMAC. */
  digest: string | null;
  /** On the monotonic clock, in milliseconds: not served from then on without a new reading. */
  freshUntil: number;
  /** The expiry on the same clock, by the database's time as it was read; early by as much as the reading took. */
  overAt: number;
  used: boolean;
}

export interface TokenCacheOptions {
  /** Tokens that are kept, about a kilobyte each. */
  capacity?: number;
  /** The monotonic clock, in milliseconds. */
  clock?: () => number;
  /** The wall clock, in milliseconds: unlike the other it goes on while the machine is suspended. */
  wall?: () => number;
}

/** Whether two readings differ in nothing but their times. */
const saysTheSame = (one: CheckedToken, other: CheckedToken): boolean =>
  one.hash === other.hash &&
  one.pepperId === other.pepperId &&
  isDeepStrictEqual(one.others, other.others) &&
  isDeepStrictEqual(one.dependsOn, other.dependsOn) &&
  isDeepStrictEqual(one.answer, other.answer);

/** How long a reading serves where nothing ends it earlier. */
export const FRESH_MS = 5000;
const UNKNOWN_MS = 2000;
const UNKNOWN_CAPACITY = 10_000;
/** Tokens of which it is kept that they were let in, about 100 bytes each. */
const LET_IN_CAPACITY = 20_000;
/** By how much the two clocks may part before the machine was suspended, or somebody set the time. */
const PARTED_MS = 500;

/**
 * Tokens and unknown ids in memory, both bounded. It is believed only for as long as the revocation feed vouches for it
 * (`believeUntil`), which takes a reading of the feed every time: a process that hears nothing, sleeps or is cut off asks
 * the database by itself.
 */
export class TokenCache {
  readonly ticks = new RevocationTicks();
  readonly clock: () => number;
  readonly wall: () => number;
  readonly #tokens: BoundedMap<CheckedToken>;
  readonly #unknown = new BoundedMap<{ until: number; used: boolean }>(UNKNOWN_CAPACITY);
  /** Digests of what was let in, by the id. They outlast `empty`: nobody is let in by them. */
  readonly #letIn = new BoundedMap<{ digest: string; used: boolean }>(LET_IN_CAPACITY);
  #believedUntil = Number.NEGATIVE_INFINITY;
  #believedUntilWall = Number.NEGATIVE_INFINITY;
  /** The wall clock less the monotonic one, when it was last believed. */
  #apart: number | null = null;

  constructor({ capacity = 100_000, clock = () => performance.now(), wall = Date.now }: TokenCacheOptions = {}) {
    this.#tokens = new BoundedMap(capacity);
    this.clock = clock;
    this.wall = wall;
  }

  get size(): number {
    return this.#tokens.size;
  }

  /** Ids in memory of which the database had no token. */
  get unknownSize(): number {
    return this.#unknown.size;
  }

  /** How many left because others came. */
  get evicted(): number {
    return this.#tokens.evicted;
  }

  isBelieved(now: number): boolean {
    return now < this.#believedUntil && this.wall() < this.#believedUntilWall;
  }

  believeUntil(until: number): void {
    const apart = this.wall() - this.clock();
    // After a suspension nothing here is as fresh as the monotonic clock has it.
    if (this.#apart !== null && Math.abs(apart - this.#apart) > PARTED_MS) this.empty();
    this.#apart = apart;
    this.#believedUntil = until;
    this.#believedUntilWall = until + apart;
  }

  doubt(): void {
    this.#believedUntil = Number.NEGATIVE_INFINITY;
  }

  /** Serves nothing of what it holds any more, neither now nor as a stale reading. */
  empty(): void {
    this.ticks.endAll();
    this.#tokens.clear();
    this.#unknown.clear();
  }

  /** The token, where a reading of it still counts; null where there was none a moment ago; undefined: ask. */
  get(id: string, now: number): CheckedToken | null | undefined {
    if (!this.isBelieved(now)) return undefined;
    const token = this.#tokens.get(id);
    if (token === undefined) return this.#isUnknown(id, now) ? null : undefined;
    if (now >= token.freshUntil || !this.ticks.holds(token)) return undefined;
    token.used = true;
    return token;
  }

  /** The last reading that nothing is known to have ended, however old. */
  getStale(id: string, now: number): CheckedToken | undefined {
    const token = this.#tokens.get(id);
    return token && now < token.overAt && this.ticks.holds(token) ? token : undefined;
  }

  /** The last reading, whether it counts any more or not. */
  last(id: string): CheckedToken | undefined {
    return this.#tokens.get(id);
  }

  /** Notes that this credential was let in. */
  noteLetIn({ id, digest }: CheckedToken): void {
    const noted = this.#letIn.get(id);
    if (noted?.digest === digest) noted.used = true;
    else if (digest) this.#letIn.set(id, { digest, used: true });
  }

  /** SHA-256 of the credential of this id that was let in last, where no reading since said otherwise. */
  letIn(id: string): string | undefined {
    return this.#letIn.get(id)?.digest;
  }

  /**
   * Keeps what was read, unless something ended it meanwhile or a newer reading is there. Returns what to go by: where the
   * last reading said the same, that one, which is as fresh as this from now on, so that reading a hundred thousand tokens
   * again and again leaves no second copies behind.
   */
  put(token: CheckedToken): CheckedToken {
    if (!isRight(token.answer)) this.#letIn.delete(token.id);
    if (!this.ticks.holds(token)) return token;
    const other = this.#tokens.get(token.id);
    if (other && other.begun > token.begun) return token;
    if (other && saysTheSame(other, token)) {
      const { begun, checked, freshUntil, overAt } = token;
      return Object.assign(other, { begun, checked, freshUntil, overAt });
    }
    this.#tokens.set(token.id, token);
    return token;
  }

  /** Keeps that the database had no such token; `at` is when it was asked. */
  putUnknown(id: string, at: number): void {
    this.#tokens.delete(id);
    this.#letIn.delete(id);
    this.#unknown.set(id, { until: at + UNKNOWN_MS, used: false });
  }

  #isUnknown(id: string, now: number): boolean {
    const unknown = this.#unknown.get(id);
    if (unknown === undefined) return false;
    if (now < unknown.until) return true;
    this.#unknown.delete(id);
    return false;
  }
}
