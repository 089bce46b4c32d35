import { describe, expect, test } from "vitest";
import { DAY } from "@/lib/tokens/token-status";
import { NOW } from "@/test/clock";
import { acmeTokens, world } from "./seeded-world";

const HOUR = DAY / 24;

/** The hours since 1970 in which a row counts calls. */
const hoursOf = (day: string, byHour: number[]) =>
  byHour.flatMap((calls, hour) => (calls > 0 ? [Date.parse(`${day}T00:00:00Z`) / HOUR + hour] : []));

// Edges of the day, of the week and of the year, besides an ordinary noon.
const MOMENTS = [
  NOW,
  new Date("2026-06-13T00:00:04Z"),
  new Date("2026-06-14T23:59:58Z"),
  new Date("2027-01-01T02:03:00Z"),
];

describe.each(MOMENTS)("use and history at %j", (now) => {
  test("nothing but an expiry is in the future, and nothing is older than 14 months", async () => {
    const { tokens, usage, callers, events, members, users, groups, roles, organizations, passwords } =
      await world(now);
    const times = [
      ...tokens.flatMap(({ createdAt, deletedAt, lastUsedAt }) => [createdAt, deletedAt, lastUsedAt]),
      ...callers.flatMap(({ firstAt, lastAt }) => [firstAt, lastAt]),
      ...events.map(({ at }) => at),
      ...members.flatMap(({ createdAt, deactivatedAt }) => [createdAt, deactivatedAt]),
      ...[...users, ...groups, ...roles, ...organizations].map(({ createdAt }) => createdAt),
      ...passwords.map(({ updatedAt }) => updatedAt),
    ].filter((time) => time !== null);
    const milliseconds = times.map((time) => time.getTime());
    expect(Math.max(...milliseconds)).toBeLessThanOrEqual(now.getTime());
    expect(Math.min(...milliseconds)).toBeGreaterThan(now.getTime() - 427 * DAY);
    const usedHours = usage.flatMap(({ day, byHour }) => hoursOf(day, byHour));
    expect(Math.max(...usedHours) * HOUR).toBeLessThanOrEqual(now.getTime());
  });

  test("last use, calls and callers tell the same story", async () => {
    const { tokens, usage, callers } = await world(now);
    for (const token of tokens) {
      const rows = usage.filter(({ tokenId }) => tokenId === token.id);
      for (const { calls, byHour } of rows) {
        expect(byHour).toHaveLength(24);
        expect(byHour.reduce((sum, hour) => sum + hour, 0)).toBe(calls);
        expect(Math.min(...byHour)).toBeGreaterThanOrEqual(0);
        expect(calls).toBeGreaterThan(0);
      }
      const good = rows.filter(({ outcome }) => outcome !== "refused");
      const hours = (some: typeof rows) => some.flatMap(({ day, byHour }) => hoursOf(day, byHour));
      const from = callers.filter(({ tokenId }) => tokenId === token.id);
      const over = [token.deletedAt, token.expiresAt].flatMap((time) => (time && time <= now ? [time.getTime()] : []));
      for (const hour of hours(rows.filter(({ outcome }) => outcome === "refused"))) {
        expect(hour * HOUR).toBeGreaterThanOrEqual(Math.min(...over));
      }
      if (!token.lastUsedAt) {
        expect([token.name, good, from]).toEqual([token.name, [], []]);
        continue;
      }
      expect(Math.max(...hours(good))).toBe(Math.floor(token.lastUsedAt.getTime() / HOUR));
      expect(Math.min(...hours(good)) * HOUR).toBeGreaterThanOrEqual(token.createdAt.getTime());
      expect(token.lastUsedAt.getTime()).toBeLessThan(Math.min(now.getTime(), ...over));
      expect(from.reduce((sum, { calls }) => sum + calls, 0)).toBe(good.reduce((sum, { calls }) => sum + calls, 0));
      const last = from.find(({ ip }) => ip === token.lastUsedIp)!;
      expect(last).toMatchObject({ lastAt: token.lastUsedAt, agent: token.lastUsedAgent });
      for (const { firstAt, lastAt, calls } of from) {
        expect(calls).toBeGreaterThan(0);
        expect(firstAt.getTime()).toBeLessThanOrEqual(lastAt.getTime());
        expect(firstAt.getTime()).toBeGreaterThanOrEqual(token.createdAt.getTime());
        expect(lastAt.getTime()).toBeLessThanOrEqual(token.lastUsedAt.getTime());
      }
    }
  });

  test("each token's events are those of its row, in order, by somebody who could", async () => {
    const { tokens, events, members, roles } = await world(now);
    for (const token of tokens) {
      const own = events.filter(({ subjectId }) => subjectId === token.id).sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(own.map(({ at }) => at)).toEqual(own.map(({ at }) => at).toSorted((a, b) => a.getTime() - b.getTime()));
      expect(own[0]).toMatchObject({ action: "token.created", at: token.createdAt });
      expect(own.filter(({ action }) => action === "token.created")).toHaveLength(1);
      expect(own.slice(1, token.deletedAt ? -1 : undefined).every(({ action }) => action === "token.updated")).toBe(
        true,
      );
      const deletion = own.filter(({ action }) => action === "token.deleted");
      expect(deletion.map(({ at, actorMemberId }) => [at, actorMemberId])).toEqual(
        token.deletedAt ? [[token.deletedAt, token.deletedBy]] : [],
      );
      for (const { actorKind, actorMemberId, at } of own) {
        if (actorKind === "system") {
          expect(token.slug).toBe("ironvault");
          continue;
        }
        const actor = members.find(({ id }) => id === actorMemberId)!;
        const isAdministrator = roles
          .find(({ id }) => id === actor.roleId)!
          .permissions.includes("organization:manage");
        expect(isAdministrator || actor.id === token.issuerId).toBe(true);
        expect(at.getTime()).toBeGreaterThan(actor.createdAt.getTime());
        if (actor.deactivatedAt) expect(at.getTime()).toBeLessThan(actor.deactivatedAt.getTime());
      }
    }
  });

  test("what runs every minute was used seconds ago, 1,440 times in a day without an outage", async () => {
    const { usage } = await world(now);
    const token = (await acmeTokens(now)).find(({ name }) => name === "Production integration")!;
    expect(now.getTime() - token.lastUsedAt!.getTime()).toBeLessThan(60_000);
    const yesterday = new Date(now.getTime() - DAY).toISOString().slice(0, 10);
    expect(usage.find(({ tokenId, day }) => tokenId === token.id && day === yesterday)!.calls).toBe(1440);
  });
});

test("Acme's use tells of refusals, of lacking permissions, of weekends and of an outage", async () => {
  const tokens = await acmeTokens();
  const { usage } = await world();
  const callsOn = (name: string, daysAgo: number) => {
    const { id } = tokens.find((token) => token.name === name)!;
    const day = new Date(NOW.getTime() - daysAgo * DAY).toISOString().slice(0, 10);
    return usage.filter((row) => row.tokenId === id && row.day === day).reduce((sum, { calls }) => sum + calls, 0);
  };
  const ids = new Set(tokens.map(({ id }) => id));
  const outcomes = usage.filter(({ tokenId }) => ids.has(tokenId)).map(({ outcome }) => outcome);
  expect(new Set(outcomes)).toEqual(new Set(["allowed", "forbidden", "refused"]));
  expect(outcomes.filter((outcome) => outcome === "allowed").length).toBeGreaterThan(outcomes.length / 2);
  expect(callsOn("Production integration", 9)).toBe(11 * 60);
  expect(callsOn("Nightly export", 9)).toBe(0);
  // NOW is a Monday.
  expect(callsOn("Support desk lookup", 1)).toBeLessThan(callsOn("Support desk lookup", 3) / 2);
  expect(callsOn("Mobile app backend", 1)).toBeGreaterThan(callsOn("Mobile app backend", 50) * 1.3);
});
