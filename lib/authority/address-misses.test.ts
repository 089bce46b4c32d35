import { expect, it } from "vitest";
import { AddressMisses, MISSES_A_MINUTE } from "./address-misses";

function scene() {
  let now = 0;
  const misses = new AddressMisses({ now: () => now });
  return {
    misses,
    go: (milliseconds: number) => {
      now += milliseconds;
    },
    fill: (ip: string | null) => {
      for (let miss = 0; miss < MISSES_A_MINUTE; miss++) {
        expect(misses.wait(ip)).toBeNull();
        misses.add(ip);
      }
    },
  };
}

it("holds one address to so many a minute, and no other", () => {
  const { misses, go, fill } = scene();
  fill("203.0.113.7");
  expect(misses.wait("203.0.113.7")).toBe(61);
  expect(misses.wait("203.0.113.8")).toBeNull();
  go(60_999);
  expect(misses.wait("203.0.113.7")).toBe(1);
  go(1);
  expect(misses.wait("203.0.113.7")).toBeNull();
});

it("takes the /64 of one customer as one address, however it is written", () => {
  const { misses, fill } = scene();
  fill("2001:db8:0:1::a");
  expect(misses.wait("2001:db8::1:9:9:9:9")).toBe(61);
  expect(misses.wait("2001:db8:0:2::a")).toBeNull();
});

it("counts nothing where no address is known", () => {
  const { misses, fill } = scene();
  fill(null);
  expect(misses.wait(null)).toBeNull();
  expect(misses.size).toBe(0);
});

it("keeps 10,000 addresses and no more, and those longest that miss the most", () => {
  const { misses, fill } = scene();
  fill("203.0.113.7");
  for (let at = 0; at < 30_000; at++) {
    misses.add(`2001:db8:${at.toString(16)}::1`);
    if (at % 1000 === 0) expect(misses.wait("203.0.113.7")).toBe(61);
  }
  expect(misses.size).toBe(10_000);
});
