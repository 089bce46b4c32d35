import { and, asc, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Db } from "@/db/client";
import { apiLogins, auditEvents, members, passwords, refreshTokens, users } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { deactivateMember, reactivateMember } from "@/lib/members/switch-member";
import { days, hours, NOW } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { givePassword, PASSWORD } from "@/test/passwords";
import { contextOf, makeWorld } from "@/test/world";
import { clearOldLogins } from "./clear-old-logins";
import { endOtherSessions, endSession } from "./end-sessions";
import { listSessions } from "./list-sessions";
import { logIn } from "./log-in";
import { logOutByRefreshToken } from "./log-out";
import { LOGINS_AT_MOST, USED_KEPT } from "./login-life";
import { refreshLogin } from "./refresh-login";
import { ACCOUNT_ATTEMPTS } from "./sign-in-limits";

const INVALID = { ok: false, refusal: { code: "refresh_token_invalid" } };
const second = (n: number) => new Date(NOW.getTime() + n * 1000);

const withPassword = (db: Db, person: MemberActor) => givePassword(db, person, NOW);

const enter = (db: Db, { email }: MemberActor, more: { organization?: string; scope?: string[] } = {}, now = NOW) =>
  logIn({ email, password: PASSWORD, ...more }, { agent: "curl/8.5.0" }, contextOf(db, now));

async function entered(db: Db, member: MemberActor, scope?: string[], now = NOW) {
  const outcome = await enter(db, member, { scope }, now);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
}

const refresh = async (db: Db, token: string, now = NOW) =>
  (await refreshLogin({ refresh_token: token }, contextOf(db, now))).outcome;

async function refreshed(db: Db, token: string, now = NOW) {
  const outcome = await refresh(db, token, now);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
}

const loginsIn = (db: Db, organizationId: string) =>
  db.select().from(apiLogins).where(eq(apiLogins.organizationId, organizationId)).orderBy(asc(apiLogins.createdAt));

const eventsIn = async (db: Db, organizationId: string) =>
  (
    await db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.organizationId, organizationId))
      .orderBy(asc(auditEvents.id))
  ).filter(({ action }) => action.startsWith("session.api"));

/** Everything about logins that anybody can read later. */
const allThatIsKept = async (db: Db) =>
  JSON.stringify([
    await db.select().from(apiLogins),
    await db.select().from(refreshTokens),
    await db.select().from(auditEvents),
  ]);

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
      for (const scope of [["audit:read"], ["nothing:real"], ["tokens:read", "audit:read"]]) {
        const refused = await enter(db, user, { scope });
        expect(refused).toEqual({ ok: false, refusal: { code: "scope_exceeds_yours", field: "scope" } });
      }
      expect(await loginsIn(db, organizationId)).toEqual([]);
      const first = await entered(db, user, ["roles:read", "tokens:read"]);
      expect(first.access.scope).toBe("roles:read tokens:read");
      const next = await refreshed(db, first.refresh.plain.reveal());
      expect(next.access.scope).toBe("roles:read tokens:read");
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

describe("a refresh token", () => {
  test("is exchanged for the next pair, by what the member may do then", () =>
    withRollback(async (db) => {
      const { user, setRole, roleIds, organizationId } = await makeWorld(db);
      await withPassword(db, user);
      const first = await entered(db, user);
      await setRole(user, roleIds.viewer);
      const next = await refreshed(db, first.refresh.plain.reveal(), hours(20));
      expect(next.access.scope).toBe("organization:read roles:read tokens:read");
      expect(next.access.id).not.toBe(first.access.id);
      expect(next.refresh.plain.reveal()).not.toBe(first.refresh.plain.reveal());
      const [login, another] = await loginsIn(db, organizationId);
      expect(login).toMatchObject({ lastSeenAt: hours(20), expiresAt: hours(44), endedAt: null });
      expect(another).toBeUndefined();
    }));

  test("that comes a second time ends the login, once, with all of its tokens, and tells the log", () =>
    withRollback(async (db) => {
      const { user, organizationId } = await makeWorld(db);
      await withPassword(db, user);
      const other = await entered(db, user);
      const stolen = (await entered(db, user)).refresh.plain.reveal();
      const next = await refreshed(db, stolen, second(1));
      expect(await refreshLogin({ refresh_token: stolen }, contextOf(db, second(2)))).toEqual({
        outcome: INVALID,
        ended: true,
      });
      expect(await refreshLogin({ refresh_token: stolen }, contextOf(db, second(3)))).toEqual({
        outcome: INVALID,
        ended: false,
      });
      expect(await refresh(db, next.refresh.plain.reveal(), second(3))).toEqual(INVALID);
      const logins = await loginsIn(db, organizationId);
      expect(logins.map(({ endedBy }) => endedBy ?? "lives").sort()).toEqual(["lives", "reuse"]);
      expect(await refresh(db, other.refresh.plain.reveal(), second(3))).toMatchObject({ ok: true });
      const events = (await eventsIn(db, organizationId)).filter(({ action }) => action === "session.api_reused");
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({
        actorKind: "system",
        subjectKind: "member",
        subjectId: user.memberId,
        ip: "192.0.2.7",
      });
      expect(await allThatIsKept(db)).not.toContain(stolen);
    }));

  test("that fifty send at once gives at most one pair, and the login is over", async () => {
    const { db } = await freshDatabase();
    const { user, organizationId } = await makeWorld(db);
    await withPassword(db, user);
    const token = (await entered(db, user)).refresh.plain.reveal();
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(db, token, second(1))));
    expect(answers.filter(({ ok }) => ok).length).toBeLessThanOrEqual(1);
    expect(answers.filter(({ ok }) => !ok)).toEqual(expect.arrayContaining([INVALID]));
    const [login] = await loginsIn(db, organizationId);
    expect(login?.endedBy).toBe("reuse");
    const kept = await db.select().from(refreshTokens).where(eq(refreshTokens.organizationId, organizationId));
    expect(kept.length).toBeLessThanOrEqual(2);
    const events = await eventsIn(db, organizationId);
    expect(events.filter(({ action }) => action === "session.api_reused")).toHaveLength(1);
  });

  test("is over after 24 hours, and however often it is refreshed after 30 days", () =>
    withRollback(async (db) => {
      const { user } = await makeWorld(db);
      await withPassword(db, user);
      const one = (await entered(db, user)).refresh.plain.reveal();
      expect(await refresh(db, one, hours(24))).toEqual(INVALID);
      let { refresh: held } = await refreshed(db, one, new Date(hours(24).getTime() - 1));
      for (let day = 1.9; day < 30; day += 0.9) held = (await refreshed(db, held.plain.reveal(), days(day))).refresh;
      expect(held.expiresAt).toEqual(days(30));
      expect(await refresh(db, held.plain.reveal(), days(30))).toEqual(INVALID);
    }));

  test("of a member who was deactivated is refused, also once the member is active again", () =>
    withRollback(async (db) => {
      const { admin, user, organizationId } = await makeWorld(db);
      await withPassword(db, user);
      const token = (await entered(db, user)).refresh.plain.reveal();
      await deactivateMember(admin, { id: user.memberId }, contextOf(db));
      expect(await refresh(db, token, second(1))).toEqual(INVALID);
      await reactivateMember(admin, { id: user.memberId }, contextOf(db));
      expect(await refresh(db, token, second(2))).toEqual(INVALID);
      expect((await loginsIn(db, organizationId))[0]).toMatchObject({ endedBy: "deactivated" });
    }));

  test("is refused while the member is inactive or tokens are off, and once the password is another", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { user, organizationId } = world;
      await withPassword(db, user);
      const token = (await entered(db, user)).refresh.plain.reveal();
      await world.setTokensEnabled(false);
      expect(await refresh(db, token, second(1))).toEqual(INVALID);
      await world.setTokensEnabled(true);
      await world.deactivate(user);
      expect(await refresh(db, token, second(1))).toEqual(INVALID);
      const self = and(eq(members.organizationId, organizationId), eq(members.id, user.memberId));
      await db.update(members).set({ status: "active", deactivatedAt: null }).where(self);
      await db
        .update(passwords)
        .set({ updatedAt: second(1) })
        .where(eq(passwords.userId, user.userId));
      expect(await refresh(db, token, second(2))).toEqual(INVALID);
      // None of it was a use.
      await db
        .update(passwords)
        .set({ updatedAt: days(-1) })
        .where(eq(passwords.userId, user.userId));
      expect(await refresh(db, token, second(3))).toMatchObject({ ok: true });
    }));

  test("that never was one is refused in the same words, and ends nothing", () =>
    withRollback(async (db) => {
      const { user, addToken, organizationId } = await makeWorld(db);
      await withPassword(db, user);
      const { refresh: held, access } = await entered(db, user);
      const { secret } = await addToken(user);
      const real = held.plain.reveal();
      const forged = `${real.slice(0, -7)}${real.at(-7) === "a" ? "b" : "a"}${real.slice(-6)}`;
      for (const other of ["x", secret, forged, access.plain.reveal(), real.toUpperCase()]) {
        expect(await refresh(db, other, second(1))).toEqual(INVALID);
      }
      expect((await loginsIn(db, organizationId))[0]?.endedAt).toBeNull();
      expect(await refresh(db, real, second(1))).toMatchObject({ ok: true });
    }));

  test("leaves no more than so many used ones of a login behind it", () =>
    withRollback(async (db) => {
      const { user, organizationId } = await makeWorld(db);
      await withPassword(db, user);
      let token = (await entered(db, user)).refresh.plain.reveal();
      const oldest = token;
      for (let n = 1; n <= USED_KEPT + 5; n += 1)
        token = (await refreshed(db, token, second(n))).refresh.plain.reveal();
      const kept = await db.select().from(refreshTokens).where(eq(refreshTokens.organizationId, organizationId));
      expect(kept.length).toBe(USED_KEPT + 1);
      // One that is forgotten is unknown, and alarms nobody.
      expect(await refresh(db, oldest, second(200))).toEqual(INVALID);
      expect(await refresh(db, token, second(200))).toMatchObject({ ok: true });
    }));

  test("ends its login, used or not, where it is shown to sign out, and does nothing twice", () =>
    withRollback(async (db) => {
      const { user, organizationId } = await makeWorld(db);
      await withPassword(db, user);
      const first = (await entered(db, user)).refresh.plain.reveal();
      const next = (await refreshed(db, first, second(1))).refresh.plain.reveal();
      expect(await logOutByRefreshToken(first, contextOf(db, second(2)))).toMatchObject({ ok: true });
      expect(await refresh(db, next, second(3))).toEqual(INVALID);
      expect(await logOutByRefreshToken(next, contextOf(db, second(3)))).toEqual(INVALID);
      const actions = (await eventsIn(db, organizationId)).map(({ action }) => action);
      expect(actions).toEqual(["session.api_created", "session.api_ended"]);
    }));
});

describe("API logins among the sessions of a person", () => {
  test("are listed with program, address, organization and end, and nobody else's", () =>
    withRollback(async (db) => {
      const { user, admin } = await makeWorld(db);
      await withPassword(db, user);
      await withPassword(db, admin);
      const { organization } = await entered(db, user);
      await entered(db, admin);
      const rows = await listSessions(user, { current: undefined }, contextOf(db));
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({
        via: "api",
        device: "curl",
        kind: "program",
        ip: "192.0.2.7",
        organization: organization.name,
        expiresAt: hours(24),
        current: false,
      });
      expect(JSON.stringify(rows)).not.toMatch(/hash|scope/i);
      expect(await listSessions(user, { current: undefined }, contextOf(db, hours(24)))).toEqual([]);
    }));

  test("end one by one, or all with every other session; another's is not found and goes on", () =>
    withRollback(async (db) => {
      const { user, admin, organizationId } = await makeWorld(db);
      await withPassword(db, user);
      await withPassword(db, admin);
      const [one, two] = [await entered(db, user), await entered(db, user, undefined, second(1))];
      const theirs = await entered(db, admin, undefined, second(2));
      const [first, , foreign] = await loginsIn(db, organizationId);
      const ctx = contextOf(db, second(3));
      const notFound = { ok: false, refusal: { code: "not_found" } };
      expect(await endSession(user, { session_id: foreign!.id }, ctx)).toEqual(notFound);
      expect(await endSession(user, { session_id: first!.id }, ctx)).toEqual({ ok: true, value: { ended: 1 } });
      expect(await endSession(user, { session_id: first!.id }, ctx)).toEqual(notFound);
      expect(await refresh(db, one.refresh.plain.reveal(), second(4))).toEqual(INVALID);
      expect(await endOtherSessions(user, { keep: null }, ctx)).toEqual({ ok: true, value: { ended: 1 } });
      expect(await refresh(db, two.refresh.plain.reveal(), second(4))).toEqual(INVALID);
      expect(await refresh(db, theirs.refresh.plain.reveal(), second(4))).toMatchObject({ ok: true });
    }));

  test("are cleared away with their refresh tokens once they are over, and not before", () =>
    withRollback(async (db) => {
      const { user, organizationId } = await makeWorld(db);
      await withPassword(db, user);
      const token = (await entered(db, user)).refresh.plain.reveal();
      expect(await clearOldLogins({ db, now: new Date(hours(24).getTime() - 1) })).toEqual({
        logins: 0,
        refreshTokens: 0,
      });
      expect(await clearOldLogins({ db, now: hours(24) })).toEqual({ logins: 0, refreshTokens: 1 });
      expect(await refresh(db, token, hours(24))).toEqual(INVALID);
      expect(await clearOldLogins({ db, now: hours(48) })).toEqual({ logins: 1, refreshTokens: 0 });
      expect(await loginsIn(db, organizationId)).toEqual([]);
      expect(await eventsIn(db, organizationId)).toHaveLength(1);
    }));
});
