import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { auditEvents, roles } from "@/db/schema";
import { createRole } from "@/lib/roles/create-role";
import { updateRole } from "@/lib/roles/update-role";
import { freshDatabase, withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { createPermission } from "./create-permission";
import { deletePermission } from "./delete-permission";
import { listPermissions } from "./list-permissions";
import { createPermissionInput } from "./permission-input";
import { updatePermission } from "./update-permission";

const purge = { name: "cdn:purge", description: "Purge files from the CDN" };

const holders = async (db: Db, organizationId: string, permission: string) => {
  const rows = await db.select().from(roles).where(eq(roles.organizationId, organizationId));
  return rows.filter(({ permissions }) => permissions.includes(permission)).map(({ name }) => name);
};

describe("the name of an organization's own permission", () => {
  it.each(["events:read", "cdn:purge", "eu-west_1:list-all"])("may be %s", (name) => {
    expect(createPermissionInput.safeParse({ ...purge, name }).success).toBe(true);
  });

  it.each([
    ...["tokens:read", "tokens:forge", "members:ban", "groups:x", "roles:x", "audit:x", "organization:x"],
    ...["", "events", "Events:read", "events:", ":read", "a:b:c", "events read", `${"e".repeat(41)}:read`],
  ])("is never %j", (name) => {
    expect(createPermissionInput.safeParse({ ...purge, name }).success).toBe(false);
  });
});

describe("the catalogue of an organization's own", () => {
  it("takes up a permission, which every role that administers holds at once and no other", () =>
    withRollback(async (db) => {
      const [world, other] = [await makeWorld(db), await makeWorld(db)];
      await world.addRole("Owner", ["organization:manage"]);
      expect(await createPermission(world.admin, purge, contextOf(db))).toMatchObject({ ok: true });
      expect(await listPermissions(world.viewer, contextOf(db))).toMatchObject([purge]);
      expect(await listPermissions(other.admin, contextOf(db))).toEqual([]);
      expect((await holders(db, world.organizationId, purge.name)).sort()).toEqual(["Administrator", "Owner"]);
      expect(await holders(db, other.organizationId, purge.name)).toEqual([]);
      expect(await createPermission(world.admin, purge, contextOf(db))).toEqual({
        ok: false,
        refusal: { code: "permission_name_taken", field: "name" },
      });
      const granted = { name: "Purger", permissions: [purge.name] };
      expect(await createRole(await world.reload(world.admin), granted, contextOf(db))).toMatchObject({ ok: true });
    }));

  it("is the administrators' to change, and nothing is written for others", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await createPermission(world.admin, purge, contextOf(db));
      const roleId = await world.addRole("Role keeper", ["roles:read", "roles:write"]);
      const keeper = await world.addMember({ role: { roleId } });
      const refusal = { ok: false, refusal: { code: "not_permitted" } };
      const events = await db.$count(auditEvents);
      expect(await createPermission(keeper, { ...purge, name: "cdn:warm" }, contextOf(db))).toEqual(refusal);
      expect(await updatePermission(keeper, { ...purge, description: "Other" }, contextOf(db))).toEqual(refusal);
      expect(await deletePermission(keeper, purge, contextOf(db))).toEqual(refusal);
      expect(await listPermissions(keeper, contextOf(db))).toMatchObject([purge]);
      expect(await db.$count(auditEvents)).toBe(events);
    }));

  it("changes what is said of a permission, with an event, and has none of another organization's", () =>
    withRollback(async (db) => {
      const [world, other] = [await makeWorld(db), await makeWorld(db)];
      await createPermission(world.admin, purge, contextOf(db));
      const said = { name: purge.name, description: "Drop cached files" };
      expect(await updatePermission(other.admin, said, contextOf(db))).toEqual({
        ok: false,
        refusal: { code: "not_found" },
      });
      expect(await updatePermission(world.admin, said, contextOf(db))).toMatchObject({ ok: true });
      expect(await listPermissions(world.admin, contextOf(db))).toMatchObject([said]);
      const told = and(eq(auditEvents.subjectId, purge.name), eq(auditEvents.action, "permission.updated"));
      expect(await db.select({ details: auditEvents.details }).from(auditEvents).where(told)).toEqual([
        { details: { description: { from: purge.description, to: said.description } } },
      ]);
    }));

  it("keeps a permission that a role holds, and takes it from administering roles when it goes", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await createPermission(world.admin, purge, contextOf(db));
      const id = await world.addRole("Purger", [purge.name]);
      const admin = await world.reload(world.admin);
      expect(await deletePermission(admin, purge, contextOf(db))).toEqual({
        ok: false,
        refusal: { code: "permission_in_use" },
      });
      expect(await holders(db, world.organizationId, purge.name)).toHaveLength(2);
      await updateRole(admin, { id, change: { grant: [], take: [purge.name] } }, contextOf(db));
      expect(await deletePermission(admin, purge, contextOf(db))).toMatchObject({ ok: true });
      expect(await holders(db, world.organizationId, purge.name)).toEqual([]);
      expect(await listPermissions(admin, contextOf(db))).toEqual([]);
    }));

  it("keeps a permission that an administrator lacks, who would hold it by making it anew", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await createPermission(world.admin, purge, contextOf(db));
      const manager = await world.addMember({
        role: { roleId: await world.addRole("Manager", ["organization:manage"]) },
      });
      const events = await db.$count(auditEvents);
      const refusal = { ok: false, refusal: { code: "not_permitted" } };
      expect(await deletePermission(manager, purge, contextOf(db))).toEqual(refusal);
      expect(await holders(db, world.organizationId, purge.name)).toEqual(["Administrator"]);
      expect(await db.$count(auditEvents)).toBe(events);
    }));

  it("loses no permission that a role takes up at the same moment", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db);
    for (let round = 0; round < 6; round++) {
      await createPermission(world.admin, purge, contextOf(db));
      const admin = await world.reload(world.admin);
      const [made, deleted] = await Promise.all([
        createRole(admin, { name: `Purger ${round}`, permissions: [purge.name] }, contextOf(db)),
        deletePermission(admin, purge, contextOf(db)),
      ]);
      expect(made.ok).not.toBe(deleted.ok);
      if (made.ok) {
        await updateRole(admin, { id: made.value.id, change: { grant: [], take: [purge.name] } }, contextOf(db));
        await deletePermission(admin, purge, contextOf(db));
      }
    }
  });
});
