import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Reading, RevocationTicks } from "./revocation-ticks";

const readingOf = (ticks: RevocationTicks, id = "", ...dependsOn: string[]): Reading => ({
  id,
  begun: ticks.now,
  checked: ticks.now,
  dependsOn,
});

describe("a reading", () => {
  it("counts until something that it depends on is touched, and never again", () => {
    const ticks = new RevocationTicks();
    const reading = readingOf(ticks, "token", "role");
    ticks.touch("other");
    expect(ticks.holds(reading)).toBe(true);
    ticks.touch("role");
    expect(ticks.holds(reading)).toBe(false);
    ticks.touch("other");
    expect(ticks.holds(reading)).toBe(false);
  });

  it("that began before a revocation does not count, whenever it is used first; one that began after it does", () => {
    const ticks = new RevocationTicks();
    const before = readingOf(ticks, "token");
    ticks.touch("token");
    expect(ticks.holds(before)).toBe(false);
    expect(ticks.holds(readingOf(ticks, "token"))).toBe(true);
  });

  it("is ended with all others at once", () => {
    const ticks = new RevocationTicks();
    const reading = readingOf(ticks, "token");
    ticks.endAll();
    expect(ticks.holds(reading)).toBe(false);
    expect(ticks.holds(readingOf(ticks, "token"))).toBe(true);
  });
});

it("never counts a reading that was revoked after it began, however few marks there is room for", () => {
  const ids = fc.constantFrom("a", "b", "c", "d", "e");
  const step = fc.oneof(
    fc.record({ kind: fc.constant("touch" as const), id: ids }),
    fc.record({ kind: fc.constant("read" as const), ids: fc.uniqueArray(ids, { minLength: 1 }) }),
    fc.record({ kind: fc.constant("use" as const), id: ids }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 60 }), (capacity, steps) => {
      const ticks = new RevocationTicks(capacity);
      const readings: { reading: Reading; revoked: boolean }[] = [];
      for (const one of steps) {
        if (one.kind === "read") readings.push({ reading: readingOf(ticks, ...one.ids), revoked: false });
        if (one.kind === "touch") {
          ticks.touch(one.id);
          for (const made of readings) made.revoked ||= [made.reading.id, ...made.reading.dependsOn].includes(one.id);
        }
        for (const { reading, revoked } of readings) if (revoked) expect(ticks.holds(reading)).toBe(false);
      }
    }),
  );
});
