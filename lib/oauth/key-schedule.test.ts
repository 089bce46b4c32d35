import { describe, expect, it } from "vitest";
import { days, hours, minutes, NOW } from "@/test/clock";
import { changesDue, type KeyTimes } from "./key-schedule";

const key = (
  id: string,
  signsFrom: Date,
  signsUntil: Date,
  believedUntil = new Date(signsUntil.getTime() + 7_200_000),
) => ({
  ...{ id, signsFrom, signsUntil, believedUntil },
});

/** The keys as they are after what is due at `now` was done. */
function kept(keys: KeyTimes[], now: Date): KeyTimes[] {
  const { make, move } = changesDue(keys, now);
  const moved = keys.map((one) => (one.id === move?.id ? move : one));
  return make ? [...moved, { id: `key ${keys.length + 1}`, ...make }] : moved;
}

describe("the schedule of keys", () => {
  it("has the first sign at once, for 30 days, and believes it for two hours more", () => {
    expect(changesDue([], NOW)).toEqual({
      make: { signsFrom: NOW, signsUntil: days(30), believedUntil: new Date(days(30).getTime() + 7_200_000) },
      move: null,
    });
  });

  it("has nothing to do while more than two days are left, or a successor is there", () => {
    expect(changesDue([key("a", days(-27), days(3))], NOW)).toEqual({ make: null, move: null });
    const both = [key("a", days(-29), days(1)), key("b", days(1), days(31))];
    expect(changesDue(both, NOW)).toEqual({ make: null, move: null });
  });

  it("publishes a successor a day before it signs, and it begins when the one before stops", () => {
    const { make, move } = changesDue([key("a", days(-28), days(2))], NOW);
    expect([make?.signsFrom, make?.signsUntil, move]).toEqual([days(2), days(32), null]);
  });

  it("lets a key sign on where its successor comes late, until that was published for a day", () => {
    const { make, move } = changesDue([key("a", days(-30), minutes(30))], NOW);
    expect(make?.signsFrom).toEqual(days(1));
    expect(move).toMatchObject({ id: "a", signsUntil: days(1), believedUntil: hours(26) });
  });

  it("begins anew at once after a long rest, and does not bring an old key back", () => {
    const { make, move } = changesDue([key("a", days(-60), days(-30), days(1))], NOW);
    expect([make?.signsFrom, move]).toEqual([NOW, null]);
  });

  it("has the successor sign before its time where the one that signs was retired", () => {
    const keys = [key("a", days(-29), days(1), NOW), key("b", days(1), days(31))];
    expect(changesDue(keys, NOW)).toEqual({ make: null, move: { ...keys[1], signsFrom: NOW } });
  });

  it("has one that signs at every hour of a year, each published for a day before, but for the first", () => {
    let keys: KeyTimes[] = [];
    const published = new Map<string, Date>();
    for (let hour = 0; hour < 365 * 24; hour++) {
      const now = hours(hour);
      keys = kept(keys, now);
      for (const { id } of keys) if (!published.has(id)) published.set(id, now);
      const signing = keys.filter(({ signsFrom, signsUntil }) => signsFrom <= now && now < signsUntil);
      expect(signing).toHaveLength(1);
    }
    expect(keys).toHaveLength(13);
    for (const { id, signsFrom } of keys.slice(1)) {
      expect(signsFrom.getTime() - (published.get(id)?.getTime() ?? 0)).toBeGreaterThanOrEqual(86_400_000);
    }
  });
});
