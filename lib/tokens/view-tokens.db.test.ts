import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { organizations } from "@/db/schema";
import { days } from "@/test/clock";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { viewTokens } from "./view-tokens";

describe("viewTokens", () => {
  it("leaves out people and roles of which the viewer sees no token, says so, and shows the rest", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const other = await makeWorld(db);
      await world.addToken(world.user, { name: "mine" });
      await world.addToken(world.engineer, { name: "theirs" });
      const params = { issued_by: [world.engineer.memberId, other.admin.memberId], role: other.roleIds.user };

      const admin = await (await viewTokens(world.admin, params, contextOf(db))).list;
      expect(admin.page.rows.map(({ name }) => name)).toEqual(["theirs"]);
      expect(admin.ignored).toEqual([
        { name: "issued_by", value: other.admin.memberId },
        { name: "role", value: other.roleIds.user },
      ]);

      const user = await (await viewTokens(world.user, params, contextOf(db))).list;
      expect(user.page.rows.map(({ name }) => name)).toEqual(["mine"]);
      expect(user.ignored).toHaveLength(3);
    }));

  it("answers a cursor from elsewhere with the first page, and says so", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await world.addToken(world.user, { name: "first" });
      const { page, ignored } = await (await viewTokens(world.user, { cursor: "made-up" }, contextOf(db))).list;
      expect(page).toMatchObject({ total: 1, first: 1 });
      expect(ignored).toEqual([{ name: "cursor", value: "made-up" }]);
    }));

  it("names the token that expires first among those that the viewer sees", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await world.addToken(world.engineer, { name: "sooner", expiresAt: days(1) });
      await world.addToken(world.user, { name: "later", expiresAt: days(6) });
      await world.addToken(world.user, { name: "far", expiresAt: days(8) });
      const admin = await viewTokens(world.admin, {}, contextOf(db));
      expect(admin).toMatchObject({ sees: "all", expiring: { count: 2, first: { name: "sooner" }, callsLastDay: 0 } });
      const user = await viewTokens(world.user, {}, contextOf(db));
      expect(user).toMatchObject({ sees: "own", expiring: { count: 1, first: { name: "later" } } });
      expect((await viewTokens(world.viewer, {}, contextOf(db))).expiring).toBeNull();
    }));

  it("counts the organization's tokens for who sees them all, or where a limit counts them; for others what they see", () =>
    withRollback(async (db) => {
      for (const [maxPerOrganization, counts] of [
        [null, [3, 2, 1]],
        [50, [3, 3, 3]],
      ] as const) {
        const world = await makeWorld(db, {
          teamsEnabled: true,
          policy: { visibility: "permitted", maxPerOrganization },
        });
        const roleId = await world.addRole("Overseer", ["tokens:read", "tokens:oversee"]);
        const overseer = await world.addMember({ role: { roleId } });
        await world.addGroup("North", [overseer, world.user]);
        for (const issuer of [world.user, overseer, world.engineer]) await world.addToken(issuer);
        const counted: number[] = [];
        for (const who of [world.admin, overseer, world.user]) {
          const { options, list } = await viewTokens(await world.reload(who), {}, contextOf(db));
          counted.push(options.live.organization);
          await list;
        }
        expect(counted).toEqual(counts);
      }
    }));

  it("says why tokens are switched off, and refuses to create", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { tokensEnabled: false });
      await db
        .update(organizations)
        .set({ tokensDisabledReason: "The trial ended." })
        .where(eq(organizations.id, world.organizationId));
      const view = await viewTokens(world.admin, {}, contextOf(db));
      expect(view.switchedOff).toMatchObject({ reason: "The trial ended.", requestedAt: null });
      expect(view.options.refusal).toEqual({ code: "tokens_disabled" });
      await view.list;
    }));

  it("says beforehand who would create tokens, to whom the policy would not let", () =>
    withRollback(async (db) => {
      const issuers = "administrators_with_teams" as const;
      for (const [teamsEnabled, others] of [
        [true, "administrators"],
        [false, null],
      ] as const) {
        const world = await makeWorld(db, { tokensEnabled: false, teamsEnabled, policy: { issuers } });
        expect((await viewTokens(world.user, {}, contextOf(db))).switchedOff).toMatchObject({ othersCreate: others });
        expect((await viewTokens(world.admin, {}, contextOf(db))).switchedOff).toMatchObject({ othersCreate: null });
      }
    }));
});
