import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { accessRequests, auditEvents } from "@/db/schema";
import { viewTokens } from "@/lib/tokens/view-tokens";
import { NOW } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { requestAccess, requestAccessInput } from "./request-access";

const asked = eq(auditEvents.action, "tokens.requested");

describe("requestAccess", () => {
  it("keeps who asked, when and why, with its event, and shows the member that it did", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { tokensEnabled: false });
      const ctx = contextOf(db);
      expect((await viewTokens(world.user, {}, ctx)).switchedOff?.requestedAt).toBeNull();
      expect(await requestAccess(world.user, { reason: "Badges" }, ctx)).toEqual({
        ok: true,
        value: { requestedAt: NOW },
      });
      expect(await db.select().from(accessRequests)).toMatchObject([
        { organizationId: world.organizationId, memberId: world.user.memberId, reason: "Badges", createdAt: NOW },
      ]);
      expect(await db.select().from(auditEvents).where(asked)).toMatchObject([
        { organizationId: world.organizationId, actorMemberId: world.user.memberId, details: { reason: "Badges" } },
      ]);
      expect((await viewTokens(world.user, {}, ctx)).switchedOff).toMatchObject({
        requestedAt: NOW,
        plan: { name: "Enterprise", includesTokens: true },
      });
      // A colleague has not asked.
      expect((await viewTokens(world.admin, {}, ctx)).switchedOff?.requestedAt).toBeNull();
    }));

  it("counts once a member, also when sent several times at once, and once for each member", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db, { tokensEnabled: false });
    const all = await Promise.all(
      Array.from({ length: 6 }, () => requestAccess(world.user, { reason: null }, contextOf(db))),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(all.filter((outcome) => !outcome.ok && outcome.refusal.code === "already_requested")).toHaveLength(5);
    expect(await requestAccess(world.admin, { reason: null }, contextOf(db))).toMatchObject({ ok: true });
    expect(await db.$count(accessRequests)).toBe(2);
    expect(await db.$count(auditEvents, asked)).toBe(2);
  });

  it("asks for nothing where tokens are on, and leaves nothing behind", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      expect(await requestAccess(world.user, { reason: null }, contextOf(db))).toEqual({
        ok: false,
        refusal: { code: "tokens_on_already" },
      });
      expect(await db.$count(accessRequests)).toBe(0);
      expect(await db.$count(auditEvents, asked)).toBe(0);
    }));

  it("takes a reason of at most 500 characters, or none", () => {
    expect(requestAccessInput.parse({ reason: " " })).toEqual({ reason: null });
    expect(requestAccessInput.parse({})).toEqual({ reason: null });
    expect(requestAccessInput.safeParse({ reason: "x".repeat(501) }).success).toBe(false);
  });
});
