import { describe, expect, test } from "vitest";
import { clearOldLogins } from "@/lib/logins/clear-old-logins";
import { entered, eventsIn, INVALID, loginsIn, refresh, second, withPassword } from "@/test/api-logins";
import { hours } from "@/test/clock";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { endOtherSessions, endSession } from "./end-sessions";
import { listSessions } from "./list-sessions";

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

  test("are cleared away chunk by chunk while there are more, the oldest first, or until the time is up", () =>
    withRollback(async (db) => {
      const { user, organizationId } = await makeWorld(db);
      await withPassword(db, user);
      for (let n = 0; n < 7; n++) await entered(db, user, undefined, second(n));
      const [oldest, ...others] = (await loginsIn(db, organizationId)).map(({ id }) => id);
      const now = hours(72);
      expect(await clearOldLogins({ db, now }, { chunk: 1, goesOn: () => false })).toEqual({
        logins: 1,
        refreshTokens: 1,
      });
      const left = (await loginsIn(db, organizationId)).map(({ id }) => id);
      expect(left.sort()).toEqual(others.sort());
      expect(left).not.toContain(oldest);
      expect(await clearOldLogins({ db, now }, { chunk: 2 })).toEqual({ logins: 6, refreshTokens: 6 });
      expect(await loginsIn(db, organizationId)).toEqual([]);
    }));
});
