import { describe, expect, it } from "vitest";
import { StaleReads } from "./stale-reads";

describe("stale reads", () => {
  it("are allowed while the database is away, until their seconds are over on the monotonic clock", () => {
    const stale = new StaleReads(30, () => 0);
    stale.answered(1000, 1000);
    expect(stale.allows(1000)).toBe(false);
    stale.away();
    expect([stale.allows(30_999), stale.allows(31_000)]).toEqual([true, false]);
  });

  it("are over where the machine was suspended meanwhile, which only the wall clock shows", () => {
    let wall = 500_000;
    const stale = new StaleReads(30, () => wall);
    // The answer came two seconds after it was asked for.
    stale.answered(1000, 3000);
    stale.away();
    wall += 27_999;
    expect(stale.allows(3001)).toBe(true);
    wall += 1;
    expect(stale.allows(3001)).toBe(false);
  });

  it("are never allowed where no seconds are given, or nothing was ever answered", () => {
    const none = new StaleReads(0, () => 0);
    none.answered(1000, 1000);
    none.away();
    const never = new StaleReads(30, () => 0);
    never.away();
    expect([none.allows(1000), never.allows(1000)]).toEqual([false, false]);
  });
});
