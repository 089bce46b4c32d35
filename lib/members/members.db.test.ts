import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { auditEvents, groupMembers, members, users } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import type { RefusalCode } from "@/lib/refusal";
import { freshDatabase, withRollback } from "@/test/database";
import { contextOf, makeWorld, type World } from "@/test/world";
import { createAccount } from "./create-account";
import { deactivateMember, reactivateMember } from "./switch-member";
import { updateMember } from "./update-member";
import { viewMembers } from "./view-members";

const no = (code: RefusalCode, field?: string) => ({ ok: false, refusal: field ? { code, field } : { code } });

const rowOf = async (db: Db, { organizationId, memberId }: MemberActor) => {
  const [row] = await db
    .select()
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.id, memberId)));
  return row;
};

const eventsOn = (db: Db, subjectId: string) =>
  db.select({ action: auditEvents.action }).from(auditEvents).where(eq(auditEvents.subjectId, subjectId));

const change = (actor: MemberActor, who: MemberActor, change: Parameters<typeof updateMember>[1]["change"], db: Db) =>
  updateMember(actor, { id: who.memberId, change }, contextOf(db));

/** May change members, and little else. */
const clerkOf = async (world: World) =>
  world.addMember({
    role: { roleId: await world.addRole("Clerk", ["members:read", "members:write", "tokens:read"]) },
  });

describe("changing a member", () => {
  it("gives role, portal and groups, with one event; the same again writes none", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const group = await world.addGroup("A", []);
      const wish = { role_id: world.roleIds.engineer, portal: "hub" as const, group_ids: [group] };
      expect(await change(world.admin, world.user, wish, db)).toMatchObject({ ok: true });
      const now = await world.reload(world.user);
      expect(now).toMatchObject({ roleId: world.roleIds.engineer, portal: "hub", groups: [{ id: group }] });
      expect(await change(world.admin, world.user, wish, db)).toMatchObject({ ok: true });
      expect(await eventsOn(db, world.user.memberId)).toEqual([{ action: "member.updated" }]);
    });
  });

  it("needs the permission, and changes nothing without", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const wish = { role_id: world.roleIds.viewer };
      expect(await change(world.engineer, world.user, wish, db)).toEqual(no("not_permitted"));
      expect((await rowOf(db, world.user))?.roleId).toBe(world.roleIds.user);
    });
  });

  it("never gives a role that allows more than the giver's own", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const clerk = await clerkOf(world);
      const peer = await world.addMember({ role: { roleId: clerk.roleId } });
      expect(await change(clerk, peer, { role_id: world.roleIds.administrator }, db)).toEqual(
        no("role_exceeds_yours", "role_id"),
      );
      expect(await change(clerk, clerk, { role_id: world.roleIds.administrator }, db)).toEqual(
        no("role_exceeds_yours", "role_id"),
      );
      expect(await eventsOn(db, peer.memberId)).toEqual([]);
    });
  });

  it("leaves those alone who may do more", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const clerk = await clerkOf(world);
      const low = await world.addRole("Low", []);
      expect(await change(clerk, world.admin, { role_id: low }, db)).toEqual(no("member_outranks_you"));
      expect(await deactivateMember(clerk, { id: world.admin.memberId }, contextOf(db))).toEqual(
        no("member_outranks_you"),
      );
      expect((await rowOf(db, world.admin))?.status).toBe("active");
    });
  });

  it("finds no member, role or group of another organization", async () => {
    await withRollback(async (db) => {
      const [mine, theirs] = [await makeWorld(db), await makeWorld(db)];
      const foreign = await theirs.addGroup("B", []);
      expect(await change(mine.admin, theirs.user, { portal: "hub" }, db)).toEqual(no("not_found"));
      expect(await change(mine.admin, mine.user, { role_id: theirs.roleIds.viewer }, db)).toEqual(
        no("role_not_found", "role_id"),
      );
      expect(await change(mine.admin, mine.user, { group_ids: [foreign] }, db)).toEqual(
        no("group_not_found", "group_ids"),
      );
    });
  });

  it("touches only the groups that a bounded member manages, and sees nobody outside of them", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db, { teamsEnabled: true });
      const made = await clerkOf(world);
      const low = { roleId: await world.addRole("Low", []) };
      const [peer, stranger] = [await world.addMember({ role: low }), await world.addMember({ role: low })];
      const own = await world.addGroup("Own", [peer], [made]);
      // To be in a group is no say in it.
      const other = await world.addGroup("Other", [peer, made]);
      const clerk = await world.reload(made);
      expect(await change(clerk, stranger, { portal: "hub" }, db)).toEqual(no("not_found"));
      expect(await change(clerk, peer, { group_ids: [other] }, db)).toEqual(no("group_not_found", "group_ids"));
      expect(await change(clerk, peer, { group_ids: [] }, db)).toMatchObject({ ok: true });
      const left = await db.select().from(groupMembers).where(eq(groupMembers.memberId, peer.memberId));
      expect(left.map(({ groupId }) => groupId)).toEqual([other]);
      expect(own).not.toBe(other);
    });
  });

  it("makes nobody administer anything in the hub, by portal or by role, and leaves other changes to those who do", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const keeper = await world.addRole("Keeper", ["members:write"]);
      const partner = await world.addMember({ role: "viewer", portal: "hub" });
      const admin = await world.addMember({ role: "administrator" });
      expect(await change(world.admin, admin, { portal: "hub" }, db)).toEqual(no("not_in_hub", "portal"));
      for (const role_id of [keeper, world.roleIds.administrator]) {
        expect(await change(world.admin, partner, { role_id }, db)).toEqual(no("not_in_hub", "role_id"));
      }
      expect(await world.reload(admin)).toMatchObject({ portal: "console" });
      expect(await world.reload(partner)).toMatchObject({ roleId: world.roleIds.viewer });
      const both = { role_id: world.roleIds.viewer, portal: "hub" as const };
      expect(await change(world.admin, admin, both, db)).toMatchObject({ ok: true });
      const left = await world.addMember({ role: "administrator", portal: "hub" });
      const group = await world.addGroup("A", []);
      expect(await change(world.admin, left, { group_ids: [group] }, db)).toMatchObject({ ok: true });
    });
  });

  it("gives an owner to a service account alone", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const robot = await world.addMember({ email: null });
      const owner = { kind: "member" as const, id: world.engineer.memberId };
      expect(await change(world.admin, world.user, { owner }, db)).toEqual(no("not_a_service_account", "owner"));
      expect(await change(world.admin, robot, { owner }, db)).toMatchObject({ ok: true });
      expect((await rowOf(db, robot))?.ownerMemberId).toBe(world.engineer.memberId);
      const self = { kind: "member" as const, id: robot.memberId };
      expect(await change(world.admin, robot, { owner: self }, db)).toEqual(no("member_not_found", "owner"));
    });
  });
});

describe("the last active administrator", () => {
  const ways: [string, (world: World, db: Db) => Promise<unknown>, string?][] = [
    ["lowered", (w, db) => change(w.admin, w.admin, { role_id: w.roleIds.viewer }, db), "role_id"],
    ["moved to the hub", (w, db) => change(w.admin, w.admin, { portal: "hub" }, db), "portal"],
    ["deactivated", (w, db) => deactivateMember(w.admin, { id: w.admin.memberId }, contextOf(db))],
  ];

  it.each(ways)("cannot be %s, whoever else is deactivated, a program or in the hub", async (_way, act, field) => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      await world.addMember({ role: "administrator", status: "deactivated" });
      await world.addMember({ role: "administrator", email: null });
      await world.addMember({ role: "administrator", portal: "hub" });
      await makeWorld(db);
      expect(await act(world, db)).toEqual(no("last_administrator", field));
      expect(await world.reload(world.admin)).toMatchObject({ roleId: world.roleIds.administrator, portal: "console" });
      expect((await rowOf(db, world.admin))?.status).toBe("active");
    });
  });

  // Nobody who administers is moved to the hub.
  const fit = ways.filter(([way]) => way !== "moved to the hub");
  it.each(fit)("can be %s where another administers through a role of the organization's own", async (_way, act) => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      await world.addMember({ role: { roleId: await world.addRole("Owner", ["organization:manage"]) } });
      expect(await act(world, db)).toMatchObject({ ok: true });
    });
  });

  it("is one of two who lower each other at once, ten times over", async () => {
    const { db } = await freshDatabase();
    for (let round = 0; round < 10; round += 1) {
      const world = await makeWorld(db);
      const other = await world.addMember({ role: "administrator" });
      const lower = { role_id: world.roleIds.viewer };
      const answers = await Promise.all([change(world.admin, other, lower, db), change(other, world.admin, lower, db)]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.find(({ ok }) => !ok)).toEqual(no("last_administrator", "role_id"));
      expect(await activeAdministrators(db, world)).toHaveLength(1);
    }
  });

  it("is exactly one of twelve who deactivate and lower each other in a ring", async () => {
    const { db } = await freshDatabase({ max: 12 });
    const world = await makeWorld(db);
    const ring = [world.admin];
    while (ring.length < 12) ring.push(await world.addMember({ role: "administrator" }));
    const answers = await Promise.all(
      ring.map((who, at) => {
        const next = ring[(at + 1) % ring.length] as MemberActor;
        return at % 2 === 0
          ? deactivateMember(who, { id: next.memberId }, contextOf(db))
          : change(who, next, { role_id: world.roleIds.user }, db);
      }),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(11);
    expect(await activeAdministrators(db, world)).toHaveLength(1);
  });
});

const activeAdministrators = (db: Db, { organizationId, roleIds }: World) =>
  db
    .select({ id: members.id })
    .from(members)
    .where(
      and(
        eq(members.organizationId, organizationId),
        eq(members.roleId, roleIds.administrator),
        eq(members.status, "active"),
      ),
    );

describe("deactivating and reactivating", () => {
  it("is done once each, with one event each, and deletes nothing", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const token = await world.addToken(world.user);
      const id = world.user.memberId;
      for (const act of [deactivateMember, deactivateMember, reactivateMember, reactivateMember]) {
        expect(await act(world.admin, { id }, contextOf(db))).toEqual({ ok: true, value: { id } });
      }
      expect((await eventsOn(db, id)).map(({ action }) => action).sort()).toEqual([
        "member.deactivated",
        "member.reactivated",
      ]);
      expect(await rowOf(db, world.user)).toMatchObject({ status: "active", deactivatedAt: null });
      expect(await eventsOn(db, token.id)).toEqual([]);
    });
  });
});

describe("adding a service account", () => {
  const wish = (world: World, owner: MemberActor | { groupId: string }) => ({
    name: "nightly-export",
    role_id: world.roleIds.viewer,
    group_ids: [],
    owner:
      "groupId" in owner
        ? { kind: "group" as const, id: owner.groupId }
        : { kind: "member" as const, id: owner.memberId },
  });

  it("makes a member without email and password, owned by a person or a group", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const groupId = await world.addGroup("A", [world.engineer]);
      for (const owner of [world.engineer, { groupId }]) {
        const made = await createAccount(world.admin, { ...wish(world, owner), group_ids: [groupId] }, contextOf(db));
        if (!made.ok) throw new Error(made.refusal.code);
        const [row] = await db
          .select({ member: members, user: users })
          .from(members)
          .innerJoin(users, eq(users.id, members.userId))
          .where(eq(members.id, made.value.id));
        expect(row?.user).toMatchObject({ kind: "service", email: null });
        expect([row?.member.ownerMemberId, row?.member.ownerGroupId]).toEqual(
          "groupId" in owner ? [null, groupId] : [owner.memberId, null],
        );
        expect(await eventsOn(db, made.value.id)).toEqual([{ action: "account.created" }]);
      }
    });
  });

  it("refuses a role above one's own, an owner who cannot answer and a foreign group, and adds nobody", async () => {
    await withRollback(async (db) => {
      const [world, theirs] = [await makeWorld(db), await makeWorld(db)];
      const clerk = await clerkOf(world);
      const gone = await world.addMember({ status: "deactivated" });
      const count = async () => (await db.select({ id: members.id }).from(members)).length;
      const before = await count();
      const low = { ...wish(world, world.admin), role_id: await world.addRole("Low", []) };
      const trials: [MemberActor, object, ReturnType<typeof no>][] = [
        [clerk, { role_id: world.roleIds.administrator }, no("role_exceeds_yours", "role_id")],
        [world.admin, { owner: { kind: "member", id: gone.memberId } }, no("member_not_found", "owner")],
        [world.admin, { owner: { kind: "member", id: theirs.admin.memberId } }, no("member_not_found", "owner")],
        [world.admin, { owner: { kind: "group", id: await theirs.addGroup("B", []) } }, no("group_not_found", "owner")],
        [world.engineer, {}, no("not_permitted")],
      ];
      for (const [actor, other, refusal] of trials) {
        expect(await createAccount(actor, { ...low, ...other }, contextOf(db))).toEqual(refusal);
      }
      expect(await count()).toBe(before);
    });
  });
});

describe("the page of members", () => {
  it("counts tokens as far as the reader sees them, and says whom it may not change", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "personal_mirror" });
      const robot = await world.addMember({ email: null, owner: world.admin });
      for (const issuer of [world.admin, world.user, robot]) await world.addToken(issuer, { roleId: null });
      const view = await viewMembers(world.admin, {}, contextOf(db));
      if (!view.ok) throw new Error(view.refusal.code);
      const live = (who: MemberActor) => view.value.rows.find(({ id }) => id === who.memberId)?.liveTokens;
      expect([live(world.admin), live(robot), live(world.user)]).toEqual([1, 1, null]);
      const looking = await viewMembers(world.engineer, { status: "active,nonsense", cursor: "-3" }, contextOf(db));
      expect(looking).toMatchObject({ ok: true, value: { total: 5, choices: null, invitations: [] } });
      expect(await viewMembers(world.viewer, {}, contextOf(db))).toEqual(no("not_permitted"));
    });
  });

  it("finds by name and email, and filters by role, status and kind", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      await world.addMember({ email: null, name: "100%_export" });
      await world.addMember({ name: "Ada", status: "deactivated" });
      const total = async (params: Record<string, string>) => {
        const view = await viewMembers(world.admin, params, contextOf(db));
        return view.ok ? view.value.total : view.refusal.code;
      };
      expect(await total({ q: "%_" })).toBe(1);
      expect(await total({ q: "ENGINEER-" })).toBe(1);
      expect(await total({ kind: "service" })).toBe(1);
      expect(await total({ status: "deactivated" })).toBe(1);
      expect(await total({ role: world.roleIds.user })).toBe(3);
      expect(await total({ role: world.roleIds.user, status: "active", kind: "person" })).toBe(1);
    });
  });
});
