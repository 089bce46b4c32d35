import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { auditEvents, groupMembers, groups } from "@/db/schema";
import { createAccount } from "@/lib/members/create-account";
import { updateMember } from "@/lib/members/update-member";
import { freshDatabase, withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { addGroupMember, removeGroupMember, setGroupAdministrator } from "./change-group-members";
import { createGroup } from "./create-group";
import { deleteGroup } from "./delete-group";
import { renameGroup } from "./rename-group";
import { viewGroup, viewGroups } from "./view-groups";

const NOT_FOUND = { ok: false, refusal: { code: "not_found" } };
const NOT_PERMITTED = { ok: false, refusal: { code: "not_permitted" } };

/** North with its administrator, a user, and South, which is none of theirs. */
async function twoGroups(db: Db) {
  const world = await makeWorld(db, { teamsEnabled: true });
  const lead = await world.addMember({ name: "Lead" });
  const outsider = await world.addMember({ name: "Outsider" });
  const north = await world.addGroup("North", [world.user], [lead]);
  const south = await world.addGroup("South", [outsider]);
  return { world, north, south, outsider, lead: await world.reload(lead) };
}

const inside = async (db: Db, groupId: string) => {
  const rows = await db.select().from(groupMembers).where(eq(groupMembers.groupId, groupId));
  return rows.map(({ memberId }) => memberId).sort();
};

const told = async (db: Db, groupId: string) => {
  const on = and(eq(auditEvents.subjectId, groupId), eq(auditEvents.subjectKind, "group"));
  return db
    .select({ action: auditEvents.action, details: auditEvents.details })
    .from(auditEvents)
    .where(on)
    .orderBy(auditEvents.id);
};

describe("groups", () => {
  it("are added, renamed and deleted with groups:write, each with its event", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const made = await createGroup(world.admin, { name: "Platform" }, contextOf(db));
      if (!made.ok) throw new Error(made.refusal.code);
      const { id } = made.value;
      await addGroupMember(world.admin, { id, who: { member_id: world.user.memberId } }, contextOf(db));
      expect(await renameGroup(world.admin, { id, name: "Core" }, contextOf(db))).toMatchObject({ ok: true });
      expect(await deleteGroup(world.admin, { id }, contextOf(db))).toMatchObject({ ok: true });
      expect(await inside(db, id)).toEqual([]);
      expect(await told(db, id)).toEqual([
        { action: "group.created", details: { name: "Platform" } },
        { action: "group.updated", details: { added: { id: world.user.memberId, name: world.user.name } } },
        { action: "group.updated", details: { name: { from: "Platform", to: "Core" } } },
        { action: "group.deleted", details: { name: "Core" } },
      ]);
    }));

  it("are not changed by those who may only read them, nor by the administrators of one", () =>
    withRollback(async (db) => {
      const { world, north, lead } = await twoGroups(db);
      for (const actor of [world.engineer, lead]) {
        expect(await createGroup(actor, { name: "Own" }, contextOf(db))).toEqual(NOT_PERMITTED);
        expect(await renameGroup(actor, { id: north, name: "Own" }, contextOf(db))).toEqual(NOT_PERMITTED);
        expect(await deleteGroup(actor, { id: north }, contextOf(db))).toEqual(NOT_PERMITTED);
      }
      expect(await db.$count(groups)).toBe(2);
      expect(await told(db, north)).toEqual([]);
    }));

  it("have one name each", () =>
    withRollback(async (db) => {
      const { world, north } = await twoGroups(db);
      const taken = { ok: false, refusal: { code: "group_name_taken", field: "name" } };
      expect(await createGroup(world.admin, { name: "South" }, contextOf(db))).toEqual(taken);
      expect(await renameGroup(world.admin, { id: north, name: "South" }, contextOf(db))).toEqual(taken);
    }));

  it("have one name each also where one is made and another renamed to it at once", async () => {
    const { db } = await freshDatabase();
    const { world, north } = await twoGroups(db);
    for (let round = 0; round < 12; round++) {
      const name = `Wanted ${round}`;
      const outcomes = await Promise.all([
        createGroup(world.admin, { name }, contextOf(db)),
        renameGroup(world.admin, { id: north, name }, contextOf(db)),
        createGroup(world.admin, { name }, contextOf(db)),
      ]);
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      for (const outcome of outcomes) if (!outcome.ok) expect(outcome.refusal.code).toBe("group_name_taken");
      expect(await db.$count(groups, eq(groups.name, name))).toBe(1);
    }
  });

  it("stay while they answer for service accounts", () =>
    withRollback(async (db) => {
      const { world, north } = await twoGroups(db);
      await world.addMember({ email: null, owner: { groupId: north } });
      expect(await deleteGroup(world.admin, { id: north }, contextOf(db))).toEqual({
        ok: false,
        refusal: { code: "group_owns_accounts" },
      });
      expect(await inside(db, north)).toHaveLength(2);
    }));

  it("at the moment one gets a service account leave either the account or no group, and break neither", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db);
    for (let round = 0; round < 8; round++) {
      const group = await world.addGroup(`Contested ${round}`, []);
      const owner = { kind: "group", id: group } as const;
      const wish = { name: `Robot ${round}`, role_id: world.roleIds.viewer, group_ids: [group], owner };
      const [made, deleted] = await Promise.all([
        createAccount(world.admin, wish, contextOf(db)),
        deleteGroup(world.admin, { id: group }, contextOf(db)),
      ]);
      expect(made.ok).not.toBe(deleted.ok);
      if (!made.ok) expect(made.refusal.code).toBe("group_not_found");
      if (!deleted.ok) expect(deleted.refusal.code).toBe("group_owns_accounts");
      expect(await inside(db, group)).toHaveLength(made.ok ? 1 : 0);
    }
  });

  it("at the moment somebody is put into one or taken out break nothing by being deleted", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db);
    for (let round = 0; round < 8; round++) {
      const id = await world.addGroup(`Going ${round}`, [world.viewer]);
      const user = { who: { member_id: world.user.memberId } };
      const [added, removed, deleted] = await Promise.all([
        addGroupMember(world.admin, { id, ...user }, contextOf(db)),
        removeGroupMember(world.admin, { id, member_id: world.viewer.memberId }, contextOf(db)),
        deleteGroup(world.admin, { id }, contextOf(db)),
      ]);
      expect(deleted.ok).toBe(true);
      for (const outcome of [added, removed]) if (!outcome.ok) expect(outcome).toEqual(NOT_FOUND);
      expect(await inside(db, id)).toEqual([]);
    }
  });

  it("of another organization are not found", () =>
    withRollback(async (db) => {
      const [mine, theirs] = [await twoGroups(db), await twoGroups(db)];
      const { admin } = mine.world;
      const id = theirs.north;
      expect(await viewGroup(admin, id, contextOf(db))).toEqual(NOT_FOUND);
      expect(await renameGroup(admin, { id, name: "Taken over" }, contextOf(db))).toEqual(NOT_FOUND);
      expect(await deleteGroup(admin, { id }, contextOf(db))).toEqual(NOT_FOUND);
      expect(await addGroupMember(admin, { id, who: { member_id: admin.memberId } }, contextOf(db))).toEqual(NOT_FOUND);
      const stranger = { id: mine.north, who: { member_id: theirs.lead.memberId } };
      expect(await addGroupMember(admin, stranger, contextOf(db))).toEqual({
        ok: false,
        refusal: { code: "member_not_found", field: "who.member_id" },
      });
      const byEmail = { id: mine.north, who: { email: theirs.lead.email } };
      expect(await addGroupMember(admin, byEmail, contextOf(db))).toMatchObject({ ok: false });
      expect(await inside(db, id)).toHaveLength(2);
    }));
});

describe("the administrator of a group", () => {
  it("adds by exact email, and cannot choose whom it does not see", () =>
    withRollback(async (db) => {
      const { world, north, lead, outsider } = await twoGroups(db);
      const byId = { id: north, who: { member_id: outsider.memberId } };
      expect(await addGroupMember(lead, byId, contextOf(db))).toEqual({
        ok: false,
        refusal: { code: "member_not_found", field: "who.member_id" },
      });
      const part = { id: north, who: { email: outsider.email.slice(0, -1) } };
      expect(await addGroupMember(lead, part, contextOf(db))).toMatchObject({ ok: false });
      const exact = { id: north, who: { email: outsider.email.toUpperCase() } };
      expect(await addGroupMember(lead, exact, contextOf(db))).toEqual({
        ok: true,
        value: { id: outsider.memberId, name: "Outsider" },
      });
      expect(await inside(db, north)).toEqual([lead, outsider, world.user].map(({ memberId }) => memberId).sort());
      // Adding once more is no change, and no event.
      await addGroupMember(lead, exact, contextOf(db));
      expect(await told(db, north)).toHaveLength(1);
    }));

  it("removes and appoints in its own group, effective at the next request", () =>
    withRollback(async (db) => {
      const { world, north, lead } = await twoGroups(db);
      const user = { id: north, member_id: world.user.memberId };
      expect(await setGroupAdministrator(lead, { ...user, is_administrator: true }, contextOf(db))).toMatchObject({
        ok: true,
      });
      expect((await world.reload(world.user)).groups).toEqual([{ id: north, name: "North", isAdministrator: true }]);
      expect(await removeGroupMember(lead, user, contextOf(db))).toMatchObject({ ok: true });
      expect((await world.reload(world.user)).groups).toEqual([]);
      expect((await told(db, north)).map(({ details }) => Object.keys(details))).toEqual([
        ["made_administrator"],
        ["removed"],
      ]);
    }));

  it("has no say in any other group, which is not even there", () =>
    withRollback(async (db) => {
      const { south, lead, outsider } = await twoGroups(db);
      const them = { id: south, member_id: outsider.memberId };
      expect(await viewGroup(lead, south, contextOf(db))).toEqual(NOT_FOUND);
      expect(await addGroupMember(lead, { id: south, who: { email: lead.email } }, contextOf(db))).toEqual(NOT_FOUND);
      expect(await removeGroupMember(lead, them, contextOf(db))).toEqual(NOT_FOUND);
      expect(await setGroupAdministrator(lead, { ...them, is_administrator: true }, contextOf(db))).toEqual(NOT_FOUND);
      expect(await inside(db, south)).toEqual([outsider.memberId]);
    }));

  it("loses its say with its standing", () =>
    withRollback(async (db) => {
      const { world, north, lead } = await twoGroups(db);
      const standing = { id: north, member_id: lead.memberId, is_administrator: false };
      await setGroupAdministrator(world.admin, standing, contextOf(db));
      const former = await world.reload(lead);
      expect(await viewGroups(former, contextOf(db))).toEqual(NOT_PERMITTED);
      const again = { id: north, member_id: world.user.memberId };
      expect(await removeGroupMember(former, again, contextOf(db))).toEqual(NOT_FOUND);
    }));
});

describe("who may say who is in a group", () => {
  it("is answered the same on the group's page and in a member's dialog", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const [clerk, writer] = [
        ["members:read", "members:write", "groups:read"],
        ["members:read", "members:write", "groups:read", "groups:write"],
      ] as const;
      const clerkRole = await world.addRole("Clerk", [...clerk]);
      const writerRole = await world.addRole("Writer", [...writer]);
      const low = { roleId: await world.addRole("Low", []) };
      const [inIt, leading, writing] = [
        await world.addMember({ role: { roleId: clerkRole } }),
        await world.addMember({ role: { roleId: clerkRole } }),
        await world.addMember({ role: { roleId: writerRole } }),
      ];
      const north = await world.addGroup("North", [inIt], [leading]);
      for (const [made, may] of [
        [inIt, false],
        [leading, true],
        [writing, true],
        [world.admin, true],
      ] as const) {
        const actor = await world.reload(made);
        const [first, second] = [await world.addMember({ role: low }), await world.addMember({ role: low })];
        const onPage = await addGroupMember(actor, { id: north, who: { member_id: first.memberId } }, contextOf(db));
        const change = { id: second.memberId, change: { group_ids: [north] } };
        const inDialog = await updateMember(actor, change, contextOf(db));
        expect([onPage.ok, inDialog.ok]).toEqual([may, may]);
        const members = await inside(db, north);
        expect([first, second].map(({ memberId }) => members.includes(memberId))).toEqual([may, may]);
      }
    }));

  it("leaves alone who may do more, whom its page neither offers nor lets be changed", () =>
    withRollback(async (db) => {
      const { world, north, lead } = await twoGroups(db);
      const outranked = { ok: false, refusal: { code: "member_outranks_you" } };
      const byEmail = { id: north, who: { email: world.engineer.email } };
      expect(await addGroupMember(lead, byEmail, contextOf(db))).toEqual(outranked);
      await addGroupMember(world.admin, byEmail, contextOf(db));
      const them = { id: north, member_id: world.engineer.memberId };
      expect(await removeGroupMember(lead, them, contextOf(db))).toEqual(outranked);
      expect(await setGroupAdministrator(lead, { ...them, is_administrator: true }, contextOf(db))).toEqual(outranked);
      expect(await told(db, north)).toHaveLength(1);
      const view = await viewGroup(lead, north, contextOf(db));
      if (!view.ok) throw new Error(view.refusal.code);
      const locked = view.value.members.filter(({ mayChange }) => !mayChange);
      expect(locked.map(({ id }) => id)).toEqual([world.engineer.memberId]);

      const roleId = await world.addRole("Directory", ["groups:read", "groups:write", "members:read"]);
      const writer = await world.addMember({ role: { roleId } });
      const peer = await world.addMember({ role: { roleId } });
      await world.addGroup("Together", [writer, peer, world.admin]);
      const own = await world.addGroup("Own", [], [writer]);
      const some = await viewGroup(await world.reload(writer), own, contextOf(db));
      expect(some.ok && some.value.candidates?.map(({ id }) => id)).toEqual([peer.memberId]);
    }));
});

describe("the list of groups", () => {
  const names = async (db: Db, actor: Parameters<typeof viewGroups>[0]) => {
    const view = await viewGroups(actor, contextOf(db));
    return view.ok ? view.value.rows.map(({ name }) => name) : view.refusal.code;
  };

  it("shows all to administrators, their own to those whom groups bound, and those one administers to the rest", () =>
    withRollback(async (db) => {
      const { world, north, lead } = await twoGroups(db);
      expect(await names(db, world.admin)).toEqual(["North", "South"]);
      expect(await names(db, world.engineer)).toEqual([]);
      expect(await names(db, lead)).toEqual(["North"]);
      expect(await names(db, await world.reload(world.user))).toBe("not_permitted");
      await addGroupMember(world.admin, { id: north, who: { member_id: world.engineer.memberId } }, contextOf(db));
      expect(await names(db, await world.reload(world.engineer))).toEqual(["North"]);
    }));

  it("shows who is in a group to its administrators, who may otherwise read no member", () =>
    withRollback(async (db) => {
      const { world, north, lead } = await twoGroups(db);
      const view = await viewGroup(lead, north, contextOf(db));
      if (!view.ok) throw new Error(view.refusal.code);
      expect(view.value.members.map(({ id }) => id)).toEqual([lead.memberId, world.user.memberId]);
      expect(view.value).toMatchObject({ candidates: null, mayWrite: false, group: { mayManage: true } });
    }));

  it("offers administrators whom to add, and a bounded writer only whom it sees", () =>
    withRollback(async (db) => {
      const { world, north, outsider } = await twoGroups(db);
      const all = await viewGroup(world.admin, north, contextOf(db));
      expect(all.ok && all.value.candidates?.map(({ id }) => id)).toContain(outsider.memberId);
      const roleId = await world.addRole("Directory", ["groups:read", "groups:write", "members:read"]);
      const writer = await world.addMember({ role: { roleId } });
      await addGroupMember(world.admin, { id: north, who: { member_id: writer.memberId } }, contextOf(db));
      const some = await viewGroup(await world.reload(writer), north, contextOf(db));
      expect(some.ok && some.value.candidates).toEqual([]);
    }));

  it("gives a bounded writer the group that it makes, as its administrator", () =>
    withRollback(async (db) => {
      const { world } = await twoGroups(db);
      const roleId = await world.addRole("Directory", ["groups:read", "groups:write"]);
      const writer = await world.addMember({ role: { roleId } });
      await createGroup(writer, { name: "Own" }, contextOf(db));
      const after = await world.reload(writer);
      expect(after.groups).toMatchObject([{ name: "Own", isAdministrator: true }]);
      expect(await names(db, after)).toEqual(["Own"]);
    }));
});
