import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { apiTokens, auditEvents } from "@/db/schema";
import { days, NOW } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { actingToken, contextOf, makeWorld } from "@/test/world";
import { deleteOwnToken, deleteToken } from "./delete-token";

describe("deleteToken", () => {
  it("leaves a tombstone that says when and by whom, with its event", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id } = await world.addToken(world.user);
      expect(await deleteToken(world.admin, { id }, contextOf(db))).toMatchObject({
        ok: true,
        value: { id, status: "deleted", deletedAt: NOW, permissions: [], locked: "already_deleted" },
      });
      const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
      expect(row).toMatchObject({ state: "deleted", deletedAt: NOW, deletedBy: world.admin.memberId });
      const events = await db.select().from(auditEvents).where(eq(auditEvents.subjectId, id));
      expect(events).toMatchObject([{ action: "token.deleted", actorMemberId: world.admin.memberId }]);
    }));

  it("does not find a colleague's token, another organization's, or none, and changes nothing", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const other = await makeWorld(db);
      const colleague = await world.addToken(world.engineer);
      const foreign = await other.addToken(other.user);
      for (const id of [colleague.id, foreign.id, "000000000000"]) {
        expect(await deleteToken(world.user, { id }, contextOf(db))).toEqual({
          ok: false,
          refusal: { code: "not_found" },
        });
      }
      expect(await deleteToken(world.admin, { id: foreign.id }, contextOf(db))).toMatchObject({
        refusal: { code: "not_found" },
      });
      expect(await db.$count(apiTokens, eq(apiTokens.state, "deleted"))).toBe(0);
      expect(await db.$count(auditEvents, eq(auditEvents.action, "token.deleted"))).toBe(0);
    }));

  it("does not find a colleague's for an administrator where tokens are personal", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "personal_mirror" });
      const { id } = await world.addToken(world.user, { roleId: null });
      expect(await deleteToken(world.admin, { id }, contextOf(db))).toMatchObject({ refusal: { code: "not_found" } });
    }));

  it("lets administrators alone delete where they alone issue, and changes nothing for anybody else", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "admin_issued", teamsEnabled: true });
      const { id } = await world.addToken(world.engineer, { roleId: null });
      expect(await deleteToken(world.engineer, { id }, contextOf(db))).toMatchObject({
        refusal: { code: "not_yours_to_change" },
      });
      expect(await db.$count(apiTokens, eq(apiTokens.state, "deleted"))).toBe(0);
      expect(await db.$count(auditEvents, eq(auditEvents.subjectId, id))).toBe(0);
      expect(await deleteToken(world.admin, { id }, contextOf(db))).toMatchObject({ ok: true });
    }));

  it("deletes an expired one, and refuses one that was deleted", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const expired = await world.addToken(world.user, { expiresAt: days(-1) });
      const deleted = await world.addToken(world.user, { deletedAt: days(-1) });
      expect(await deleteToken(world.user, { id: expired.id }, contextOf(db))).toMatchObject({ ok: true });
      expect(await deleteToken(world.user, { id: deleted.id }, contextOf(db))).toMatchObject({
        refusal: { code: "already_deleted" },
      });
    }));

  it("succeeds once when several delete at once, with one event", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db);
    const { id } = await world.addToken(world.user);
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () => deleteToken(world.admin, { id }, contextOf(db))),
    );
    const codes = outcomes.map((outcome) => (outcome.ok ? "deleted" : outcome.refusal.code));
    expect(codes.filter((code) => code === "deleted")).toHaveLength(1);
    expect(codes.filter((code) => code === "already_deleted")).toHaveLength(11);
    expect(await db.$count(auditEvents, eq(auditEvents.subjectId, id))).toBe(1);
  });
});

describe("a token that deletes", () => {
  it("ends those that may do no more than itself, and none that may do more", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { administrator, user, viewer } = world.roleIds;
      const acting = await actingToken(db, world.admin, await world.addToken(world.admin, { roleId: user }));
      const as = async (roleId: string) => (await world.addToken(world.admin, { roleId })).id;
      const [stronger, equal, weaker] = [await as(administrator), await as(user), await as(viewer)];
      const remove = (id: string) => deleteToken(acting, { id }, contextOf(db));
      expect(await remove(stronger)).toEqual({ ok: false, refusal: { code: "exceeds_this_token" } });
      expect(await db.$count(apiTokens, eq(apiTokens.state, "deleted"))).toBe(0);
      expect(await db.$count(auditEvents, eq(auditEvents.subjectId, stronger))).toBe(0);
      expect(await remove(equal)).toMatchObject({ ok: true });
      expect(await remove(weaker)).toMatchObject({ ok: true });
    }));

  it("measures another by what it could do, also while its issuer is deactivated", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const lesser = await world.addRole("Clears away", ["tokens:read", "tokens:manage"]);
      const acting = await actingToken(db, world.engineer, await world.addToken(world.engineer, { roleId: lesser }));
      const { id } = await world.addToken(world.engineer);
      await world.deactivate(world.engineer);
      expect(await deleteToken(acting, { id }, contextOf(db))).toMatchObject({
        refusal: { code: "exceeds_this_token" },
      });
    }));

  it("always ends itself, also by its id", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const made = await world.addToken(world.user);
      const acting = await actingToken(db, world.user, made);
      expect(await deleteToken(acting, { id: made.id }, contextOf(db))).toMatchObject({ ok: true });
    }));
});

describe("deleteOwnToken", () => {
  it("lets a token end itself, though it may do nothing else, and only itself", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "admin_issued", teamsEnabled: true });
      const kept = await world.addToken(world.viewer, { roleId: null });
      const made = await world.addToken(world.viewer, { roleId: null });
      const actor = await actingToken(db, world.viewer, made);
      expect(await deleteOwnToken(actor, contextOf(db))).toMatchObject({ ok: true, value: { id: made.id } });
      expect(await deleteOwnToken(actor, contextOf(db))).toMatchObject({ refusal: { code: "already_deleted" } });
      const [row] = await db.select({ state: apiTokens.state }).from(apiTokens).where(eq(apiTokens.id, kept.id));
      expect(row?.state).toBe("active");
      const [event] = await db.select().from(auditEvents).where(eq(auditEvents.subjectId, made.id));
      expect(event).toMatchObject({ actorKind: "token", actorTokenId: made.id, actorMemberId: world.viewer.memberId });
    }));
});
