/** The second that is not over, and the sixty before it. */
const SECONDS = 61;

/**
 * What was counted of one thing in the last minute, by whole seconds of a clock that the caller keeps from going back.
 * A second leaves when the sixtieth after it is over, so whatever is within 60 seconds of now is always in the count,
 * and nothing is for more than 61.
 */
export class SlidingMinute {
  /** Of this second and the sixty before it, each at its number modulo their count. */
  readonly #counts = new Array<number>(SECONDS).fill(0);
  #second: number;
  #sum = 0;

  constructor(second: number) {
    this.#second = second;
  }

  /** What is in the count at that second. */
  at(second: number): number {
    const passed = Math.min(second - this.#second, SECONDS);
    for (let step = 1; step <= passed; step++) {
      const place = (this.#second + step) % SECONDS;
      this.#sum -= this.#counts[place] ?? 0;
      this.#counts[place] = 0;
    }
    if (passed > 0) this.#second = second;
    return this.#sum;
  }

  add(second: number, calls: number): void {
    this.at(second);
    this.#put(this.#second, calls);
  }

  /** Adds what came at unknown times from second `from` to second `to`, rather late than early, none of it in the future. */
  addEvenly(calls: number, from: number, to: number): void {
    if (calls === 0) return;
    const seconds = to - from + 1;
    const until = (second: number) => Math.floor((calls * (second - from + 1)) / seconds);
    for (let second = Math.max(from, this.#second - SECONDS + 1); second <= Math.min(to, this.#second); second++) {
      this.#put(second, until(second) - until(second - 1));
    }
  }

  /** Whole seconds after which no more than `calls` are left in the count, where nothing is added; at least 1. */
  secondsUntil(calls: number): number {
    let left = this.#sum;
    for (let seconds = 1; seconds < SECONDS; seconds++) {
      left -= this.#counts[(this.#second + seconds) % SECONDS] ?? 0;
      if (left <= calls) return seconds;
    }
    return SECONDS;
  }

  #put(second: number, calls: number): void {
    const place = (second + SECONDS) % SECONDS;
    this.#counts[place] = (this.#counts[place] ?? 0) + calls;
    this.#sum += calls;
  }
}
