import { describe, expect, it } from "vitest";
import { hours, NOW } from "@/test/clock";
import { type CountedCall, UsageCounts } from "./usage-counts";

const call = (wish: Partial<CountedCall> = {}): CountedCall => ({
  organizationId: "org",
  tokenId: "aaaaaaaaaaaa",
  outcome: "allowed",
  at: NOW.getTime(),
  ip: "192.0.2.1",
  agent: "curl",
  ...wish,
});

function counted(calls: Partial<CountedCall>[], capacity = 100): UsageCounts {
  const counts = new UsageCounts(capacity);
  for (const one of calls) counts.add(call(one));
  return counts;
}

const days = (counts: UsageCounts) =>
  [...counts.days.values()].map(({ day, outcome, by_hour }) => [day, outcome, by_hour.reduce((a, b) => a + b, 0)]);

describe("counts of use", () => {
  it("add up by token, UTC day and outcome, each call in its hour", () => {
    const counts = counted([
      {},
      {},
      { outcome: "forbidden" },
      { at: hours(12).getTime() },
      { at: hours(-12).getTime() },
    ]);
    expect(days(counts)).toEqual([
      ["2026-06-15", "allowed", 3],
      ["2026-06-15", "forbidden", 1],
      ["2026-06-16", "allowed", 1],
    ]);
    const [first] = counts.days.values();
    expect(first?.by_hour[12]).toBe(2);
    expect(first?.by_hour[0]).toBe(1);
  });

  it("do not take a refused call for a use, nor for a caller", () => {
    const counts = counted([{ outcome: "refused" }]);
    expect(counts.lastUses.size).toBe(0);
    expect(counts.callers.size).toBe(0);
    expect(days(counts)).toEqual([["2026-06-15", "refused", 1]]);
  });

  it("keep the latest use, in whichever order calls are told", () => {
    const counts = counted([{ at: hours(1).getTime(), ip: "192.0.2.2" }, { at: hours(0).getTime() }]);
    expect(counts.lastUses.get("aaaaaaaaaaaa")).toMatchObject({ at: hours(1).getTime(), ip: "192.0.2.2" });
  });

  it("tell a bounded number of addresses apart, and count the other calls all the same", () => {
    const counts = counted(Array.from({ length: 300 }, (_, n) => ({ ip: `2001:db8::${n.toString(16)}` })));
    expect(counts.callers.get("aaaaaaaaaaaa")?.size).toBe(20);
    expect(days(counts)).toEqual([["2026-06-15", "allowed", 300]]);
  });

  it("stay within their room and say how many calls found none", () => {
    const counts = counted(
      Array.from({ length: 30 }, (_, n) => ({ tokenId: `token-${n}` })),
      10,
    );
    expect(counts.days.size).toBe(10);
    expect(counts.lastUses.size).toBe(10);
    expect(counts.dropped).toBe(20);
  });

  it("come back together after a write that failed", () => {
    const failed = counted([{}, { ip: "192.0.2.9" }]);
    failed.merge(counted([{ at: hours(1).getTime() }, { outcome: "forbidden" }]));
    expect(days(failed)).toEqual([
      ["2026-06-15", "allowed", 3],
      ["2026-06-15", "forbidden", 1],
    ]);
    expect(failed.lastUses.get("aaaaaaaaaaaa")?.at).toBe(hours(1).getTime());
    const callers = failed.callers.get("aaaaaaaaaaaa");
    expect([...(callers?.values() ?? [])].map(({ ip, calls }) => [ip, calls])).toEqual([
      ["192.0.2.1", 3],
      ["192.0.2.9", 1],
    ]);
  });

  it("go on together after that, none of them in a row that nobody writes any more", () => {
    const failed = counted([{}]);
    failed.merge(counted([{ at: hours(1).getTime() }]));
    failed.add(call({ at: hours(2).getTime(), ip: "192.0.2.1" }));
    failed.add(call({ at: hours(3).getTime(), ip: "192.0.2.9" }));
    failed.add(call({ at: hours(4).getTime(), ip: "192.0.2.1" }));
    expect(failed.lastUses.get("aaaaaaaaaaaa")?.at).toBe(hours(4).getTime());
    expect(days(failed)).toEqual([["2026-06-15", "allowed", 5]]);
    const callers = failed.callers.get("aaaaaaaaaaaa");
    expect([...(callers?.values() ?? [])].map(({ ip, calls, last_at }) => [ip, calls, last_at])).toEqual([
      ["192.0.2.1", 4, hours(4).getTime()],
      ["192.0.2.9", 1, hours(3).getTime()],
    ]);
  });
});
