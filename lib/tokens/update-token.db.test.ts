import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { apiTokens, auditEvents } from "@/db/schema";
import { days } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { actingToken, contextOf, makeWorld } from "@/test/world";
import { updateToken } from "./update-token";

describe("updateToken", () => {
  it("changes what was asked and nothing else, and tells what changed from what to what", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id } = await world.addToken(world.user, { name: "Old", description: "stays", expiresAt: days(9) });
      const [before] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
      expect(await updateToken(world.user, { id, change: { name: "New" } }, contextOf(db))).toMatchObject({
        ok: true,
        value: { name: "New", description: "stays" },
      });
      const [after] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
      expect(after).toEqual({ ...before, name: "New" });
      const events = await db.select().from(auditEvents).where(eq(auditEvents.subjectId, id));
      expect(events).toMatchObject([{ action: "token.updated", details: { name: { from: "Old", to: "New" } } }]);
    }));

  it("writes nothing and tells nothing where nothing differs", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id } = await world.addToken(world.user, { name: "Same" });
      expect(await updateToken(world.user, { id, change: { name: "Same" } }, contextOf(db))).toMatchObject({
        ok: true,
      });
      expect(await db.$count(auditEvents, eq(auditEvents.subjectId, id))).toBe(0);
    }));

  it("does not find a colleague's or another organization's, and leaves them as they were", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const other = await makeWorld(db);
      const colleague = await world.addToken(world.engineer, { name: "Theirs" });
      const foreign = await other.addToken(other.user, { name: "Foreign" });
      for (const { id } of [colleague, foreign]) {
        expect(await updateToken(world.user, { id, change: { name: "Taken over" } }, contextOf(db))).toMatchObject({
          refusal: { code: "not_found" },
        });
      }
      expect(await db.$count(apiTokens, eq(apiTokens.name, "Taken over"))).toBe(0);
    }));

  it("refuses a name that another live token of the same issuer has, a deleted token, and a description where there is none", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await world.addToken(world.user, { name: "Taken" });
      const { id } = await world.addToken(world.user, { name: "Mine" });
      const deleted = await world.addToken(world.user, { name: "Gone", deletedAt: days(-1) });
      const update = (tokenId: string, name: string) =>
        updateToken(world.admin, { id: tokenId, change: { name } }, contextOf(db));
      expect(await update(id, "taken")).toMatchObject({ refusal: { code: "name_taken", field: "name" } });
      expect(await update(id, "MINE")).toMatchObject({ ok: true });
      expect(await update(deleted.id, "Back")).toMatchObject({ refusal: { code: "already_deleted" } });
      const personal = await makeWorld(db, { preset: "personal_mirror" });
      const token = await personal.addToken(personal.user, { roleId: null });
      expect(
        await updateToken(personal.user, { id: token.id, change: { description: "x" } }, contextOf(db)),
      ).toMatchObject({ refusal: { code: "description_not_allowed" } });
    }));

  it("lets administrators alone change where they alone issue", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "admin_issued", teamsEnabled: true });
      const { id } = await world.addToken(world.engineer, { name: "Kept", roleId: null });
      expect(await updateToken(world.engineer, { id, change: { name: "New" } }, contextOf(db))).toMatchObject({
        refusal: { code: "not_yours_to_change" },
      });
      expect(await db.$count(apiTokens, eq(apiTokens.name, "Kept"))).toBe(1);
      expect(await db.$count(auditEvents, eq(auditEvents.subjectId, id))).toBe(0);
    }));

  it("gives one name to one of two tokens that ask for it at once", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db);
    const made = await Promise.all(["One", "Two"].map((name) => world.addToken(world.user, { name })));
    const outcomes = await Promise.all(
      made.map(({ id }) => updateToken(world.user, { id, change: { name: "Same" } }, contextOf(db))),
    );
    expect(outcomes.map((outcome) => (outcome.ok ? "changed" : outcome.refusal.code)).sort()).toEqual([
      "changed",
      "name_taken",
    ]);
    expect(await db.$count(apiTokens, eq(apiTokens.name, "Same"))).toBe(1);
  });

  it("lets a token rename what may do no more than itself, and nothing else", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const acting = await actingToken(
        db,
        world.admin,
        await world.addToken(world.admin, { roleId: world.roleIds.user }),
      );
      const stronger = await world.addToken(world.admin, { name: "Stronger" });
      const weaker = await world.addToken(world.admin, { name: "Weaker", roleId: world.roleIds.viewer });
      const rename = (id: string) => updateToken(acting, { id, change: { name: `Renamed ${id}` } }, contextOf(db));
      expect(await rename(stronger.id)).toEqual({ ok: false, refusal: { code: "exceeds_this_token" } });
      expect(await db.$count(apiTokens, eq(apiTokens.name, "Stronger"))).toBe(1);
      expect(await rename(weaker.id)).toMatchObject({ ok: true });
    }));

  it("lets a client be called as its description begins, with no two that need differ", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "client_credentials" });
      const ctx = contextOf(db);
      await world.addToken(world.admin, { name: "Loads the marts" });
      const { id } = await world.addToken(world.admin, { name: "Old", description: "Old" });
      const change = { description: "Loads\nthe marts" };
      expect(await updateToken(world.admin, { id, change }, ctx)).toMatchObject({
        ok: true,
        value: { name: "Loads the marts", description: "Loads\nthe marts" },
      });
      expect(await updateToken(world.admin, { id, change: { description: null } }, ctx)).toMatchObject({
        refusal: { code: "description_required" },
      });
    }));

  it("changes nothing while tokens are switched off", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { tokensEnabled: false });
      const { id } = await world.addToken(world.user, { name: "Kept" });
      expect(await updateToken(world.user, { id, change: { name: "New" } }, contextOf(db))).toMatchObject({
        refusal: { code: "tokens_disabled" },
      });
      expect(await db.$count(apiTokens, eq(apiTokens.name, "Kept"))).toBe(1);
    }));
});
