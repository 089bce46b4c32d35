import { within } from "@/lib/within";
import type { CallLimits } from "./call-limits";
import type { CallStore } from "./call-store";

export interface CallSharingOptions {
  limits: CallLimits;
  store: CallStore;
  /** Told once for each time that the store is lost. */
  onTrouble?: (error: unknown) => void;
  /** Milliseconds after which an answer is given up. */
  deadline?: number;
}

const EVERY_MS = 1000;
/** The first calls after a pause are told together, and soon. */
const FIRST_MS = 20;
/** Longer than any healthy answer, connecting included. */
const DEADLINE_MS = 2500;

/**
 * Tells the other processes, through a store, what this one let through, and hears of theirs: in the background, at most
 * once a second, and only while calls are held to limits. No call waits for it. While the store is away each process goes on
 * with what it knows.
 */
export class CallSharing {
  readonly #options: Required<CallSharingOptions>;
  #timer: NodeJS.Timeout | undefined;
  #exchanging: Promise<boolean> | undefined;
  #begun = Number.NEGATIVE_INFINITY;
  #lost = false;
  #closed = false;

  constructor({ limits, store, onTrouble = () => {}, deadline = DEADLINE_MS }: CallSharingOptions) {
    this.#options = { limits, store, onTrouble, deadline };
  }

  /** To be called when a call was counted. */
  wake(): void {
    if (this.#timer === undefined && this.#exchanging === undefined) this.#later();
  }

  /** Exchanges now, or waits for the exchange under way. Returns whether there is more to come. Never rejects. */
  exchange(): Promise<boolean> {
    this.#exchanging ??= this.#exchange().finally(() => {
      this.#exchanging = undefined;
    });
    return this.#exchanging;
  }

  /** Tells what is left, and stops. Never rejects. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#exchanging;
    if (!this.#lost) await this.exchange();
    this.#options.store.disconnect();
  }

  async #exchange(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { limits, store, onTrouble, deadline } = this.#options;
    const told = limits.untold();
    if (told.length === 0) return false;
    this.#begun = performance.now();
    try {
      const late = () => new StoreLate(`no answer within ${deadline} ms`);
      limits.heard(told, await within(deadline, store.exchange(told), late));
      this.#lost = false;
    } catch (error) {
      store.disconnect();
      if (!this.#lost) onTrouble(error);
      this.#lost = true;
    }
    return true;
  }

  #later(): void {
    if (this.#closed) return;
    const wait = Math.max(FIRST_MS, this.#begun + EVERY_MS - performance.now());
    this.#timer = setTimeout(() => void this.#turn(), wait).unref();
  }

  async #turn(): Promise<void> {
    const more = await this.exchange();
    if (more && this.#timer === undefined) this.#later();
  }
}

/** The store did not answer in time. */
class StoreLate extends Error {
  override name = "StoreLate";
}
