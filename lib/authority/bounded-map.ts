/** Entries that one write may move on: where all are in use, one of them leaves all the same. */
const CHANCES = 16;

/**
 * A map that holds `capacity` entries at most. Whoever was not asked for since the last round leaves first (second chance),
 * so that reading costs no reordering: the caller sets `used` on what it reads.
 */
export class BoundedMap<Value extends { used: boolean }> {
  readonly #entries = new Map<string, Value>();
  /** How many had to leave. */
  evicted = 0;

  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: Value): void {
    if (this.#entries.size >= this.capacity && !this.#entries.has(key)) this.#evict();
    this.#entries.set(key, value);
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  /** Goes on over what is added and evicted meanwhile. */
  entries(): IterableIterator<[string, Value]> {
    return this.#entries.entries();
  }

  #evict(): void {
    let chances = CHANCES;
    this.evicted++;
    for (const [key, value] of this.#entries) {
      this.#entries.delete(key);
      if (!value.used || chances-- === 0) return;
      value.used = false;
      this.#entries.set(key, value);
    }
  }
}
