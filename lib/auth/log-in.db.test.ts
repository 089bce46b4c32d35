import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { members, roles, users } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { LOGINS_AT_MOST } from "@/lib/logins/login-life";
import {
  allThatIsKept,
  enter,
  entered,
  eventsIn,
  INVALID,
  loginsIn,
  refresh,
  refreshed,
  second,
  withPassword,
} from "@/test/api-logins";
import { days, hours } from "@/test/clock";
import { withRollback } from "@/test/database";
import { PASSWORD } from "@/test/passwords";
import { contextOf, makeWorld } from "@/test/world";
import { logIn } from "./log-in";
import { ACCOUNT_ATTEMPTS } from "./sign-in-limits";

describe("a login to the API", () => {
  test("gives what the member may do, says so in the audit log, and keeps no secret", () =>
    withRollback(async (db) => {
      const { user, organizationId } = await makeWorld(db);
      await withPassword(db, user);
      const { access, refresh, organization } = await entered(db, user);
      expect(access.scope.split(" ").sort()).toEqual([...user.permissions].sort());
      expect(access.expiresIn).toBe(3600);
      expect(refresh.expiresAt).toEqual(hours(24));
      expect(organization).toMatchObject({ id: organizationId, slug: expect.stringMatching(/^world-/) });
      const [login] = await loginsIn(db, organizationId);
      expect(login).toMatchObject({
        memberId: user.memberId,
        ip: "192.0.2.7",
        agent: "curl/8.5.0",
        expiresAt: hours(24),
        endedAt: null,
      });
      const [event] = await eventsIn(db, organizationId);
      expect(event).toMatchObject({
        action: "session.api_created",
        actorMemberId: user.memberId,
        subjectId: login?.id,
      });
      const kept = await allThatIsKept(db);
      for (const secret of [PASSWORD, access.plain.reveal(), refresh.plain.reveal()])
        expect(kept).not.toContain(secret);
      expect(JSON.stringify({ access, refresh })).not.toMatch(/eyJ|_tmp_/);
    }));

  test("names the organizations of who is in several, to the right password alone, and opens nothing", () =>
    withRollback(async (db) => {
      const [one, other, third] = [await makeWorld(db), await makeWorld(db), await makeWorld(db)];
      await withPassword(db, one.user);
      const again = { userId: one.user.userId, roleId: other.roleIds.viewer, createdAt: days(-3) };
      const memberId = "01900000-0000-7000-8000-000000000001";
      await db.insert(members).values({ organizationId: other.organizationId, id: memberId, ...again });
      const slugs = [one, other].map(({ organizationId }) => organizationId);
      const asked = await enter(db, one.user);
      expect(asked).toMatchObject({ ok: false, refusal: { code: "organization_required", field: "organization" } });
      expect(asked.ok ? [] : asked.refusal.choices).toHaveLength(2);
      const wrong = await logIn({ email: one.user.email, password: "x" }, { agent: null }, contextOf(db));
      expect(wrong).toEqual({ ok: false, refusal: { code: "sign_in_failed" } });
      for (const name of ["nowhere", third.organizationId]) {
        expect(await enter(db, one.user, { organization: name })).toEqual({
          ok: false,
          refusal: { code: "organization_unknown", field: "organization" },
        });
      }
      expect((await Promise.all(slugs.map((id) => loginsIn(db, id)))).flat()).toEqual([]);
      const byId = await enter(db, one.user, { organization: other.organizationId });
      expect(byId).toMatchObject({ ok: true, value: { organization: { id: other.organizationId } } });
      const [, slug = ""] = asked.ok ? [] : (asked.refusal.choices ?? []);
      expect(await enter(db, one.user, { organization: slug.toUpperCase() })).toMatchObject({
        value: { organization: { slug } },
      });
      expect((await loginsIn(db, other.organizationId))[0]).toMatchObject({ memberId });
    }));

  test("refuses a deactivated member, an operator without an organization, and where tokens are switched off", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const host = { userId: "01900000-0000-7000-8000-000000000002", email: "host@example.com" } as MemberActor;
      await db.insert(users).values({ id: host.userId, name: "Host", email: host.email, isOperator: true });
      for (const person of [world.user, world.viewer, host]) await withPassword(db, person);
      await world.deactivate(world.user);
      for (const person of [world.user, host]) {
        expect(await enter(db, person)).toEqual({ ok: false, refusal: { code: "no_organization" } });
      }
      await world.setTokensEnabled(false);
      expect(await enter(db, world.viewer)).toEqual({ ok: false, refusal: { code: "tokens_disabled" } });
      expect(await loginsIn(db, world.organizationId)).toEqual([]);
    }));

  test("is limited as signing in is, with the same answer to a wrong password and an unknown account", () =>
    withRollback(async (db) => {
      const { user } = await makeWorld(db);
      await withPassword(db, user);
      const guess = (email: string) => logIn({ email, password: "wrong" }, { agent: null }, contextOf(db));
      expect(await guess("nobody@example.com")).toEqual(await guess(user.email));
      for (let n = 1; n < ACCOUNT_ATTEMPTS; n += 1) await guess(user.email);
      expect(await enter(db, user)).toMatchObject({ ok: false, refusal: { code: "too_many_attempts" } });
    }));

  test("may be narrowed, stays so through every refresh, and asks for no more than the member has", () =>
    withRollback(async (db) => {
      const { user, organizationId } = await makeWorld(db);
      await withPassword(db, user);
      const wishes: [string[], string][] = [
        [["audit:read"], "You may not do audit:read."],
        [["nothing:real"], "You may not do nothing:real."],
        [["audit:read", "roles:manage", "tokens:read"], "You may not do audit:read, roles:manage."],
      ];
      for (const [scope, detail] of wishes) {
        const refused = await enter(db, user, { scope });
        expect(refused).toEqual({ ok: false, refusal: { code: "scope_exceeds_yours", field: "scope", detail } });
      }
      expect(await loginsIn(db, organizationId)).toEqual([]);
      const first = await entered(db, user, ["roles:read", "tokens:read"]);
      expect(first.access.scope).toBe("roles:read tokens:read");
      const next = await refreshed(db, first.refresh.plain.reveal());
      expect(next.access.scope).toBe("roles:read tokens:read");
    }));

  test("is refused where the access token would be longer than any server takes, and so is its refresh, which uses nothing up", () =>
    withRollback(async (db) => {
      const { user, organizationId, roleIds } = await makeWorld(db);
      await withPassword(db, user);
      const first = await entered(db, user);
      const long = Array.from(
        { length: 90 },
        (_, n) => `${"r".repeat(39)}:${String(n).padStart(2, "x").padEnd(30, "y")}`,
      );
      const raised = { permissions: [...user.permissions, ...long] };
      await db.update(roles).set(raised).where(eq(roles.id, roleIds.user));
      const TOO_LONG = { ok: false, refusal: { code: "scope_too_long", field: "scope" } };
      expect(await enter(db, user)).toEqual(TOO_LONG);
      expect(await refresh(db, first.refresh.plain.reveal())).toEqual(TOO_LONG);
      expect(await loginsIn(db, organizationId)).toHaveLength(1);
      expect((await entered(db, user, ["tokens:read"])).access.scope).toBe("tokens:read");
      await db
        .update(roles)
        .set({ permissions: [...user.permissions] })
        .where(eq(roles.id, roleIds.user));
      expect(await refresh(db, first.refresh.plain.reveal())).toMatchObject({ ok: true });
    }));

  test("that a right password did not lead to is an event wherever its owner is a member, and a wrong one is none", () =>
    withRollback(async (db) => {
      const [one, other] = [await makeWorld(db), await makeWorld(db)];
      await withPassword(db, one.user);
      const again = { userId: one.user.userId, roleId: other.roleIds.viewer, createdAt: days(-3) };
      const memberId = "01900000-0000-7000-8000-000000000003";
      await db.insert(members).values({ organizationId: other.organizationId, id: memberId, ...again });
      await logIn({ email: one.user.email, password: "wrong" }, { agent: null }, contextOf(db));
      for (const { organizationId } of [one, other]) expect(await eventsIn(db, organizationId)).toEqual([]);
      expect(await enter(db, one.user, { organization: "x" })).toMatchObject({ ok: false });
      const refused = { action: "session.api_refused", actorKind: "member", ip: "192.0.2.7" };
      expect(await eventsIn(db, one.organizationId)).toMatchObject([
        { ...refused, actorMemberId: one.user.memberId, details: { reason: "organization_unknown" } },
      ]);
      expect(await eventsIn(db, other.organizationId)).toMatchObject([{ ...refused, actorMemberId: memberId }]);
      await enter(db, one.user, { organization: one.organizationId, scope: ["audit:read"] });
      await one.setTokensEnabled(false);
      await enter(db, one.user, { organization: one.organizationId });
      expect((await eventsIn(db, one.organizationId)).slice(1)).toMatchObject([
        { ...refused, details: { reason: "scope_exceeds_yours" } },
        { ...refused, details: { reason: "tokens_disabled" } },
      ]);
      expect(await eventsIn(db, other.organizationId)).toHaveLength(1);
    }));

  test("takes the place of the member's oldest beyond fifty, and of nobody else's", () =>
    withRollback(async (db) => {
      const { user, viewer, organizationId } = await makeWorld(db);
      await withPassword(db, user);
      await withPassword(db, viewer);
      const theirs = await entered(db, viewer, undefined, days(-0.5));
      const tokens: string[] = [];
      for (let n = 0; n <= LOGINS_AT_MOST; n += 1) {
        tokens.push((await entered(db, user, undefined, second(n))).refresh.plain.reveal());
      }
      const all = await loginsIn(db, organizationId);
      const own = all.filter(({ memberId }) => memberId === user.memberId);
      expect(own.map(({ endedBy }) => endedBy)).toEqual(["limit", ...Array(LOGINS_AT_MOST).fill(null)]);
      expect(await refresh(db, tokens[0]!, second(60))).toEqual(INVALID);
      expect(await refresh(db, tokens[1]!, second(60))).toMatchObject({ ok: true });
      expect(await refresh(db, theirs.refresh.plain.reveal(), second(60))).toMatchObject({ ok: true });
    }));
});
