import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import type { Actor, MemberActor } from "@/lib/access/actor";
import { addGroupMember, removeGroupMember } from "@/lib/groups/change-group-members";
import { deleteToken } from "@/lib/tokens/delete-token";
import { updateToken } from "@/lib/tokens/update-token";
import { withRollback } from "@/test/database";
import { actingToken, contextOf, makeWorld, type World } from "@/test/world";
import { listAuditEvents } from "./list-audit-events";
import { type AuditEvent, recordAudit } from "./record-audit";

type Params = Parameters<typeof listAuditEvents>[1];

async function read(db: Db, actor: Actor, params: Params = {}) {
  const view = await listAuditEvents(actor, params, contextOf(db));
  if (!view.ok) throw new Error(view.refusal.code);
  return view.value;
}

/** An event that somebody did, with nothing else around it. */
const happened = (db: Db, actor: MemberActor | "system", event: Omit<AuditEvent, "organizationId">, world: World) =>
  db.transaction((tx) => recordAudit(tx, actor, { organizationId: world.organizationId, ...event }, contextOf(db)));

const signedIn = (db: Db, who: MemberActor, world: World) =>
  happened(db, who, { action: "session.created", subject: { kind: "session", id: who.memberId } }, world);

const auditorOf = async (world: World, extra: string[] = []) => {
  const roleId = await world.addRole("Auditor", ["audit:read", "members:read", ...extra]);
  return world.addMember({ role: { roleId }, name: "Auditor" });
};

describe("the audit log", () => {
  it("opens with audit:read alone, and tells one organization's events", () =>
    withRollback(async (db) => {
      const [world, other] = [await makeWorld(db), await makeWorld(db)];
      await signedIn(db, other.admin, other);
      const refusal = { ok: false, refusal: { code: "not_permitted" } };
      expect(await listAuditEvents(world.engineer, {}, contextOf(db))).toEqual(refusal);
      await signedIn(db, world.user, world);
      const { rows, people } = await read(db, world.admin);
      expect(rows.map(({ action }) => action)).toEqual(["session.created", "organization.created"]);
      expect(rows[0]).toMatchObject({ by: { kind: "member", member: { name: world.user.name } }, ip: "192.0.2.7" });
      expect(rows[1]).toMatchObject({ by: { kind: "system", member: null } });
      expect(people).toEqual([{ id: world.user.memberId, name: world.user.name, email: world.user.email }]);
    }));

  it("goes on page by page, there and back, each event once, and starts anew at a place that is none", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      for (let n = 0; n < 119; n++) await signedIn(db, world.user, world);
      const first = await read(db, world.admin);
      const second = await read(db, world.admin, { cursor: first.next ?? "" });
      const third = await read(db, world.admin, { cursor: second.next ?? "" });
      expect([first, second, third].map(({ rows }) => rows.length)).toEqual([50, 50, 20]);
      expect([first.previous, third.next]).toEqual([null, null]);
      const ids = [first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id));
      expect(ids).toEqual([...new Set(ids)].sort().reverse());
      const back = await read(db, world.admin, { cursor: third.previous ?? "" });
      expect(back.rows).toEqual(second.rows);
      expect((await read(db, world.admin, { cursor: back.previous ?? "" })).rows).toEqual(first.rows);
      expect((await read(db, world.admin, { cursor: "nowhere", kind: "nonsense", by: "nobody" })).rows).toEqual(
        first.rows,
      );
    }));

  it("is filtered by what events are about and by who did them, through a token too", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const token = await world.addToken(world.admin);
      const acting = await actingToken(db, world.admin, token);
      await updateToken(acting, { id: token.id, change: { name: "Renamed" } }, contextOf(db));
      await signedIn(db, world.user, world);
      const [event, ...more] = (await read(db, world.admin, { kind: "tokens" })).rows;
      expect(more).toEqual([]);
      expect(event).toMatchObject({
        action: "token.updated",
        by: { kind: "token", member: { id: world.admin.memberId }, token: { id: token.id, name: "Renamed" } },
        subject: { kind: "token", id: token.id, name: "Renamed", isThere: true },
        details: { name: { to: "Renamed" } },
      });
      const { rows } = await read(db, world.admin, { by: world.user.memberId });
      expect(rows.map(({ action }) => action)).toEqual(["session.created"]);
      expect((await read(db, world.admin, { by: world.user.memberId, kind: ["tokens", "roles"] })).rows).toEqual([]);
    }));

  it("names what is gone by what the event told, and ids in it by what they stand for", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const gone = { action: "role.deleted", subject: { kind: "role", id: world.user.userId } } as const;
      await happened(db, world.admin, { ...gone, details: { name: "Old role", of: world.roleIds.viewer } }, world);
      const { rows, names } = await read(db, world.admin, { kind: "roles" });
      expect(rows[0]?.subject).toEqual({ kind: "role", id: world.user.userId, name: "Old role", isThere: false });
      expect(names).toEqual({ [world.roleIds.viewer]: "Viewer" });
    }));

  it("does not name a token that the reader does not see, an administrator's eyes included", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "personal_mirror" });
      const token = await world.addToken(world.user, { name: "Private", roleId: null });
      await deleteToken(world.user, { id: token.id }, contextOf(db));
      const view = await read(db, world.admin, { kind: "tokens" });
      expect(view.rows).toMatchObject([{ action: "token.deleted", details: {} }]);
      expect(view.rows[0]?.subject).toEqual({ kind: "token", id: "", name: null, isThere: false });
      expect(JSON.stringify(view)).not.toMatch(new RegExp(`Private|${token.id}`));
    }));
});

describe("a reader whom groups bound", () => {
  it("sees what those did whom it sees, and what happened to them, their tokens and its groups; nothing else", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { teamsEnabled: true });
      const outsider = await world.addMember({ name: "Outsider" });
      const auditor = await auditorOf(world);
      const north = await world.addGroup("North", [auditor, world.user]);
      const south = await world.addGroup("South", [outsider]);
      const [near, far] = [await world.addToken(world.user), await world.addToken(outsider, { name: "Far token" })];
      const on = (id: string) => ({ action: "token.updated", subject: { kind: "token", id } }) as const;
      const member = (id: string) => ({ action: "member.updated", subject: { kind: "member", id } }) as const;
      await signedIn(db, world.user, world);
      await signedIn(db, outsider, world);
      await happened(db, "system", on(near.id), world);
      await happened(db, "system", on(far.id), world);
      await happened(db, world.admin, member(world.user.memberId), world);
      await happened(db, world.admin, member(outsider.memberId), world);
      await addGroupMember(world.admin, { id: north, who: { member_id: world.viewer.memberId } }, contextOf(db));
      await addGroupMember(world.admin, { id: south, who: { member_id: world.viewer.memberId } }, contextOf(db));
      // Somebody whom it sees does something to somebody whom it does not.
      await happened(db, world.user, { ...member(outsider.memberId), details: { name: "Outsider" } }, world);

      const me = await world.reload(auditor);
      const view = await read(db, me);
      expect(view.rows.map(({ action, subject, by }) => [action, subject.name, by.member?.name ?? null])).toEqual([
        ["member.updated", null, world.user.name],
        ["group.updated", "North", null],
        ["member.updated", world.user.name, null],
        ["token.updated", null, null],
        ["session.created", null, world.user.name],
      ]);
      expect(JSON.stringify(view)).not.toMatch(/Outsider|Far token|South/);
      expect(JSON.stringify(view)).not.toContain(world.admin.memberId);
      const asked = await read(db, me, { by: outsider.memberId });
      expect([asked.rows, view.people.some(({ id }) => id === outsider.memberId)]).toEqual([view.rows, false]);
      // Nor is it told who did what to those whom it sees, by asking for them.
      expect((await read(db, me, { by: world.admin.memberId })).rows).toEqual(view.rows);
      expect((await read(db, me, { by: world.user.memberId })).rows).toHaveLength(2);

      // Through a token it is the same, and after leaving the group less.
      const token = await actingToken(db, me, await world.addToken(me));
      expect((await read(db, token)).rows).toHaveLength(5);
      await removeGroupMember(world.admin, { id: north, member_id: me.memberId }, contextOf(db));
      expect((await read(db, await world.reload(me))).rows).toEqual([]);
      expect((await read(db, world.admin)).rows.length).toBeGreaterThan(9);
    }));

  it("is told neither names nor ids of members and groups that it does not see, in what an event tells", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { teamsEnabled: true });
      const outsider = await world.addMember({ name: "Outsider" });
      const auditor = await auditorOf(world);
      const north = await world.addGroup("North", [auditor, world.user, outsider]);
      const south = await world.addGroup("South", []);
      await removeGroupMember(world.admin, { id: north, member_id: outsider.memberId }, contextOf(db));
      const details = {
        name: "Changed",
        role_id: { from: world.roleIds.viewer, to: world.roleIds.user },
        owner_member_id: { from: outsider.memberId, to: world.user.memberId },
        owner: { kind: "group", id: south },
        groups_joined: [north, south],
        groups_left: [south],
        group_ids: [],
      };
      const subject = { kind: "member", id: world.user.memberId } as const;
      await happened(db, world.user, { action: "member.updated", subject, details }, world);

      const view = await read(db, await world.reload(auditor));
      expect(view.rows.map((row) => row.details)).toEqual([
        { name: "Changed", role_id: details.role_id, groups_joined: [north], group_ids: [] },
        {},
      ]);
      expect(JSON.stringify(view)).not.toMatch(new RegExp(`Outsider|South|${outsider.memberId}|${south}`));
      const whole = await read(db, world.admin);
      expect(whole.rows.slice(0, 2).map((row) => row.details)).toEqual([
        details,
        { removed: { id: outsider.memberId, name: "Outsider" } },
      ]);
    }));
});
