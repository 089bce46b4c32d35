import { describe, expect, it } from "vitest";
import { tokenCallers, tokenUsage } from "@/db/schema";
import { type Actor, proveToken } from "@/lib/access/actor";
import { days, hours, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { expiringTokens } from "./expiring-tokens";
import { getToken } from "./get-token";
import { getTokenActivity } from "./get-token-activity";
import { loadRules } from "./load-rules";
import { readTokenEvents } from "./read-token-events";
import { updateToken } from "./update-token";
import { viewToken } from "./view-token";

const hoursOfDay = (calls: Record<number, number>) => Array.from({ length: 24 }, (_, hour) => calls[hour] ?? 0);

describe("getTokenActivity", () => {
  it("counts the last 24 hours by the hour, across midnight, refused calls aside", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id } = await world.addToken(world.user);
      const row = (day: string, outcome: "allowed" | "forbidden" | "refused", byHour: number[]) => ({
        organizationId: world.organizationId,
        tokenId: id,
        day,
        outcome,
        calls: byHour.reduce((sum, calls) => sum + calls, 0),
        byHour,
      });
      await db.insert(tokenUsage).values([
        row("2026-06-15", "allowed", hoursOfDay({ 0: 1, 12: 10 })),
        row("2026-06-15", "refused", hoursOfDay({ 1: 1000 })),
        // NOW is noon: of yesterday, the hours from 13 count.
        row("2026-06-14", "allowed", hoursOfDay({ 12: 5000, 13: 100 })),
        row("2026-06-14", "forbidden", hoursOfDay({ 23: 7 })),
      ]);
      await db.insert(tokenCallers).values([
        {
          organizationId: world.organizationId,
          tokenId: id,
          ip: "192.0.2.1",
          agent: "curl/8",
          calls: 9,
          firstAt: days(-3),
          lastAt: hours(-1),
        },
        {
          organizationId: world.organizationId,
          tokenId: id,
          ip: "2001:db8::1",
          agent: null,
          calls: 1,
          firstAt: days(-3),
          lastAt: days(-2),
        },
      ]);
      const outcome = await getTokenActivity(world.user, { id }, contextOf(db));
      if (!outcome.ok) throw new Error("refused");
      expect(outcome.value.lastDay).toBe(118);
      expect(outcome.value.callersLastDay).toBe(1);
      expect(outcome.value.callers.map(({ ip }) => ip)).toEqual(["192.0.2.1", "2001:db8::1"]);
      expect(outcome.value.days).toHaveLength(30);
      expect(outcome.value.days.at(-1)).toEqual({ day: "2026-06-15", allowed: 11, forbidden: 0, refused: 1000 });
    }));

  it("does not find a colleague's or another organization's token", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const other = await makeWorld(db);
      for (const { id } of [await world.addToken(world.engineer), await other.addToken(other.user)]) {
        expect(await getTokenActivity(world.user, { id }, contextOf(db))).toMatchObject({
          refusal: { code: "not_found" },
        });
        expect(await viewToken(world.user, id, contextOf(db))).toMatchObject({ refusal: { code: "not_found" } });
      }
    }));
});

describe("a token's last use", () => {
  it("is its latest call where it is read alone, and never earlier than what the list says", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const called = await world.addToken(world.user, { name: "Called", lastUsedAt: hours(-2) });
      const first = await world.addToken(world.user, { name: "Called for the first time" });
      const older = await world.addToken(world.user, { name: "Older caller", lastUsedAt: hours(-2) });
      const call = (tokenId: string, ip: string, lastAt: Date) => ({
        organizationId: world.organizationId,
        tokenId,
        ip,
        agent: null,
        calls: 1,
        firstAt: days(-3),
        lastAt,
      });
      await db
        .insert(tokenCallers)
        .values([
          call(called.id, "192.0.2.1", hours(-1)),
          call(called.id, "192.0.2.2", hours(-3)),
          call(first.id, "192.0.2.3", hours(-1)),
          call(older.id, "192.0.2.4", hours(-3)),
        ]);
      const lastUse = async (id: string) => {
        const token = await getToken(world.user, id, contextOf(db));
        return token.ok && [token.value.lastUsedAt, token.value.lastUsedIp];
      };
      expect(await lastUse(called.id)).toEqual([hours(-1), "192.0.2.1"]);
      expect(await lastUse(first.id)).toEqual([hours(-1), "192.0.2.3"]);
      expect(await lastUse(older.id)).toEqual([hours(-2), null]);
    }));
});

describe("readTokenEvents", () => {
  it("tells a token's own history, latest first, with who did it", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id } = await world.addToken(world.user, { name: "One" });
      const bystander = await world.addToken(world.user, { name: "Bystander" });
      await updateToken(world.user, { id, change: { name: "Two" } }, contextOf(db, hours(-1)));
      await updateToken(world.admin, { id, change: { name: "Three" } }, contextOf(db));
      await updateToken(world.admin, { id: bystander.id, change: { name: "Aside" } }, contextOf(db));
      const rules = await loadRules(db, world.organizationId);
      const events = await readTokenEvents(world.user, { id }, rules, contextOf(db));
      expect(events.map(({ at, actor }) => [at, actor?.id])).toEqual([
        [NOW, world.admin.memberId],
        [hours(-1), world.user.memberId],
      ]);
    }));

  it("names the token that acted to whoever sees that token, and to nobody else", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id } = await world.addToken(world.user, { name: "One" });
      const tool = await world.addToken(world.admin, { name: "Deploy bot" });
      const acting = proveToken({ ...world.admin, tokenId: tool.id });
      await updateToken(acting, { id, change: { name: "Two" } }, contextOf(db));
      const rules = await loadRules(db, world.organizationId);
      const seenBy = async (actor: Actor) =>
        (await readTokenEvents(actor, { id }, rules, contextOf(db))).map(({ through }) => through);
      expect(await seenBy(world.admin)).toEqual([{ id: tool.id, name: "Deploy bot" }]);
      expect(await seenBy(world.user)).toEqual([{ id: tool.id, name: null }]);
    }));

  it("tells an issuer who changed their token, and from where themselves alone; an administrator all of it", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id } = await world.addToken(world.user, { name: "One" });
      await updateToken(world.user, { id, change: { name: "Two" } }, contextOf(db, hours(-1)));
      await updateToken(world.admin, { id, change: { name: "Three" } }, contextOf(db));
      const rules = await loadRules(db, world.organizationId);
      const seenBy = async (actor: Actor) =>
        (await readTokenEvents(actor, { id }, rules, contextOf(db))).map((event) => [event.actor?.id, event.ip]);
      expect(await seenBy(world.user)).toEqual([
        [world.admin.memberId, null],
        [world.user.memberId, "192.0.2.7"],
      ]);
      expect(await seenBy(world.admin)).toEqual([
        [world.admin.memberId, "192.0.2.7"],
        [world.user.memberId, "192.0.2.7"],
      ]);
    }));
});

describe("expiringTokens", () => {
  it("counts live tokens that the viewer sees and that end within seven days, and names the first", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await world.addToken(world.user, { name: "later", expiresAt: days(7) });
      await world.addToken(world.user, { name: "much later", expiresAt: days(8) });
      await world.addToken(world.user, { name: "over", expiresAt: NOW });
      await world.addToken(world.user, { name: "deleted", expiresAt: days(1), deletedAt: days(-1) });
      await world.addToken(world.engineer, { name: "first", expiresAt: days(2) });
      expect(await expiringTokens(world.admin, contextOf(db))).toMatchObject({ count: 2, first: { name: "first" } });
      expect(await expiringTokens(world.user, contextOf(db))).toMatchObject({ count: 1, first: { name: "later" } });
      expect(await expiringTokens(world.viewer, contextOf(db))).toEqual({ soon: 0, count: 0, first: null });
    }));
});
