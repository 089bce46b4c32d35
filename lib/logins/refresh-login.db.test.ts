import { and, eq } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { members, passwords, refreshTokens } from "@/db/schema";
import { deactivateMember, reactivateMember } from "@/lib/members/switch-member";
import {
  allThatIsKept,
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
import { freshDatabase, withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { logOutByRefreshToken } from "./log-out";
import { REFRESHES_A_DAY } from "./login-life";

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
      expect(await refresh(db, stolen, second(2))).toEqual({ ...INVALID, endedLogin: true });
      expect(await refresh(db, stolen, second(3))).toEqual(INVALID);
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
    expect(answers.filter(({ ok }) => !ok)).toContainEqual({ ...INVALID, endedLogin: true });
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

  test("is used so many times a day at most, and one too many waits unused until the oldest is over", () =>
    withRollback(async (db) => {
      const { user, organizationId } = await makeWorld(db);
      await withPassword(db, user);
      let token = (await entered(db, user)).refresh.plain.reveal();
      for (let n = 1; n <= REFRESHES_A_DAY; n += 1)
        token = (await refreshed(db, token, second(n))).refresh.plain.reveal();
      const before = await allThatIsKept(db);
      // The first is over 24 hours after it was given.
      const tooMany = (retryAfterSeconds: number) => ({
        ok: false,
        refusal: { code: "too_many_refreshes", retryAfterSeconds },
      });
      expect(await refresh(db, token, second(200))).toEqual(tooMany(24 * 3600 - 200));
      expect(await refresh(db, token, new Date(hours(24).getTime() - 1))).toEqual(tooMany(1));
      expect(await allThatIsKept(db)).toBe(before);
      const kept = await db.select().from(refreshTokens).where(eq(refreshTokens.organizationId, organizationId));
      expect(kept.length).toBe(REFRESHES_A_DAY + 1);
      token = (await refreshed(db, token, hours(24))).refresh.plain.reveal();
      // The next of them is over a second later.
      expect(await refresh(db, token, hours(24))).toEqual(tooMany(1));
    }));

  test("of the owner still ends the login after a thief refreshed as often as can be", () =>
    withRollback(async (db) => {
      const { user, organizationId } = await makeWorld(db);
      await withPassword(db, user);
      const owners = (await entered(db, user)).refresh.plain.reveal();
      let stolen = owners;
      for (let n = 1; n <= REFRESHES_A_DAY + 5; n += 1) {
        const next = await refresh(db, stolen, second(n));
        if (next.ok) stolen = next.value.refresh.plain.reveal();
      }
      expect(await refresh(db, owners, second(200))).toEqual({ ...INVALID, endedLogin: true });
      expect(await refresh(db, stolen, hours(24))).toEqual(INVALID);
      expect((await loginsIn(db, organizationId))[0]).toMatchObject({ endedBy: "reuse" });
    }));

  test("of a login that was ended costs one read, whether it was used or not", () =>
    withRollback(async (db) => {
      const { user } = await makeWorld(db);
      await withPassword(db, user);
      const used = (await entered(db, user)).refresh.plain.reveal();
      const next = (await refreshed(db, used, second(1))).refresh.plain.reveal();
      await logOutByRefreshToken(next, contextOf(db, second(2)));
      const transaction = vi.spyOn(db, "transaction");
      for (const token of [used, next]) expect(await refresh(db, token, second(3))).toEqual(INVALID);
      expect(transaction).not.toHaveBeenCalled();
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
