import { describe, expect, it } from "vitest";
import { TwoGenerations } from "./two-generations";

const CAPACITY = 3;
const keysOf = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));

function filled(keys: { n: number }[]) {
  const map = new TwoGenerations<{ n: number }, string>(CAPACITY);
  for (const key of keys) map.set(key, `of ${key.n}`);
  return map;
}

describe("two generations", () => {
  it("hold what was put last, each value under its very key, and never more than two capacities", () => {
    const keys = keysOf(100);
    const map = filled(keys);
    expect(map.get({ n: 99 })).toBeUndefined();
    // From the latest, so that asking turns nothing.
    const held = keys.reverse().filter((key) => map.get(key) !== undefined);
    expect(held.length).toBeLessThanOrEqual(2 * CAPACITY);
    expect(held.slice(0, CAPACITY).map(({ n }) => n)).toEqual([99, 98, 97]);
    expect(map.get(keys[0] ?? { n: -1 })).toBe("of 99");
  });

  it("keep what is asked for between two turns, however many come and go", () => {
    const [dear, idle, ...others] = keysOf(100) as [{ n: number }, { n: number }, ...{ n: number }[]];
    const map = filled([dear, idle]);
    for (const other of others) {
      map.set(other, "other");
      expect(map.get(dear)).toBe("of 0");
    }
    expect(map.get(idle)).toBeUndefined();
  });

  it("make no room for what is asked for again and again", () => {
    const keys = keysOf(2 * CAPACITY);
    const map = filled(keys);
    for (let n = 0; n < 50; n++) expect(map.get(keys[4] ?? { n: -1 })).toBe("of 4");
    expect(map.get(keys[1] ?? { n: -1 })).toBe("of 1");
  });
});
