import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { days, hours, minutes, NOW } from "@/test/clock";
import {
  decideInactivity,
  type InactivityNotice,
  type InactivityRule,
  noticePeriod,
  noticeStands,
  type UseFacts,
} from "./token-inactivity";

const DAY = 86_400_000;
const rule: InactivityRule = { inactiveDays: 90, since: days(-400) };
const token = (facts: Partial<UseFacts> = {}): UseFacts => ({
  createdAt: days(-300),
  expiresAt: null,
  lastUsedAt: days(-90),
  judged: true,
  ...facts,
});
const told = (facts: Partial<InactivityNotice> = {}): InactivityNotice => ({
  noticedAt: days(-7),
  dueAt: NOW,
  ...facts,
});
const forgotten = token({ lastUsedAt: days(-97) });
const decide = (facts: UseFacts, notice: InactivityNotice | null = null, by: InactivityRule | null = rule, now = NOW) =>
  decideInactivity(facts, notice, by, now);

describe("a token that nobody uses", () => {
  it.each([
    [1, 1],
    [3, 3],
    [7, 7],
    [8, 7],
    [3650, 7],
  ])("where %i days are allowed is told of %i days before its deletion", (inactiveDays, period) => {
    expect(noticePeriod(inactiveDays)).toBe(period);
  });

  it("is told of at the very instant, as one that is deleted a week later, and a day before with others", () => {
    expect(decide(token())).toEqual({
      kind: "tell",
      notice: { noticedAt: NOW, dueAt: days(7) },
      early: false,
    });
    expect(decide(token({ lastUsedAt: days(-89) }))).toEqual({
      kind: "tell",
      notice: { noticedAt: NOW, dueAt: days(8) },
      early: true,
    });
    expect(decide(token({ lastUsedAt: new Date(days(-89).getTime() + 1) }))).toEqual({ kind: "nothing" });
  });

  it("long ago is told of for as long as one of today, and never deleted without", () => {
    expect(decide(token({ lastUsedAt: days(-299) }))).toMatchObject({ kind: "tell", notice: { dueAt: days(7) } });
  });

  it("and never did lies unused since its creation, and no earlier than the rule", () => {
    const never = token({ lastUsedAt: null });
    expect(decide(never)).toMatchObject({ kind: "tell", early: false });
    expect(decide(never, null, { ...rule, since: days(-90) })).toMatchObject({ kind: "tell", early: false });
    expect(decide(never, null, { ...rule, since: days(-89) })).toMatchObject({ kind: "tell", early: true });
    expect(decide(never, null, { ...rule, since: NOW })).toEqual({ kind: "nothing" });
    expect(decide({ ...never, createdAt: days(-80) })).toEqual({ kind: "nothing" });
  });

  it("is deleted once the moment that was told has settled, and not before", () => {
    expect(decide(forgotten, told())).toEqual({ kind: "nothing" });
    expect(decide(forgotten, told(), rule, new Date(minutes(5).getTime() - 1))).toEqual({ kind: "nothing" });
    expect(decide(forgotten, told(), rule, minutes(5))).toEqual({ kind: "delete" });
  });

  it.each<[string, Partial<UseFacts>]>([
    ["was used before the notice, as one knows only now", { lastUsedAt: new Date(days(-97).getTime() + 1) }],
    ["was used a millisecond after the notice", { lastUsedAt: new Date(days(-7).getTime() + 1) }],
    ["was used in the last minute before", { lastUsedAt: minutes(-1) }],
    ["was used in the minutes after, before anybody looked", { lastUsedAt: minutes(4) }],
    ["cannot be used by anybody", { judged: false }],
    ["ends by itself before", { expiresAt: NOW }],
  ])("is not deleted where it %s: the notice is taken back", (_, facts) => {
    expect(decide({ ...forgotten, ...facts }, told(), rule, minutes(10))).toEqual({ kind: "take_back" });
  });

  it("is not deleted where the rule was switched off, or asks for more days now", () => {
    expect(decide(forgotten, told(), null, minutes(10))).toEqual({ kind: "take_back" });
    expect(decide(forgotten, told(), { ...rule, inactiveDays: 91 }, minutes(10))).toEqual({ kind: "take_back" });
    expect(decide(forgotten, told(), { ...rule, inactiveDays: 30 }, minutes(10))).toEqual({ kind: "delete" });
  });

  it("is left to its expiry where that comes first, and to its issuer where nobody can use it", () => {
    expect(decide(token({ expiresAt: days(7) }))).toEqual({ kind: "nothing" });
    expect(decide(token({ expiresAt: new Date(days(7).getTime() + 1) }))).toMatchObject({ kind: "tell" });
    expect(decide(token({ judged: false }))).toEqual({ kind: "nothing" });
    expect(decide(token(), null, null)).toEqual({ kind: "nothing" });
  });

  // Berlin's clocks went forward on 29 March 2026 and go back on 25 October; 2028 has a 29 February.
  it.each([
    ["2026-03-25T08:00:00+01:00", 30, "2026-05-01T09:00:00+02:00"],
    ["2026-10-20T08:00:00+02:00", 30, "2026-11-26T07:00:00+01:00"],
    ["2028-02-25T08:00:00+01:00", 3, "2028-03-02T08:00:00+01:00"],
    ["2027-02-25T08:00:00+01:00", 3, "2027-03-03T08:00:00+01:00"],
    ["2028-02-29T23:59:59Z", 365, "2029-03-07T23:59:59Z"],
  ])("used last at %s, with %i days, is deleted at %s: a day is 24 hours", (lastUsed, inactiveDays, deletedAt) => {
    const idle = new Date(lastUsed);
    const due = new Date(idle.getTime() + inactiveDays * DAY);
    const step = decide(token({ createdAt: idle, lastUsedAt: idle }), null, { inactiveDays, since: idle }, due);
    expect(step).toEqual({
      kind: "tell",
      notice: { noticedAt: due, dueAt: new Date(deletedAt) },
      early: false,
    });
  });
});

describe("whatever happens and whenever somebody looks", () => {
  type Happening =
    | { kind: "use" }
    | { kind: "look" }
    | { kind: "stop" | "start" }
    | { kind: "rule"; inactiveDays: number | null };
  const happening: fc.Arbitrary<Happening> = fc.oneof(
    { weight: 2, arbitrary: fc.constant({ kind: "use" } as const) },
    { weight: 8, arbitrary: fc.constant({ kind: "look" } as const) },
    { weight: 1, arbitrary: fc.constantFrom({ kind: "stop" } as const, { kind: "start" } as const) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("rule" as const), inactiveDays: fc.constantFrom(null, 1, 3, 10, 30) }),
    },
  );
  const course = fc.array(fc.tuple(happening, fc.integer({ min: 1, max: 5 * 24 * 60 })), { maxLength: 120 });

  it("a token is deleted only after it was told of for the whole period, and lay unused for the days of the rule", () => {
    let deletions = 0;
    fc.assert(
      fc.property(course, (happenings) => {
        let at = NOW.getTime();
        let facts = token({ createdAt: NOW, lastUsedAt: null });
        let by: InactivityRule | null = { inactiveDays: 10, since: NOW };
        let notice: { standing: InactivityNotice; period: number } | null = null;
        for (const [what, afterMinutes] of happenings) {
          at += afterMinutes * 60_000;
          const now = new Date(at);
          if (what.kind === "use" && facts.judged) facts = { ...facts, lastUsedAt: now };
          if (what.kind === "stop" || what.kind === "start") facts = { ...facts, judged: what.kind === "start" };
          if (what.kind === "rule") {
            const { inactiveDays } = what;
            by = inactiveDays === null ? null : { inactiveDays, since: by?.since ?? now };
            // As saving the policy does.
            if (inactiveDays === null) notice = null;
          }
          if (what.kind !== "look") continue;
          const step = decideInactivity(facts, notice?.standing ?? null, by, now);
          if (step.kind === "take_back") notice = null;
          if (step.kind === "tell") {
            expect(noticeStands(facts, step.notice, by)).toBe(true);
            const period = noticePeriod(by?.inactiveDays ?? 0) * DAY;
            expect(step.notice.dueAt.getTime()).toBeGreaterThanOrEqual(at + period);
            notice = { standing: step.notice, period };
          }
          if (step.kind !== "delete") continue;
          deletions += 1;
          if (!by || !notice) throw new Error("deleted without a rule, or without a word");
          const { noticedAt } = notice.standing;
          expect(at - noticedAt.getTime()).toBeGreaterThanOrEqual(notice.period);
          expect(facts.lastUsedAt === null || facts.lastUsedAt <= noticedAt).toBe(true);
          const unused = at - (facts.lastUsedAt ?? facts.createdAt).getTime();
          expect(unused).toBeGreaterThanOrEqual((by.inactiveDays + noticePeriod(by.inactiveDays)) * DAY);
          expect(facts.judged).toBe(true);
          return;
        }
      }),
      { numRuns: 2000 },
    );
    expect(deletions).toBeGreaterThan(50);
  });

  it("a token that is used often enough is never told of", () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 * 24 - 1 }), { maxLength: 60 }), (gaps) => {
        let last = 0;
        for (const gap of gaps) {
          last += gap;
          const facts = token({ createdAt: NOW, lastUsedAt: hours(last) });
          expect(decideInactivity(facts, null, { inactiveDays: 10, since: NOW }, hours(last + gap))).toEqual({
            kind: "nothing",
          });
        }
      }),
    ));
});
