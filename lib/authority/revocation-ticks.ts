/** What a cached check was made from: when its reading began, and everything whose change ends it. */
export interface Reading {
  /** The tick before its statement was sent. */
  begun: number;
  /** Of the token. */
  readonly id: string;
  /** Ids of what is around it: its issuer, their user, both roles and the organization. */
  readonly dependsOn: readonly string[];
  /** The tick up to which it is known to be untouched. */
  checked: number;
}

/** Marks that are kept, about 100 bytes each. */
const CAPACITY = 100_000;

/**
 * Orders readings and revocations by a clock of this process that moves with every revocation. A reading counts only while
 * nothing that it depends on was touched after it began, so one that was held between its reading and its use never brings
 * back what a revocation took away. A revocation costs the same however many readings it ends.
 */
export class RevocationTicks {
  #now = 1;
  readonly #touched = new Map<string, number>();
  /** Readings that began before this are not vouched for. */
  #floor = 0;

  constructor(private readonly capacity = CAPACITY) {}

  get now(): number {
    return this.#now;
  }

  /** Ends every reading that depends on `id` and has begun. */
  touch(id: string): void {
    this.#now++;
    if (this.#touched.size >= this.capacity && !this.#touched.has(id)) this.endAll();
    this.#touched.set(id, this.#now);
  }

  /** Ends every reading that has begun. */
  endAll(): void {
    this.#now++;
    this.#floor = this.#now;
    this.#touched.clear();
  }

  holds(reading: Reading): boolean {
    if (reading.checked === this.#now) return true;
    if (reading.begun < this.#floor) return false;
    if (this.#wasTouched(reading.id, reading.begun)) return false;
    for (const id of reading.dependsOn) if (this.#wasTouched(id, reading.begun)) return false;
    reading.checked = this.#now;
    return true;
  }

  #wasTouched(id: string, since: number): boolean {
    const at = this.#touched.get(id);
    return at !== undefined && at > since;
  }
}
