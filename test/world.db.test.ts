import { describe, expect, it } from "vitest";
import { apiTokens, auditEvents } from "@/db/schema";
import { createToken } from "@/lib/tokens/create-token";
import { parseToken } from "@/lib/tokens/token-secret";
import { withRollback } from "./database";
import { actingToken, contextOf, makeWorld } from "./world";

describe("makeWorld", () => {
  it("makes organizations that share nothing", () =>
    withRollback(async (db) => {
      const [one, other] = [await makeWorld(db), await makeWorld(db, { preset: "personal_mirror" })];
      const ids = [one, other].flatMap((world) => [world.organizationId, world.admin.memberId, world.user.userId]);
      expect(new Set(ids).size).toBe(6);
    }));

  it("makes members whose tokens the verbs accept", () =>
    withRollback(async (db) => {
      const { user, roleIds } = await makeWorld(db);
      const input = { name: "From the verb", description: null, role_id: roleIds.user, expires_at: null };
      const outcome = await createToken(user, input, contextOf(db));
      expect(outcome.ok).toBe(true);
      expect(await db.$count(apiTokens)).toBe(1);
      expect((await db.select().from(auditEvents)).map(({ action }) => action)).toContain("token.created");
    }));

  it("makes tokens that are whole credentials, and actors that carry them", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const token = await world.addToken(world.engineer, { roleId: world.roleIds.viewer });
      expect(parseToken(token.secret)?.id).toBe(token.id);
      const actor = await actingToken(db, world.engineer, token);
      expect([...actor.permissions].sort()).toEqual(["organization:read", "roles:read", "tokens:read"]);
    }));

  it("loads a member again with the groups and role of now", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await world.addGroup("North", [world.user]);
      await world.setRole(world.user, world.roleIds.viewer);
      const now = await world.reload(world.user);
      expect(now.groups.map(({ name }) => name)).toEqual(["North"]);
      expect(now.permissions.has("tokens:create")).toBe(false);
      expect(world.user.permissions.has("tokens:create")).toBe(true);
    }));
});
