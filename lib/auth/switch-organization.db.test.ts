import { and, eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { auditEvents, members, sessions } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { listMemberships } from "@/lib/organizations/list-memberships";
import { listTokens } from "@/lib/tokens/list-tokens";
import { tokenQuery } from "@/lib/tokens/token-input";
import { days, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld, type World } from "@/test/world";
import { openSession } from "./open-session";
import { readSession } from "./read-session";
import { switchOrganization } from "./switch-organization";

/** A second membership of the same user; younger, so that signing in still leads to the first organization. */
async function join(db: Db, { organizationId, roleIds }: World, { userId }: MemberActor, wish = {}): Promise<string> {
  const id = uuidv7();
  const row = { organizationId, id, userId, roleId: roleIds.viewer, createdAt: days(-10), ...wish };
  await db.insert(members).values(row);
  return id;
}

async function signIn(db: Db, { userId }: MemberActor) {
  const { token } = await openSession({ userId, agent: null, replaces: undefined }, contextOf(db));
  const read = async () => (await readSession(db, token, NOW))!;
  return {
    read,
    go: async (organization_id: string) => switchOrganization(await read(), { organization_id }, contextOf(db)),
  };
}

const sessionEvents = async (db: Db, { organizationId }: World) =>
  (
    await db
      .select({ action: auditEvents.action, by: auditEvents.actorMemberId })
      .from(auditEvents)
      .where(and(eq(auditEvents.organizationId, organizationId), eq(auditEvents.subjectKind, "session")))
      .orderBy(auditEvents.id)
  ).map(({ action, by }) => `${action} ${by}`);

describe("switchOrganization", () => {
  it("leads to the other organization with that one's role, portal and groups, and nothing of the first", () =>
    withRollback(async (db) => {
      const home = await makeWorld(db);
      const away = await makeWorld(db);
      const memberId = await join(db, away, home.admin, { portal: "hub" });
      await home.addGroup("Platform", [home.admin]);
      const { read, go } = await signIn(db, home.admin);
      expect((await read()).actor).toMatchObject({ organizationId: home.organizationId, portal: "console" });
      expect(await go(away.organizationId)).toEqual({ ok: true, value: { portal: "hub" } });
      const { actor, organization, role } = await read();
      expect(organization?.id).toBe(away.organizationId);
      expect(role?.name).toBe("Viewer");
      expect(actor).toMatchObject({ organizationId: away.organizationId, memberId, portal: "hub", groups: [] });
      expect(actor?.permissions.has("organization:manage")).toBe(false);
      expect(await go(home.organizationId)).toEqual({ ok: true, value: { portal: "console" } });
    }));

  it("keeps the tokens of the two apart", () =>
    withRollback(async (db) => {
      const home = await makeWorld(db);
      const away = await makeWorld(db);
      await join(db, away, home.admin, { roleId: away.roleIds.administrator });
      const ours = await home.addToken(home.user);
      const theirs = await away.addToken(away.user);
      const { read, go } = await signIn(db, home.admin);
      const seen = async () =>
        JSON.stringify(await listTokens((await read()).actor!, tokenQuery.parse({}), contextOf(db)));
      expect(await seen()).toContain(ours.id);
      expect(await seen()).not.toContain(theirs.id);
      await go(away.organizationId);
      expect(await seen()).toContain(theirs.id);
      expect(await seen()).not.toContain(ours.id);
    }));

  it("does not find an organization of others, one that deactivated the member, nor one that never was", () =>
    withRollback(async (db) => {
      const home = await makeWorld(db);
      const others = await makeWorld(db);
      const former = await makeWorld(db);
      await join(db, former, home.user, { status: "deactivated", deactivatedAt: days(-1) });
      const { read, go } = await signIn(db, home.user);
      for (const id of [others.organizationId, former.organizationId, uuidv7()]) {
        expect(await go(id)).toEqual({ ok: false, refusal: { code: "not_found" } });
      }
      expect((await read()).actor?.organizationId).toBe(home.organizationId);
      expect(await sessionEvents(db, others)).toEqual([]);
      expect(await sessionEvents(db, former)).toEqual([]);
    }));

  it("is open to somebody whom the organization at hand has deactivated", () =>
    withRollback(async (db) => {
      const home = await makeWorld(db);
      const away = await makeWorld(db);
      await join(db, away, home.user);
      const { read, go } = await signIn(db, home.user);
      await home.deactivate(home.user);
      expect((await read()).actor).toBeNull();
      expect(await listMemberships(await read(), contextOf(db))).toMatchObject([
        { organizationId: away.organizationId, role: "Viewer", portal: "console" },
      ]);
      expect((await go(away.organizationId)).ok).toBe(true);
      expect((await read()).actor?.organizationId).toBe(away.organizationId);
      expect(await go(home.organizationId)).toMatchObject({ refusal: { code: "not_found" } });
    }));

  it("moves this session alone, not the person's others", () =>
    withRollback(async (db) => {
      const home = await makeWorld(db);
      const away = await makeWorld(db);
      await join(db, away, home.user);
      const one = await signIn(db, home.user);
      const other = await signIn(db, home.user);
      await one.go(away.organizationId);
      expect((await other.read()).organization?.id).toBe(home.organizationId);
      expect(await db.$count(sessions, eq(sessions.userId, home.user.userId))).toBe(2);
    }));

  it("is told in both logs, each in the words of its own member, and once where nothing changes", () =>
    withRollback(async (db) => {
      const home = await makeWorld(db);
      const away = await makeWorld(db);
      const memberId = await join(db, away, home.user);
      const { go } = await signIn(db, home.user);
      await go(away.organizationId);
      await go(away.organizationId);
      expect(await sessionEvents(db, away)).toEqual([`session.created ${memberId}`]);
      expect(await sessionEvents(db, home)).toEqual([
        `session.created ${home.user.memberId}`,
        `session.ended ${home.user.memberId}`,
      ]);
    }));
});
