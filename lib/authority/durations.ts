/** Durations by size, as plain numbers: whoever reads them makes a histogram of it. */
export class Durations {
  /** How many fell under each bound and not under the one before; the last place is for those above all. */
  readonly counts: Float64Array;
  /** All of them together, in seconds. */
  sum = 0;

  /** @param bounds in seconds, ascending: each is the most that its place takes. */
  constructor(readonly bounds: readonly number[]) {
    this.counts = new Float64Array(bounds.length + 1);
  }

  add(seconds: number): void {
    const { bounds, counts } = this;
    let place = 0;
    while (place < bounds.length && seconds > (bounds[place] as number)) place++;
    counts[place] = (counts[place] as number) + 1;
    this.sum += seconds;
  }

  get count(): number {
    return this.counts.reduce((all, some) => all + some, 0);
  }
}
