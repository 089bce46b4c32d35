import type { Soon } from "@/lib/at-once";
import type { Reading, RevocationTicks } from "@/lib/authority/revocation-ticks";
import type { KeySet } from "./public-keys";

/** In milliseconds: for so long a key that was made since is missing. One that is to sign is published a day before. */
const FRESH = 2000;

interface Kept {
  keys: KeySet;
  freshUntil: number;
  reading: Reading;
}

/**
 * The public keys in memory, for everybody who asks: they are read at most every two seconds and by one reading at a time.
 * The revocation feed ends them before, of a key that was retired.
 */
export class PublishedKeys {
  #kept: Kept | null = null;
  #reading: Promise<KeySet> | null = null;

  constructor(
    private readonly read: () => Promise<KeySet>,
    private readonly ticks: Pick<RevocationTicks, "now" | "holds">,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Rejects where they cannot be read. */
  get(): Soon<KeySet> {
    const kept = this.#kept;
    if (kept && this.clock() < kept.freshUntil && this.ticks.holds(kept.reading)) return kept.keys;
    this.#reading ??= this.#readAgain().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readAgain(): Promise<KeySet> {
    const [at, begun] = [this.clock(), this.ticks.now];
    const set = await this.read();
    const reading = { id: "", dependsOn: set.keys.map(({ kid }) => kid), begun, checked: begun };
    this.#kept = { keys: set, freshUntil: at + FRESH, reading };
    return set;
  }
}
