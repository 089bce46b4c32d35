import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CallLimits, type Totals, type Untold } from "./call-limits";
import type { TokenBounds } from "./outcome";

const bounds = (callsPerToken: number | null, callsPerOrganization: number | null = null): TokenBounds => ({
  networks: null,
  callsPerToken,
  callsPerOrganization,
});
const token = (tokenId: string, organizationId = "org") => ({ tokenId, organizationId });

function scene(start = 0, capacity?: number) {
  let now = start;
  const limits = new CallLimits({ now: () => now, capacity });
  return {
    limits,
    go: (milliseconds: number) => {
      now += milliseconds;
    },
    passes: (id: string, held: TokenBounds) => limits.take(token(id), held).over === null,
  };
}

/** Adds up as a store does, by a clock of its own. */
function store() {
  const rows = new Map<string, number>();
  return {
    rows,
    exchange(told: readonly Untold[], at: number): Totals {
      const minute = Math.floor(at / 60_000);
      const calls = told.map(({ id, calls: own }) => {
        const total = (rows.get(`${minute} ${id}`) ?? 0) + own;
        rows.set(`${minute} ${id}`, total);
        return [total, rows.get(`${minute - 1} ${id}`) ?? 0] as const;
      });
      return { at, calls };
    },
  };
}

describe("one process", () => {
  it("never lets more than the limit through in any 60 seconds, whatever comes when", () => {
    const steps = fc.array(fc.tuple(fc.nat(20_000), fc.integer({ min: 1, max: 12 })), { maxLength: 120 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(120_000), steps, (limit, start, moves) => {
        const { go, passes } = scene(start);
        const passed: number[] = [];
        let now = 0;
        for (const [wait, calls] of moves) {
          go(wait);
          now += wait;
          for (let call = 0; call < calls; call++) if (passes("a", bounds(limit))) passed.push(now);
        }
        for (const [place, at] of passed.entries()) {
          const earlier = passed[place - limit];
          if (earlier !== undefined) expect(at - earlier).toBeGreaterThanOrEqual(60_000);
        }
      }),
    );
  });

  it("lets the whole limit through again 61 seconds after the last call", () => {
    const { go, passes } = scene();
    for (let round = 0; round < 5; round++) {
      for (let call = 0; call < 10; call++) expect(passes("a", bounds(10))).toBe(true);
      expect(passes("a", bounds(10))).toBe(false);
      go(61_000);
    }
  });

  it("lets no burst of twice the limit through at the turn of a minute", () => {
    const { go, passes } = scene(59_999);
    for (let call = 0; call < 10; call++) expect(passes("a", bounds(10))).toBe(true);
    go(1);
    expect(passes("a", bounds(10))).toBe(false);
  });

  it("lets somebody through who calls as often as allowed, evenly", () => {
    const { go, passes } = scene();
    let refused = 0;
    for (let call = 0; call < 6000; call++) {
      if (!passes("a", bounds(60))) refused++;
      go(1020);
    }
    expect(refused).toBe(0);
  });

  it("uses nothing up with a refused call, of neither limit", () => {
    const { limits, go, passes } = scene();
    expect(passes("a", bounds(1, 3))).toBe(true);
    for (let call = 0; call < 50; call++) expect(passes("a", bounds(1, 3))).toBe(false);
    expect(limits.take(token("b"), bounds(1, 3)).allowances[1]).toMatchObject({ of: "organization", remaining: 1 });
    go(61_000);
    expect(passes("a", bounds(1, 3))).toBe(true);
  });

  it("tells when a call will pass again, and it then does", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9000), { minLength: 1, maxLength: 30 }), (waits) => {
        const { limits, go, passes } = scene();
        for (const wait of waits) {
          go(wait);
          const { over } = limits.take(token("a"), bounds(3));
          if (!over) continue;
          expect(over.reset).toBeGreaterThanOrEqual(1);
          expect(over.reset).toBeLessThanOrEqual(61);
          go(over.reset * 1000);
          expect(passes("a", bounds(3))).toBe(true);
        }
      }),
    );
  });

  it("says what is left of each limit, and of two that are exceeded waits for the longer", () => {
    const { limits, go } = scene();
    expect(limits.take(token("a"), bounds(2, 3)).allowances).toEqual([
      { of: "token", limit: 2, remaining: 1, reset: 61 },
      { of: "organization", limit: 3, remaining: 2, reset: 61 },
    ]);
    go(10_000);
    limits.take(token("b"), bounds(2, 3));
    go(10_000);
    limits.take(token("a"), bounds(2, 3));
    const { over, allowances } = limits.take(token("a"), bounds(2, 3));
    expect(allowances.map(({ remaining }) => remaining)).toEqual([0, 0]);
    expect(over).toEqual({ of: "token", limit: 2, remaining: 0, reset: 41 });
    expect(limits.take(token("a"), bounds(1, 3)).over).toEqual({ of: "token", limit: 1, remaining: 0, reset: 61 });
  });

  it("forgets nothing and allows nothing more where its clock goes back", () => {
    const { go, passes } = scene(500_000);
    for (let call = 0; call < 5; call++) expect(passes("a", bounds(5))).toBe(true);
    go(-300_000);
    expect(passes("a", bounds(5))).toBe(false);
    go(300_000 + 60_000);
    expect(passes("a", bounds(5))).toBe(false);
    go(1000);
    expect(passes("a", bounds(5))).toBe(true);
  });

  it("keeps nothing of tokens without limits, and hands out the same answer for all of them", () => {
    const { limits } = scene();
    const first = limits.take(token("a"), bounds(null));
    expect(limits.take(token("b"), bounds(null))).toBe(first);
    expect(first).toEqual({ allowances: [], over: null });
    expect(limits.size).toBe(0);
    expect(limits.untold()).toEqual([]);
  });

  it("keeps no more than it may of 10,000 tokens, and those that are in use the longest", () => {
    const { limits, passes } = scene(0, 1000);
    expect(passes("busy", bounds(1))).toBe(true);
    for (let id = 0; id < 10_000; id++) {
      limits.take(token(`t${id}`), bounds(5));
      expect(passes("busy", bounds(1))).toBe(false);
    }
    expect(limits.size).toBe(1000);
  });

  it("forgets what nobody asked for within a minute", () => {
    const { limits, go } = scene();
    for (let id = 0; id < 10_000; id++) limits.take(token(`t${id}`), bounds(5));
    go(61_000);
    expect(limits.untold()).toEqual([]);
    expect(limits.size).toBe(0);
  });
});

describe("several processes", () => {
  function processes(count: number, start = 30_000) {
    let now = start;
    const shared = store();
    const all = Array.from({ length: count }, (_, at) => {
      // Each has begun to count its own seconds at another time.
      const limits = new CallLimits({ now: () => now + at * 777_777 });
      return {
        limits,
        passes: (limit: number) => limits.take(token("a"), bounds(limit)).over === null,
        exchange: () => {
          const told = limits.untold();
          limits.heard(told, shared.exchange(told, now));
        },
      };
    });
    return {
      all,
      shared,
      now: () => now,
      go: (milliseconds: number) => {
        now += milliseconds;
      },
    };
  }

  it("hold each other's calls against one limit once they have heard of them", () => {
    const { all } = processes(2);
    const [one, other] = [all[0]!, all[1]!];
    for (let call = 0; call < 6; call++) expect(one.passes(10)).toBe(true);
    one.exchange();
    for (let call = 0; call < 4; call++) expect(other.passes(10)).toBe(true);
    other.exchange();
    expect(other.passes(10)).toBe(false);
    one.exchange();
    expect(one.passes(10)).toBe(false);
  });

  it("let through, in any 60 seconds, no more than the limit and what the others had not told yet", () => {
    const step = fc.tuple(fc.integer({ min: 0, max: 2 }), fc.nat(4000), fc.nat(6), fc.boolean());
    const steps = fc.array(step, { maxLength: 300 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(100_000), steps, (limit, start, moves) => {
        const { all, now, go } = processes(3, start);
        /** When each call was told, and when each process last heard, by the number of the exchange. */
        const passed: { at: number; by: number; told: number }[] = [];
        const heard = all.map(() => 0);
        let exchanges = 0;
        const exchange = (by: number) => {
          exchanges++;
          for (const call of passed) if (call.by === by) call.told = Math.min(call.told, exchanges);
          heard[by] = exchanges;
          // In use without a pause, so that none has to begin anew.
          expect(all[by]!.passes(0)).toBe(false);
          all[by]!.exchange();
        };
        for (const by of heard.keys()) {
          if (all[by]!.passes(limit)) passed.push({ at: start, by, told: Number.POSITIVE_INFINITY });
          exchange(by);
        }
        for (const [by, wait, calls, tells] of moves) {
          go(wait);
          for (let call = 0; call < calls; call++) {
            if (!all[by]!.passes(limit)) continue;
            const recent = passed.filter(({ at }) => at > now() - 60_000);
            const known = recent.filter((other) => other.by === by || other.told < heard[by]!);
            expect(known.length).toBeLessThan(limit);
            passed.push({ at: now(), by, told: Number.POSITIVE_INFINITY });
          }
          if (tells) exchange(by);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("count nothing twice over many exchanges and turns of the minute", () => {
    const { all, go } = processes(2);
    const [one, other] = [all[0]!, all[1]!];
    let passed = 0;
    for (let second = 0; second < 600; second++) {
      for (const each of [one, other]) {
        if (each.passes(120)) passed++;
        each.exchange();
      }
      go(1000);
    }
    // Each call of every second would pass, were it not for the 61st second.
    expect(passed).toBeGreaterThanOrEqual(1180);
  });

  it("one that comes to it later takes the last minute as evenly spread", () => {
    const { all, go } = processes(2, 0);
    const [one, late] = [all[0]!, all[1]!];
    for (let second = 0; second < 90; second++) {
      one.passes(1000);
      one.exchange();
      go(1000);
    }
    late.passes(1000);
    late.exchange();
    const [left] = late.limits.take(token("a"), bounds(1000)).allowances;
    expect(1000 - left!.remaining).toBeGreaterThanOrEqual(60);
    expect(1000 - left!.remaining).toBeLessThanOrEqual(64);
    go(61_000);
    expect(late.limits.take(token("a"), bounds(1000)).allowances[0]!.remaining).toBe(999);
  });

  it("one that comes to a burst late takes it as of now", () => {
    const { all, go } = processes(2, 30_000);
    const [one, late] = [all[0]!, all[1]!];
    for (let call = 0; call < 10; call++) one.passes(10);
    one.exchange();
    late.passes(10);
    late.exchange();
    for (let second = 0; second < 60; second++) {
      expect(late.passes(10)).toBe(false);
      go(1000);
    }
    go(1000);
    expect(late.passes(10)).toBe(true);
  });

  it("go on where the store has lost its rows", () => {
    const { all, shared, go } = processes(2);
    const [one, other] = [all[0]!, all[1]!];
    for (let call = 0; call < 5; call++) one.passes(10);
    one.exchange();
    other.passes(10);
    other.exchange();
    shared.rows.clear();
    go(1000);
    for (let call = 0; call < 2; call++) one.passes(10);
    one.exchange();
    other.exchange();
    expect(other.limits.take(token("a"), bounds(10)).allowances[0]!.remaining).toBe(1);
  });

  it("tell no calls any more that were over before the store came back", () => {
    const { all, go } = processes(1);
    const one = all[0]!;
    for (let call = 0; call < 7; call++) one.passes(10);
    go(30_000);
    one.passes(10);
    expect(one.limits.untold()).toEqual([{ id: "a", calls: 8 }]);
    go(31_000);
    expect(one.limits.untold()).toEqual([{ id: "a", calls: 1 }]);
  });

  it("tell of all, a part at a time, where there are more than fit", () => {
    const limits = new CallLimits({ now: () => 0 });
    for (let id = 0; id < 12_000; id++) limits.take(token(`t${id}`), bounds(5));
    const told = [limits.untold(), limits.untold(), limits.untold()];
    expect(told.map(({ length }) => length)).toEqual([5000, 5000, 2000]);
    expect(new Set(told.flat().map(({ id }) => id)).size).toBe(12_000);
    expect(limits.untold()).toHaveLength(5000);
  });
});
