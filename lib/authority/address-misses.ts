import { BoundedMap } from "./bounded-map";
import { addressBucket } from "./client-address";
import { SlidingMinute } from "./sliding-minute";

/** Look-ups in vain that one address may cause in a minute: far beyond a client that tries its one wrong token on and on. */
export const MISSES_A_MINUTE = 300;
/** Addresses that are kept, about 700 bytes each. Where more come within a minute, some start anew. */
const CAPACITY = 10_000;

/**
 * Counts look-ups in the database that let nobody in (no such token, another secret, a token that is over), by the address that sent it: whoever
 * computes a checksum can make one. A whole /64 counts as one address. Where no address is known, nothing is counted.
 */
export class AddressMisses {
  readonly #now: () => number;
  readonly #addresses = new BoundedMap<{ minute: SlidingMinute; used: boolean }>(CAPACITY);
  #second = 0;

  constructor({ now = () => performance.now() }: { now?: () => number } = {}) {
    this.#now = now;
  }

  get size(): number {
    return this.#addresses.size;
  }

  add(ip: string | null): void {
    if (ip === null) return;
    const bucket = addressBucket(ip);
    const second = this.#tick();
    let address = this.#addresses.get(bucket);
    if (!address) {
      address = { minute: new SlidingMinute(second), used: false };
      this.#addresses.set(bucket, address);
    }
    address.minute.add(second, 1);
    address.used = true;
  }

  /** Seconds until the address may cause look-ups again; null where it may now. */
  wait(ip: string | null): number | null {
    if (ip === null || this.#addresses.size === 0) return null;
    const address = this.#addresses.get(addressBucket(ip));
    if (!address || address.minute.at(this.#tick()) < MISSES_A_MINUTE) return null;
    address.used = true;
    return address.minute.secondsUntil(MISSES_A_MINUTE - 1);
  }

  #tick(): number {
    this.#second = Math.max(this.#second, Math.floor(this.#now() / 1000));
    return this.#second;
  }
}
