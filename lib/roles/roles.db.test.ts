import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, auditEvents, invitations, roles } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { createToken } from "@/lib/tokens/create-token";
import { createTokenInput } from "@/lib/tokens/token-input";
import { days } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { contextOf, makeWorld, type World } from "@/test/world";
import { createRole } from "./create-role";
import { deleteRole } from "./delete-role";
import { previewRoleLoss } from "./preview-role-loss";
import { createRoleInput, updateRoleInput } from "./role-input";
import { updateRole } from "./update-role";
import { viewRoles } from "./view-roles";

const newRole = (name: string, permissions: string[] = []) => createRoleInput.parse({ name, permissions });
const change = (id: string, change: { name?: string; grant?: string[]; take?: string[] }) =>
  updateRoleInput.parse({ id, change: { grant: [], take: [], ...change } });

const permissionsOf = async (db: Db, id: string) => {
  const [role] = await db.select({ permissions: roles.permissions }).from(roles).where(eq(roles.id, id));
  return role?.permissions ?? null;
};

const eventsOn = async (db: Db, subject: string) => {
  const rows = await db
    .select({ action: auditEvents.action, details: auditEvents.details })
    .from(auditEvents)
    .where(eq(auditEvents.subjectId, subject))
    .orderBy(auditEvents.id);
  return rows;
};

/** Somebody who may write roles and administers nothing. */
async function writer(world: World): Promise<MemberActor> {
  const roleId = await world.addRole("Role keeper", ["roles:read", "roles:write", "members:read", "tokens:read"]);
  return world.addMember({ role: { roleId } });
}

describe("a role of one's own", () => {
  it("is made of what its maker holds, with an event, and of nothing beyond", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const keeper = await writer(world);
      const made = await createRole(keeper, newRole("Reader", ["members:read", "tokens:read"]), contextOf(db));
      if (!made.ok) throw new Error(made.refusal.code);
      expect(await permissionsOf(db, made.value.id)).toEqual(["members:read", "tokens:read"]);
      expect(await eventsOn(db, made.value.id)).toMatchObject([
        { action: "role.created", details: { name: "Reader" } },
      ]);

      const before = await db.$count(roles);
      for (const [wish, code] of [
        [["members:write"], "role_exceeds_yours"],
        [["tokens:read", "organization:manage"], "role_exceeds_yours"],
        [["cdn:purge"], "permission_not_found"],
        [["members:Read"], "permission_not_found"],
      ] as const) {
        expect(await createRole(keeper, newRole("Beyond", [...wish]), contextOf(db))).toEqual({
          ok: false,
          refusal: { code, field: "permissions" },
        });
      }
      expect(await db.$count(roles)).toBe(before);
    }));

  it("cannot be made, changed, previewed or deleted without roles:write", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const id = await world.addRole("Own", ["tokens:read"]);
      const refusal = { ok: false, refusal: { code: "not_permitted" } };
      expect(await createRole(world.engineer, newRole("New"), contextOf(db))).toEqual(refusal);
      expect(await updateRole(world.engineer, change(id, { name: "Other" }), contextOf(db))).toEqual(refusal);
      expect(await previewRoleLoss(world.engineer, { id, take: ["tokens:read"] }, contextOf(db))).toEqual(refusal);
      expect(await deleteRole(world.engineer, { id }, contextOf(db))).toEqual(refusal);
      expect(await permissionsOf(db, id)).toEqual(["tokens:read"]);
    }));

  it("has a name that no other role of the organization has, whatever others call theirs", () =>
    withRollback(async (db) => {
      const [world, other] = [await makeWorld(db), await makeWorld(db)];
      await other.addRole("Elsewhere", []);
      const taken = { ok: false, refusal: { code: "role_name_taken", field: "name" } };
      expect(await createRole(world.admin, newRole("Engineer"), contextOf(db))).toEqual(taken);
      const made = await createRole(world.admin, newRole("Elsewhere"), contextOf(db));
      if (!made.ok) throw new Error(made.refusal.code);
      expect(await updateRole(world.admin, change(made.value.id, { name: "User" }), contextOf(db))).toEqual(taken);
    }));

  it("is not found from another organization", () =>
    withRollback(async (db) => {
      const [world, other] = [await makeWorld(db), await makeWorld(db)];
      const id = await other.addRole("Elsewhere", ["tokens:read"]);
      const none = { ok: false, refusal: { code: "not_found" } };
      expect(await updateRole(world.admin, change(id, { take: ["tokens:read"] }), contextOf(db))).toEqual(none);
      expect(await previewRoleLoss(world.admin, { id, take: ["tokens:read"] }, contextOf(db))).toEqual(none);
      expect(await deleteRole(world.admin, { id }, contextOf(db))).toEqual(none);
      expect(await permissionsOf(db, id)).toEqual(["tokens:read"]);
    }));

  it("is changed by what is given and taken, so that two changes at once both happen; the event says which", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const id = await world.addRole("Own", ["tokens:read", "roles:read"]);
      await updateRole(world.admin, change(id, { grant: ["members:read"] }), contextOf(db));
      await updateRole(world.admin, change(id, { take: ["roles:read"], name: "Ours" }), contextOf(db));
      expect(await permissionsOf(db, id)).toEqual(["members:read", "tokens:read"]);
      expect((await eventsOn(db, id)).map(({ details }) => details)).toEqual([
        { granted: ["members:read"] },
        { name: { from: "Own", to: "Ours" }, taken: ["roles:read"] },
      ]);
      await updateRole(world.admin, change(id, { grant: ["members:read"], name: "Ours" }), contextOf(db));
      expect(await eventsOn(db, id)).toHaveLength(2);
    }));

  it("that allows more than its changer does is out of reach, also for lowering", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const keeper = await writer(world);
      const above = await world.addRole("Above", ["audit:read", "tokens:read"]);
      const refusal = { ok: false, refusal: { code: "role_exceeds_yours" } };
      expect(await updateRole(keeper, change(above, { take: ["audit:read"] }), contextOf(db))).toEqual(refusal);
      expect(await deleteRole(keeper, { id: above }, contextOf(db))).toEqual(refusal);
      expect(await permissionsOf(db, above)).toEqual(["audit:read", "tokens:read"]);
      // Nor can one raise one's own.
      const own = await updateRole(keeper, change(keeper.roleId, { grant: ["organization:manage"] }), contextOf(db));
      expect(own).toEqual({ ok: false, refusal: { code: "role_exceeds_yours", field: "permissions" } });
    }));
});

describe("built-in roles", () => {
  it("stay as they are, for administrators too", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const before = await permissionsOf(db, world.roleIds.user);
      const refusal = { ok: false, refusal: { code: "role_built_in" } };
      const lower = change(world.roleIds.user, { take: ["tokens:create"] });
      expect(await updateRole(world.admin, lower, contextOf(db))).toEqual(refusal);
      expect(await deleteRole(world.admin, { id: world.roleIds.viewer }, contextOf(db))).toEqual(refusal);
      expect(await permissionsOf(db, world.roleIds.user)).toEqual(before);
    }));
});

describe("the last administrator", () => {
  it("does not lose the organization by a change of its role", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const roleId = await world.addRole("Owner", [...world.admin.permissions]);
      await world.setRole(world.admin, roleId);
      const owner = await world.reload(world.admin);
      const lower = change(roleId, { take: ["organization:manage"] });
      expect(await updateRole(owner, lower, contextOf(db))).toEqual({
        ok: false,
        refusal: { code: "last_administrator", field: "permissions" },
      });
      expect(await permissionsOf(db, roleId)).toContain("organization:manage");
      await world.addMember({ role: "administrator" });
      expect(await updateRole(owner, lower, contextOf(db))).toMatchObject({ ok: true });
    }));

  it("is left where two administering roles are lowered at once", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db);
    const ids = [
      await world.addRole("East", [...world.admin.permissions]),
      await world.addRole("West", [...world.admin.permissions]),
    ] as const;
    const east = await world.addMember({ role: { roleId: ids[0] } });
    const west = await world.addMember({ role: { roleId: ids[1] } });
    await world.setRole(world.admin, world.roleIds.viewer);
    const outcomes = await Promise.all([
      updateRole(east, change(ids[1], { take: ["organization:manage"] }), contextOf(db)),
      updateRole(west, change(ids[0], { take: ["organization:manage"] }), contextOf(db)),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const held = await Promise.all(ids.map((id) => permissionsOf(db, id)));
    expect(held.filter((permissions) => permissions?.includes("organization:manage"))).toHaveLength(1);
  });
});

describe("deleting a role", () => {
  const inUse = { ok: false, refusal: { code: "role_in_use" } };

  it("is refused while a member, a token or an open invitation has it", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const [ofMember, ofToken, invited] = [
        await world.addRole("Of a member", []),
        await world.addRole("Of a token", ["tokens:read"]),
        await world.addRole("Invited", []),
      ];
      await world.addMember({ role: { roleId: ofMember }, status: "deactivated" });
      await world.addToken(world.user, { roleId: ofToken, expiresAt: days(-1) });
      await world.addInvitation(invited);
      for (const id of [ofMember, ofToken, invited]) {
        expect(await deleteRole(world.admin, { id }, contextOf(db))).toEqual(inUse);
        expect(await permissionsOf(db, id)).not.toBeNull();
        expect(await eventsOn(db, id)).toEqual([]);
      }
    }));

  it("is not held up by what is over: deleted tokens and closed invitations", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const id = await world.addRole("Old", ["tokens:read"]);
      const token = await world.addToken(world.user, { roleId: id, deletedAt: days(-2) });
      await world.addInvitation(id, { withdrawnAt: days(-1) });
      expect(await deleteRole(world.admin, { id }, contextOf(db))).toMatchObject({ ok: true });
      expect(await permissionsOf(db, id)).toBeNull();
      expect(await eventsOn(db, id)).toMatchObject([{ action: "role.deleted", details: { name: "Old" } }]);
      const [row] = await db.select({ state: apiTokens.state }).from(apiTokens).where(eq(apiTokens.id, token.id));
      expect(row).toEqual({ state: "deleted" });
      expect(await db.$count(invitations)).toBe(0);
    }));

  it("at the moment a token gets it leaves either the role or no token, and breaks neither", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db);
    for (let round = 0; round < 8; round++) {
      const id = await world.addRole(`Contested ${round}`, ["tokens:read"]);
      const input = createTokenInput.parse({ name: `Token ${round}`, role_id: id });
      const [created, deleted] = await Promise.all([
        createToken(world.user, input, contextOf(db)),
        deleteRole(world.admin, { id }, contextOf(db)),
      ]);
      expect(created.ok).not.toBe(deleted.ok);
      if (!created.ok) expect(created.refusal.code).toBe("role_not_found");
      if (!deleted.ok) expect(deleted.refusal.code).toBe("role_in_use");
      const with_role = and(eq(apiTokens.organizationId, world.organizationId), eq(apiTokens.roleId, id));
      expect(await db.$count(apiTokens, with_role)).toBe(created.ok ? 1 : 0);
    }
  });
});

describe("what a change would take", () => {
  it("is counted by members and live tokens, those that mirror their issuer included, and changes nothing", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const id = await world.addRole("Own", ["tokens:read", "members:read", "roles:read"]);
      const holder = await world.addMember({ role: { roleId: id } });
      await world.addMember({ role: { roleId: id }, status: "deactivated" });
      await world.addToken(holder, { roleId: null });
      await world.addToken(holder, { roleId: world.roleIds.viewer });
      await world.addToken(world.engineer, { roleId: id });
      // Its issuer may not do it either way, and what is over loses nothing.
      await world.addToken(world.viewer, { roleId: id });
      await world.addToken(holder, { roleId: null, deletedAt: days(-1) });
      await world.addToken(holder, { roleId: null, expiresAt: days(-1) });
      const take = ["members:read", "tokens:read", "audit:read"];
      expect(await previewRoleLoss(world.admin, { id, take }, contextOf(db))).toEqual({
        ok: true,
        value: [
          { permission: "members:read", members: 1, tokens: 2 },
          { permission: "tokens:read", members: 1, tokens: 4 },
        ],
      });
      expect(await permissionsOf(db, id)).toHaveLength(3);
    }));

  it("counts no token that its reader may not see, and no member without members:read", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { policy: { visibility: "own" } });
      const id = await world.addRole("Own", ["tokens:read"]);
      const holder = await world.addMember({ role: { roleId: id } });
      await world.addToken(holder, { roleId: null });
      const roleId = await world.addRole("Blind keeper", ["roles:read", "roles:write", "tokens:read"]);
      const keeper = await world.addMember({ role: { roleId } });
      await world.addToken(keeper, { roleId: id });
      expect(await previewRoleLoss(keeper, { id, take: ["tokens:read"] }, contextOf(db))).toEqual({
        ok: true,
        value: [{ permission: "tokens:read", members: null, tokens: 1 }],
      });
    }));
});

describe("the roles side by side", () => {
  it("come with who has them, what they contain and whether they are within one's own", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const own = await world.addRole("Auditor", ["audit:read", "roles:read"]);
      await world.addToken(world.user, { roleId: world.roleIds.viewer });
      const seen = await viewRoles(world.engineer, contextOf(db));
      if (!seen.ok) throw new Error(seen.refusal.code);
      expect(seen.value.roles.map(({ name }) => name)).toEqual([
        "Administrator",
        "Engineer",
        "User",
        "Viewer",
        "Auditor",
      ]);
      const [administrator, engineer, , viewer, auditor] = seen.value.roles;
      expect(administrator).toMatchObject({ withinYours: false, contains: ["Engineer", "User", "Viewer", "Auditor"] });
      expect(engineer).toMatchObject({ isYours: true, withinYours: true, contains: ["User", "Viewer"], members: 1 });
      // Another's token is not the engineer's to see, so it is not counted.
      expect(viewer).toMatchObject({ withinYours: true, contains: [], tokens: 0 });
      expect(auditor).toMatchObject({ id: own, withinYours: false, members: 0, locked: "not_permitted" });
      expect(seen.value.partial).toEqual({ members: false, tokens: true });

      const all = await viewRoles(world.admin, contextOf(db));
      if (!all.ok) throw new Error(all.refusal.code);
      expect(all.value.partial).toEqual({ members: false, tokens: false });
      expect(all.value.roles.map(({ tokens, locked }) => [tokens, locked])).toEqual([
        [0, "role_built_in"],
        [0, "role_built_in"],
        [0, "role_built_in"],
        [1, "role_built_in"],
        [0, null],
      ]);
    }));

  it("are not shown without roles:read, and say nothing of members to who may not read them", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const roleId = await world.addRole("Nothing", []);
      const nobody = await world.addMember({ role: { roleId } });
      expect(await viewRoles(nobody, contextOf(db))).toEqual({ ok: false, refusal: { code: "not_permitted" } });
      const seen = await viewRoles(world.viewer, contextOf(db));
      expect(seen.ok && seen.value.roles.every(({ members }) => members === null)).toBe(true);
    }));

  it("count for a reader whom groups bound the invitations that it sees", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { teamsEnabled: true });
      await world.addInvitation(world.roleIds.user);
      const countFor = async (who: MemberActor) => {
        const seen = await viewRoles(who, contextOf(db));
        expect(seen).toMatchObject({ value: { partial: { members: who.bounded, tokens: who.bounded } } });
        return seen.ok && seen.value.roles.find(({ id }) => id === world.roleIds.user)?.invitations;
      };
      expect([await countFor(world.admin), await countFor(world.engineer)]).toEqual([1, 0]);
    }));
});
