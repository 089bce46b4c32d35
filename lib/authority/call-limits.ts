import { BoundedMap } from "./bounded-map";
import type { KnownToken, TokenBounds } from "./outcome";
import { SlidingMinute } from "./sliding-minute";

/** What is left of one limit after a call. */
export interface Allowance {
  /** Whose limit it is. */
  readonly of: "token" | "organization";
  /** Calls a minute. */
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until more is left, at least 1. */
  readonly reset: number;
}

/** The limits that a call was held to; `over` is the one that it exceeds, of two the one that it has to wait for longer. */
export interface LimitedCall {
  readonly allowances: readonly Allowance[];
  readonly over: Allowance | null;
}

/** Calls of one subject that only this process knows of, to be told to the others. */
export interface Untold {
  /** Of a token or of an organization. */
  readonly id: string;
  readonly calls: number;
}

/** Calls of the subjects that were told, in the order of the telling and with what was told added, over all processes. */
export interface Totals {
  /** The clock that divides the minutes, in milliseconds since 1970. */
  readonly at: number;
  readonly calls: readonly (readonly [thisMinute: number, lastMinute: number])[];
}

interface Subject {
  /** Own calls, and what was heard of the others'. */
  readonly minute: SlidingMinute;
  /** Own calls that nobody was told of. */
  untold: number;
  /** The second of the last call, let in or not. */
  asked: number;
  heard: { minute: number; thisMinute: number; lastMinute: number } | null;
  used: boolean;
}

export interface CallLimitsOptions {
  /** A clock in milliseconds; where it goes back, time stands still until it has caught up. */
  now?: () => number;
  /** Subjects that are kept, about 700 bytes each. */
  capacity?: number;
  /** Told of every call that was held to a limit. */
  onCall?: () => void;
}

const NONE: LimitedCall = Object.freeze({ allowances: Object.freeze([]), over: null });
const MINUTE_MS = 60_000;
/** Subjects that are told and heard of at once. */
const BATCH = 5000;
/** Nobody asks for what nobody used within the minute. */
const FORGOTTEN_AFTER = 61;

/**
 * Holds tokens and organizations to their calls a minute. **One process lets no more than the limit through in any 60
 * seconds**, wherever they begin; a call counts for 60 to 61 seconds. What other processes let through counts from when it
 * is heard (`heard`), so together they exceed a limit by no more than what was under way between them meanwhile. Nothing
 * is kept of tokens without limits. Where more subjects than `capacity` are in use within a minute, some start anew.
 */
export class CallLimits {
  readonly #now: () => number;
  readonly #onCall: () => void;
  readonly #subjects: BoundedMap<Subject>;
  #second = 0;
  /** Where the telling goes on that did not fit into one batch. */
  #round: IterableIterator<[string, Subject]> | null = null;

  constructor({ now = () => performance.now(), capacity = 50_000, onCall = () => {} }: CallLimitsOptions = {}) {
    this.#now = now;
    this.#onCall = onCall;
    this.#subjects = new BoundedMap(capacity);
  }

  get size(): number {
    return this.#subjects.size;
  }

  /** Counts a call, unless it exceeds a limit: what is refused uses nothing up. */
  take(
    { tokenId, loginOf, organizationId }: KnownToken,
    { callsPerToken, callsPerOrganization }: TokenBounds,
  ): LimitedCall {
    if (callsPerToken === null && callsPerOrganization === null) return NONE;
    const second = this.#tick();
    const held: { of: Allowance["of"]; limit: number; subject: Subject }[] = [];
    if (callsPerToken !== null) {
      // All sign-ins of a member together: a right password makes another at no cost.
      held.push({ of: "token", limit: callsPerToken, subject: this.#ask(loginOf ?? tokenId, second) });
    }
    if (callsPerOrganization !== null) {
      held.push({ of: "organization", limit: callsPerOrganization, subject: this.#ask(organizationId, second) });
    }
    const allowed = held.every(({ limit, subject }) => subject.minute.at(second) < limit);
    const allowances: Allowance[] = [];
    let over: Allowance | null = null;
    for (const { of, limit, subject } of held) {
      const { minute } = subject;
      if (allowed) {
        minute.add(second, 1);
        subject.untold++;
      }
      const calls = minute.at(second);
      const remaining = Math.max(0, limit - calls);
      const allowance = { of, limit, remaining, reset: minute.secondsUntil(Math.max(0, Math.min(calls, limit) - 1)) };
      if (!allowed && remaining === 0 && allowance.reset > (over?.reset ?? 0)) over = allowance;
      allowances.push(allowance);
    }
    this.#onCall();
    return { allowances, over };
  }

  /**
   * What the others are to hear now, and whose calls are to be heard of: all that was asked for within the minute, or a
   * part of it, after which the next call goes on. Empty where there is nothing. Calls that are over by a minute are not told
   * any more.
   */
  untold(): Untold[] {
    const second = this.#tick();
    const batch = this.#collect(second, this.#round ?? this.#subjects.entries());
    return batch.length > 0 ? batch : this.#collect(second, this.#subjects.entries());
  }

  /** Takes in what came of telling `told`. */
  heard(told: readonly Untold[], { at, calls }: Totals): void {
    const second = this.#tick();
    const minute = Math.floor(at / MINUTE_MS);
    const elapsed = Math.floor((at % MINUTE_MS) / 1000);
    for (const [place, { id, calls: own }] of told.entries()) {
      const subject = this.#subjects.get(id);
      const [thisMinute, lastMinute] = calls[place] ?? [0, 0];
      if (!subject) continue;
      const { heard } = subject;
      subject.untold = Math.max(0, subject.untold - own);
      subject.heard = { minute, thisMinute, lastMinute };
      subject.minute.at(second);
      if (heard === null || heard.minute < minute - 1) {
        // Nothing is known of when they came: evenly, as far as this minute is like the last, and what is above it just now.
        const others = Math.max(0, thisMinute - own);
        const asBefore = Math.min(others, Math.floor((lastMinute * elapsed) / 60));
        subject.minute.addEvenly(lastMinute, second - elapsed - 60, second - elapsed - 1);
        subject.minute.addEvenly(asBefore, second - elapsed, second);
        subject.minute.add(second, others - asBefore);
      } else if (heard.minute <= minute) {
        const grown =
          heard.minute === minute
            ? growth(heard.thisMinute, thisMinute) + growth(heard.lastMinute, lastMinute)
            : growth(heard.thisMinute, lastMinute) + thisMinute;
        subject.minute.add(second, Math.max(0, grown - own));
      }
    }
  }

  #ask(id: string, second: number): Subject {
    let subject = this.#subjects.get(id);
    if (!subject) {
      subject = { minute: new SlidingMinute(second), untold: 0, asked: second, heard: null, used: false };
      this.#subjects.set(id, subject);
    }
    subject.asked = second;
    subject.used = true;
    return subject;
  }

  #collect(second: number, round: IterableIterator<[string, Subject]>): Untold[] {
    const batch: Untold[] = [];
    this.#round = round;
    while (batch.length < BATCH) {
      const next = round.next();
      if (next.done) {
        this.#round = null;
        break;
      }
      const [id, subject] = next.value;
      if (second - subject.asked >= FORGOTTEN_AFTER) {
        this.#subjects.delete(id);
        continue;
      }
      subject.untold = Math.min(subject.untold, subject.minute.at(second));
      batch.push({ id, calls: subject.untold });
    }
    return batch;
  }

  #tick(): number {
    this.#second = Math.max(this.#second, Math.floor(this.#now() / 1000));
    return this.#second;
  }
}

/** How much a total grew; one that shrank was lost and began anew. */
const growth = (before: number, after: number) => (after >= before ? after - before : after);
