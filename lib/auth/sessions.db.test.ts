import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Db } from "@/db/client";
import { auditEvents, members, passwords, sessions, users } from "@/db/schema";
import { days, minutes, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { endOtherSessions, endSession, endSessionOfToken } from "./end-sessions";
import { listSessions } from "./list-sessions";
import { openSession } from "./open-session";
import { readSession, touchSession } from "./read-session";

const AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

const open = (db: Db, userId: string, replaces?: string) =>
  openSession({ userId, agent: AGENT, replaces }, contextOf(db)).then(({ token }) => token);

const idOf = async (db: Db, token: string) => (await readSession(db, token, NOW))!.id;

const eventsOf = (db: Db, organizationId: string) =>
  db
    .select({ action: auditEvents.action, by: auditEvents.actorMemberId, of: auditEvents.subjectId })
    .from(auditEvents)
    .where(and(eq(auditEvents.organizationId, organizationId), eq(auditEvents.subjectKind, "session")))
    .orderBy(auditEvents.id);

describe("a session", () => {
  test("opens for its token and for nothing else, and is kept as a hash", () =>
    withRollback(async (db) => {
      const { user, organizationId } = await makeWorld(db);
      const token = await open(db, user.userId);
      const session = await readSession(db, token, NOW);
      expect(session?.actor).toEqual(user);
      expect(session?.organization?.id).toBe(organizationId);

      const [row] = await db.select().from(sessions).where(eq(sessions.userId, user.userId));
      expect(JSON.stringify(row)).not.toContain(token);
      expect(row?.tokenHash.toString("base64url")).not.toBe(token);
      expect(row?.tokenHash).toHaveLength(32);
      for (const other of [
        undefined,
        "",
        token.slice(1),
        `${token}x`,
        token.toLowerCase(),
        row!.tokenHash.toString("base64url"),
      ]) {
        expect(await readSession(db, other, NOW)).toBeNull();
      }
      expect(await eventsOf(db, organizationId)).toEqual([
        { action: "session.created", by: user.memberId, of: row?.id },
      ]);
    }));

  test("carries no password hash and no token", () =>
    withRollback(async (db) => {
      const { user } = await makeWorld(db);
      await db.insert(passwords).values({ userId: user.userId, hash: "$argon2id$do-not-tell" });
      const token = await open(db, user.userId);
      const told = JSON.stringify(await readSession(db, token, NOW));
      expect(told).not.toContain("argon2id");
      expect(told).not.toContain(token);
      expect(told.toLowerCase()).not.toContain("hash");
    }));

  test("is refused at the next request once it was ended", () =>
    withRollback(async (db) => {
      const { user, organizationId } = await makeWorld(db);
      const token = await open(db, user.userId);
      expect(await readSession(db, token, NOW)).not.toBeNull();
      await endSessionOfToken(token, contextOf(db, minutes(1)));
      expect(await readSession(db, token, NOW)).toBeNull();
      expect((await eventsOf(db, organizationId)).map(({ action }) => action)).toEqual([
        "session.created",
        "session.ended",
      ]);
      // Once more changes nothing and tells nothing.
      await endSessionOfToken(token, contextOf(db, minutes(1)));
      expect(await eventsOf(db, organizationId)).toHaveLength(2);
    }));

  test("ends after 7 days unused, and after 30 however much it is used", () =>
    withRollback(async (db) => {
      const { user } = await makeWorld(db);
      const token = await open(db, user.userId);
      expect(await readSession(db, token, new Date(days(7).getTime() - 1))).not.toBeNull();
      expect(await readSession(db, token, days(7))).toBeNull();
      for (let day = 5; day < 30; day += 5) {
        const session = await readSession(db, token, days(day));
        await touchSession(db, session!, days(day), null);
      }
      expect(await readSession(db, token, new Date(days(30).getTime() - 1))).not.toBeNull();
      expect(await readSession(db, token, days(30))).toBeNull();
    }));

  test("writes that it was seen at most once in 5 minutes", () =>
    withRollback(async (db) => {
      const { user } = await makeWorld(db);
      const token = await open(db, user.userId);
      const session = (await readSession(db, token, NOW))!;
      await touchSession(db, session, minutes(4), "198.51.100.1");
      expect((await readSession(db, token, NOW))?.lastSeenAt).toEqual(NOW);
      await touchSession(db, session, minutes(5), "198.51.100.1");
      expect((await readSession(db, token, NOW))?.lastSeenAt).toEqual(minutes(5));
    }));

  test("proves what the member may do now, not what he might at sign-in", () =>
    withRollback(async (db) => {
      const { user, organizationId, roleIds } = await makeWorld(db);
      const token = await open(db, user.userId);
      const inOrganization = and(eq(members.organizationId, organizationId), eq(members.id, user.memberId));
      await db.update(members).set({ roleId: roleIds.viewer }).where(inOrganization);
      expect((await readSession(db, token, NOW))?.actor?.permissions.has("tokens:create")).toBe(false);
      await db.update(members).set({ status: "deactivated", deactivatedAt: NOW }).where(inOrganization);
      const session = await readSession(db, token, NOW);
      expect(session?.actor).toBeNull();
      expect(session?.organization?.id).toBe(organizationId);
    }));

  test("looks at an organization where the user is active, and at none for an operator", () =>
    withRollback(async (db) => {
      const former = await makeWorld(db);
      const present = await makeWorld(db);
      const { userId } = present.user;
      await db.insert(members).values({
        organizationId: former.organizationId,
        id: "01900000-0000-7000-8000-000000000001",
        userId,
        roleId: former.roleIds.user,
        status: "deactivated",
        createdAt: days(-900),
        deactivatedAt: days(-400),
      });
      const token = await open(db, userId);
      expect((await readSession(db, token, NOW))?.actor?.organizationId).toBe(present.organizationId);

      const operator = "01900000-0000-7000-8000-000000000002";
      await db.insert(users).values({ id: operator, name: "Host", email: "host@example.com", isOperator: true });
      const session = await readSession(db, await open(db, operator), NOW);
      expect(session).toMatchObject({ isOperator: true, actor: null, organization: null });
    }));

  test("replaces the one that the browser had, with an event, also where that was another person's", () =>
    withRollback(async (db) => {
      const { user, admin, organizationId } = await makeWorld(db);
      const first = await open(db, user.userId);
      const firstId = await idOf(db, first);
      const second = await open(db, admin.userId, first);
      const secondId = await idOf(db, second);
      expect(await readSession(db, first, NOW)).toBeNull();
      expect(await eventsOf(db, organizationId)).toEqual([
        { action: "session.created", by: user.memberId, of: firstId },
        { action: "session.ended", by: user.memberId, of: firstId },
        { action: "session.created", by: admin.memberId, of: secondId },
      ]);
    }));
});

describe("a member's sessions", () => {
  test("are listed with this browser first, and nobody else's among them", () =>
    withRollback(async (db) => {
      const { user, admin } = await makeWorld(db);
      const token = await open(db, user.userId);
      await open(db, user.userId);
      await open(db, admin.userId);
      const current = (await readSession(db, token, NOW))!.id;
      const rows = await listSessions(user, { current }, contextOf(db));
      expect(rows.map((row) => row.current)).toEqual([true, false]);
      expect(rows[0]).toMatchObject({ id: current, device: "Firefox on Linux", ip: "192.0.2.7" });
      expect(JSON.stringify(rows)).not.toMatch(/hash/i);
      expect(await listSessions(user, { current }, contextOf(db, days(8)))).toEqual([]);
    }));

  test("can be ended one by one, another's is not found and stays", () =>
    withRollback(async (db) => {
      const { user, admin, organizationId } = await makeWorld(db);
      const mine = await open(db, user.userId);
      const theirs = await open(db, admin.userId);
      const session_id = await idOf(db, mine);
      const foreign = await endSession(user, { session_id: await idOf(db, theirs) }, contextOf(db));
      expect(foreign).toEqual({ ok: false, refusal: { code: "not_found" } });
      expect(await readSession(db, theirs, NOW)).not.toBeNull();
      expect(await eventsOf(db, organizationId)).toHaveLength(2);
      expect(await endSession(user, { session_id }, contextOf(db))).toMatchObject({ ok: true });
      expect(await readSession(db, mine, NOW)).toBeNull();
      const [, , ...ended] = await eventsOf(db, organizationId);
      expect(ended).toEqual([{ action: "session.ended", by: user.memberId, of: session_id }]);
    }));

  test("end everywhere but here, or everywhere", () =>
    withRollback(async (db) => {
      const { user, admin, organizationId } = await makeWorld(db);
      const here = await open(db, user.userId);
      const others = [await open(db, user.userId), await open(db, user.userId)];
      const theirs = await open(db, admin.userId);
      const keep = await idOf(db, here);
      const otherIds = await Promise.all(others.map((token) => idOf(db, token)));
      expect(await endOtherSessions(user, { keep }, contextOf(db, minutes(1)))).toEqual({
        ok: true,
        value: { ended: 2 },
      });
      for (const token of others) expect(await readSession(db, token, NOW)).toBeNull();
      expect(await readSession(db, here, NOW)).not.toBeNull();
      const endings = async () => {
        const events = await eventsOf(db, organizationId);
        return events.filter(({ action }) => action !== "session.created");
      };
      const ending = (id: string) => ({ action: "session.ended", by: user.memberId, of: id });
      expect(await endings()).toHaveLength(2);
      expect(await endings()).toEqual(expect.arrayContaining(otherIds.map(ending)));
      await endOtherSessions(user, { keep: null }, contextOf(db, minutes(2)));
      expect(await readSession(db, here, NOW)).toBeNull();
      expect(await readSession(db, theirs, NOW)).not.toBeNull();
      expect((await endings()).slice(2)).toEqual([ending(keep)]);
    }));
});
