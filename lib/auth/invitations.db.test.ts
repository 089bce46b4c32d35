import { eq, isNull } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { auditEvents, groupMembers, groups, invitations, members, passwords, users } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { renewInvitation, withdrawInvitation } from "@/lib/members/change-invitation";
import { inviteMember } from "@/lib/members/invite-member";
import { listInvitations, MOST_OPEN_INVITATIONS } from "@/lib/members/open-invitations";
import { deactivateMember } from "@/lib/members/switch-member";
import type { RefusalCode } from "@/lib/refusal";
import { days } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { contextOf, makeWorld, type World } from "@/test/world";
import { acceptAsNew, acceptAsSelf, readInvitation } from "./accept-invitation";
import { INVITATION_ATTEMPTS } from "./sign-in-limits";

const no = (code: RefusalCode, field?: string) => ({ ok: false, refusal: field ? { code, field } : { code } });

const EMAIL = "newcomer@elsewhere.example";
const PASSWORD = "seven quiet lanterns";

async function invite(world: World, db: Db, wish: object = {}, actor: MemberActor = world.admin) {
  const input = { email: EMAIL, role_id: world.roleIds.user, portal: "console" as const, group_ids: [], ...wish };
  const outcome = await inviteMember(actor, input, contextOf(db));
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
}

const asNew = (code: string, db: Db, email = EMAIL) =>
  acceptAsNew({ code, name: "Nora Newcomer", email, password: PASSWORD }, contextOf(db));

const sessionOf = ({ userId, email, name }: MemberActor) => ({ userId, email, name });

describe("inviting", () => {
  it("keeps no secret: the table holds a hash, the log neither", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const { code, id } = await invite(world, db);
      const rows = JSON.stringify([
        await db.select().from(invitations),
        await db.select().from(auditEvents).where(eq(auditEvents.subjectId, id)),
      ]);
      expect(rows).toContain("member.invited");
      expect(rows).not.toContain(code);
    });
  });

  it("refuses a member's address whatever its capitals, a higher role, a foreign group, and who may not", async () => {
    await withRollback(async (db) => {
      const [world, theirs] = [await makeWorld(db), await makeWorld(db)];
      const clerk = await world.addMember({
        role: { roleId: await world.addRole("Clerk", ["members:read", "members:write"]) },
      });
      const group = await theirs.addGroup("B", []);
      const wish = { email: EMAIL, role_id: world.roleIds.user, portal: "console" as const, group_ids: [] };
      const trials: [MemberActor, object, ReturnType<typeof no>][] = [
        [world.admin, { email: world.user.email.toUpperCase() }, no("already_member", "email")],
        [world.admin, { role_id: theirs.roleIds.user }, no("role_not_found", "role_id")],
        [world.admin, { group_ids: [group] }, no("group_not_found", "group_ids")],
        [clerk, {}, no("role_exceeds_yours", "role_id")],
        [world.engineer, {}, no("not_permitted")],
      ];
      for (const [actor, other, refusal] of trials) {
        expect(await inviteMember(actor, { ...wish, ...other }, contextOf(db))).toEqual(refusal);
      }
      expect(await db.select().from(invitations)).toEqual([]);
    });
  });

  it("of the same address again, or anew, leaves one link that works: the newest", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const first = await invite(world, db);
      const second = await invite(world, db, { email: EMAIL.toUpperCase() });
      const renewed = await renewInvitation(world.admin, { id: second.id }, contextOf(db));
      if (!renewed.ok) throw new Error(renewed.refusal.code);
      for (const { code } of [first, second]) {
        expect(await readInvitation({ code }, contextOf(db))).toEqual(no("invitation_invalid"));
      }
      expect(await readInvitation({ code: renewed.value.code }, contextOf(db))).toMatchObject({
        ok: true,
        value: { role: "User", invitedBy: world.admin.name, hasAccount: false },
      });
    });
  });

  it("can be withdrawn once, and not by another organization", async () => {
    await withRollback(async (db) => {
      const [world, theirs] = [await makeWorld(db), await makeWorld(db)];
      const { id, code } = await invite(world, db);
      expect(await withdrawInvitation(theirs.admin, { id }, contextOf(db))).toEqual(no("not_found"));
      expect(await withdrawInvitation(world.engineer, { id }, contextOf(db))).toEqual(no("not_permitted"));
      expect(await withdrawInvitation(world.admin, { id }, contextOf(db))).toMatchObject({ ok: true });
      expect(await withdrawInvitation(world.admin, { id }, contextOf(db))).toEqual(no("not_found"));
      expect(await asNew(code, db)).toEqual(no("invitation_invalid"));
    });
  });
});

describe("an invitation of somebody else", () => {
  it("to a role above one's own is neither renewed nor withdrawn, and its link stays", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const roleId = await world.addRole("Clerk", ["members:read", "members:write"]);
      const clerk = await world.addMember({ role: { roleId } });
      const { id, code } = await invite(world, db, { role_id: world.roleIds.administrator });
      expect(await renewInvitation(clerk, { id }, contextOf(db))).toEqual(no("member_outranks_you"));
      expect(await withdrawInvitation(clerk, { id }, contextOf(db))).toEqual(no("member_outranks_you"));
      expect(await readInvitation({ code }, contextOf(db))).toMatchObject({ ok: true });
    });
  });

  it("is there for a writer whom groups bound where it sent it, or is in a group of it, and not otherwise", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db, { teamsEnabled: true });
      const low = await world.addRole("Low", []);
      const roleId = await world.addRole("Clerk", ["members:read", "members:write"]);
      const made = await world.addMember({ role: { roleId } });
      const [own, other] = [await world.addGroup("A", [made]), await world.addGroup("B", [])];
      const clerk = await world.reload(made);
      const to = (email: string, group_ids: string[], actor = world.admin) =>
        invite(world, db, { email: `${email}@elsewhere.example`, role_id: low, group_ids }, actor);
      const mine = await to("mine", [], clerk);
      const shared = await to("shared", [own, other]);
      const hidden = [await to("foreign", [other]), await to("without", [])];
      const seen = await listInvitations(clerk, contextOf(db));
      expect(seen.map(({ id }) => id).sort()).toEqual([mine.id, shared.id].sort());
      expect(await listInvitations(world.admin, contextOf(db))).toHaveLength(4);
      for (const { id, code } of hidden) {
        expect(await renewInvitation(clerk, { id }, contextOf(db))).toEqual(no("not_found"));
        expect(await withdrawInvitation(clerk, { id }, contextOf(db))).toEqual(no("not_found"));
        expect(await readInvitation({ code }, contextOf(db))).toMatchObject({ ok: true });
      }
      // It is told of its own groups alone, and makes no link that brings somebody into another.
      expect(seen.flatMap(({ groupIds }) => groupIds)).toEqual([own]);
      expect(await renewInvitation(clerk, { id: shared.id }, contextOf(db))).toEqual(no("group_not_found"));
      expect(await readInvitation({ code: shared.code }, contextOf(db))).toMatchObject({ ok: true });
      for (const { id } of [mine, shared]) {
        expect(await withdrawInvitation(clerk, { id }, contextOf(db))).toMatchObject({ ok: true });
      }
    });
  });
});

describe("an open invitation for the same address", () => {
  const open = (db: Db) => db.select({ id: invitations.id }).from(invitations).where(isNull(invitations.withdrawnAt));
  const told = (db: Db, id: string) =>
    db.select({ action: auditEvents.action }).from(auditEvents).where(eq(auditEvents.subjectId, id));

  it("is withdrawn by a new one of who could have sent it, with an event", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const first = await invite(world, db);
      const second = await invite(world, db);
      expect(await open(db)).toEqual([{ id: second.id }]);
      expect(await told(db, first.id)).toEqual([{ action: "member.invited" }, { action: "invitation.withdrawn" }]);
    });
  });

  it("stays where the other may not see it, or not give what it gives, and nobody else is invited", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db, { teamsEnabled: true });
      const low = await world.addRole("Low", []);
      const roleId = await world.addRole("Clerk", ["members:read", "members:write"]);
      const made = await world.addMember({ role: { roleId } });
      const [own, other] = [await world.addGroup("A", [], [made]), await world.addGroup("B", [])];
      const clerk = await world.reload(made);
      const sent = [
        await invite(world, db, { email: "unseen@elsewhere.example", role_id: low }),
        await invite(world, db, { email: "higher@elsewhere.example", group_ids: [own] }),
        await invite(world, db, { email: "other@elsewhere.example", role_id: low, group_ids: [own, other] }),
      ];
      for (const { id, email, code } of sent) {
        const wish = { email: email.toUpperCase(), role_id: low, portal: "console" as const, group_ids: [own] };
        expect(await inviteMember(clerk, wish, contextOf(db))).toEqual(no("already_invited", "email"));
        expect(await readInvitation({ code }, contextOf(db))).toMatchObject({ ok: true });
        expect(await told(db, id)).toEqual([{ action: "member.invited" }]);
        // Once it is too old it is nobody's any more.
        expect(await inviteMember(clerk, wish, contextOf(db, days(8)))).toMatchObject({ ok: true });
      }
      expect(await open(db)).toHaveLength(3);
    });
  });

  it("is one of two hundred at most, whoever sent them; one for an address that has one adds none", async () => {
    await withRollback(async (db) => {
      const [world, theirs] = [await makeWorld(db), await makeWorld(db)];
      await invite(world, db);
      for (let n = 1; n < MOST_OPEN_INVITATIONS; n++) await world.addInvitation(world.roleIds.user);
      const wish = { email: "more@elsewhere.example", role_id: world.roleIds.user, group_ids: [] };
      const more = { ...wish, portal: "console" as const };
      expect(await inviteMember(world.admin, more, contextOf(db))).toEqual(no("too_many_invitations"));
      expect(await open(db)).toHaveLength(MOST_OPEN_INVITATIONS);
      await invite(world, db);
      await invite(theirs, db);
    });
  });
});

describe("the hub", () => {
  it("takes nobody in who administers anything, by an invitation or its renewal", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const keeper = await world.addRole("Keeper", ["members:write"]);
      for (const role_id of [world.roleIds.administrator, keeper]) {
        const wish = { email: EMAIL, role_id, portal: "hub" as const, group_ids: [] };
        expect(await inviteMember(world.admin, wish, contextOf(db))).toEqual(no("not_in_hub", "portal"));
      }
      expect(await db.select().from(invitations)).toEqual([]);
      const { id, code } = await invite(world, db, { portal: "hub" });
      await db.update(invitations).set({ roleId: keeper }).where(eq(invitations.id, id));
      expect(await renewInvitation(world.admin, { id }, contextOf(db))).toEqual(no("not_in_hub"));
      expect(await readInvitation({ code }, contextOf(db))).toMatchObject({ ok: true });
    });
  });
});

describe("accepting", () => {
  it("makes a user, a password and a member with role, portal and the groups that are left", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const [stays, goes] = [await world.addGroup("A", []), await world.addGroup("B", [])];
      const { code } = await invite(world, db, { portal: "hub", group_ids: [stays, goes] });
      await db.delete(groups).where(eq(groups.id, goes));
      const joined = await asNew(code, db);
      if (!joined.ok) throw new Error(joined.refusal.code);
      const { memberId } = joined.value;
      const [member] = await db.select().from(members).where(eq(members.id, memberId));
      expect(member).toMatchObject({ roleId: world.roleIds.user, portal: "hub", status: "active" });
      const inGroups = await db.select().from(groupMembers).where(eq(groupMembers.memberId, memberId));
      expect(inGroups).toMatchObject([{ groupId: stays, isAdministrator: false }]);
      const [user] = await db
        .select()
        .from(users)
        .where(eq(users.id, member?.userId ?? ""));
      expect(user).toMatchObject({ kind: "person", email: EMAIL, isOperator: false });
      expect(
        await db
          .select()
          .from(passwords)
          .where(eq(passwords.userId, user?.id ?? "")),
      ).toHaveLength(1);
      const events = await db.select().from(auditEvents).where(eq(auditEvents.subjectId, memberId));
      expect(events).toMatchObject([{ action: "member.joined", actorMemberId: memberId }]);
      expect(await asNew(code, db)).toEqual(no("invitation_invalid"));
    });
  });

  it("ends after seven days, to the millisecond", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const { code } = await invite(world, db);
      const at = (late: number) => contextOf(db, new Date(days(7).getTime() + late));
      expect(await readInvitation({ code }, at(-1))).toMatchObject({ ok: true });
      expect(await readInvitation({ code }, at(0))).toEqual(no("invitation_invalid"));
    });
  });

  it("is for the invited address alone: an account of it signs in, another's is refused", async () => {
    await withRollback(async (db) => {
      const [world, theirs] = [await makeWorld(db), await makeWorld(db)];
      const { code } = await invite(world, db, { email: theirs.user.email.toUpperCase() });
      expect(await asNew(code, db, theirs.user.email.toUpperCase())).toEqual(no("sign_in_to_accept"));
      expect(await acceptAsSelf(sessionOf(theirs.engineer), { code }, contextOf(db))).toEqual(no("other_account"));
      expect(await acceptAsSelf(sessionOf(theirs.user), { code }, contextOf(db))).toMatchObject({
        ok: true,
        value: { organizationId: world.organizationId },
      });
      const of = await db.select().from(members).where(eq(members.userId, theirs.user.userId));
      expect(of.map(({ organizationId }) => organizationId).sort()).toEqual(
        [world.organizationId, theirs.organizationId].sort(),
      );
    });
  });

  it("gives nothing that whoever sent it could no longer give", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const second = await world.addMember({ role: "administrator" });
      const { code } = await invite(world, db, { role_id: world.roleIds.administrator }, second);
      await world.setRole(second, world.roleIds.engineer);
      expect(await asNew(code, db)).toEqual(no("invitation_invalid"));
      await world.setRole(second, world.roleIds.administrator);
      await deactivateMember(world.admin, { id: second.memberId }, contextOf(db));
      expect(await asNew(code, db)).toEqual(no("invitation_invalid"));
      expect(await db.select().from(users).where(eq(users.email, EMAIL))).toEqual([]);
    });
  });

  it("brings nobody into a group in which its sender has no more say", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db, { teamsEnabled: true });
      const low = await world.addRole("Low", []);
      const clerkRole = await world.addRole("Clerk", ["members:read", "members:write"]);
      const sender = await world.addMember({ role: { roleId: clerkRole } });
      const group = await world.addGroup("A", [], [sender]);
      const gone = await world.addGroup("B", [], [sender]);
      const wish = { role_id: low, group_ids: [group, gone] };
      const { code } = await invite(world, db, wish, await world.reload(sender));
      await db.delete(groups).where(eq(groups.id, gone));
      expect(await readInvitation({ code }, contextOf(db))).toMatchObject({ ok: true });
      await world.leaveGroup(group, sender);
      expect(await asNew(code, db)).toEqual(no("invitation_invalid"));
      expect(await db.select().from(users).where(eq(users.email, EMAIL))).toEqual([]);
      expect(await db.select().from(groupMembers).where(eq(groupMembers.groupId, group))).toEqual([]);
    });
  });

  it("makes one member of twenty acceptances at once", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db);
    const { code } = await invite(world, db);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        acceptAsNew(
          { code, name: "Nora", email: EMAIL, password: PASSWORD },
          { ...contextOf(db), origin: { requestId: null, ip: `198.51.100.${at}` } },
        ),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await db.select().from(users).where(eq(users.email, EMAIL))).toHaveLength(1);
    expect(await db.select().from(members).where(eq(members.organizationId, world.organizationId))).toHaveLength(5);
  });

  it("makes one user where two organizations' links for the same address are accepted at once", async () => {
    const { db } = await freshDatabase();
    const worlds = [await makeWorld(db), await makeWorld(db)];
    const links = await Promise.all(worlds.map((world) => invite(world, db)));
    const answers = await Promise.all(links.map(({ code }) => asNew(code, db)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toEqual(no("sign_in_to_accept"));
    expect(await db.select().from(users).where(eq(users.email, EMAIL))).toHaveLength(1);
  });

  it("is tried a few times from an address; right codes use up nothing", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db);
    const { code } = await invite(world, db);
    for (let at = 0; at < INVITATION_ATTEMPTS + 3; at += 1) {
      expect(await readInvitation({ code }, contextOf(db))).toMatchObject({ ok: true });
    }
    for (let at = 0; at < INVITATION_ATTEMPTS; at += 1) {
      expect(await readInvitation({ code: `guess-${at}` }, contextOf(db))).toEqual(no("invitation_invalid"));
    }
    expect(await readInvitation({ code }, contextOf(db))).toMatchObject({
      ok: false,
      refusal: { code: "too_many_attempts" },
    });
  });
});
