/**
 * Values of objects that live elsewhere, each under the very object: at most twice `capacity` of them, and none for longer
 * than its object lives. What was asked for since the last turn outlasts the next one. Where all is well, reading is one
 * look-up.
 */
export class TwoGenerations<Key extends object, Value> {
  #young = new WeakMap<Key, Value>();
  #old = new WeakMap<Key, Value>();
  #size = 0;

  constructor(private readonly capacity: number) {}

  get(key: Key): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  /** `key` has no value yet. */
  set(key: Key, value: Value): void {
    if (this.#size >= this.capacity) {
      this.#old = this.#young;
      this.#young = new WeakMap();
      this.#size = 0;
    }
    this.#young.set(key, value);
    this.#size++;
  }
}
