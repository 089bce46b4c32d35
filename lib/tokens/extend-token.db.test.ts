import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { apiTokens, auditEvents, notifications, revocationFeed } from "@/db/schema";
import { notifyExpiringTokens } from "@/lib/notices/notify-expiring-tokens";
import { days, hours } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { until } from "@/test/instance";
import { actingToken, contextOf, makeWorld, type WorldOptions } from "@/test/world";
import { extendToken } from "./extend-token";
import { isExtendable } from "./token-extension";

const LIMITED: WorldOptions = {
  policy: { expiry: "optional", expiryDays: 30, noticeDays: [7, 1], noticeAdministrators: false },
};

describe("extendToken", () => {
  it("moves the expiry and nothing else, with its event, and every instance hears of it", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, LIMITED);
      const { id } = await world.addToken(world.user, { name: "ci", expiresAt: days(3) });
      const [before] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
      await db.delete(revocationFeed);
      expect(await extendToken(world.user, { id, expires_at: days(20) }, contextOf(db))).toMatchObject({
        ok: true,
        value: { expiresAt: days(20) },
      });
      const [after] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
      expect(after).toEqual({ ...before, expiresAt: days(20), expirySetAt: days(0) });
      const events = await db.select().from(auditEvents).where(eq(auditEvents.subjectId, id));
      expect(events).toMatchObject([
        {
          action: "token.extended",
          details: { expires_at: { from: days(3).toISOString(), to: days(20).toISOString() } },
        },
      ]);
      expect(await db.select({ kind: revocationFeed.kind }).from(revocationFeed)).toEqual([{ kind: "token" }]);
    }));

  it.each([
    ["an earlier expiry", days(2), "expiry_not_later"],
    ["the same one", days(3), "expiry_not_later"],
    ["one in the past", days(-1), "expiry_in_past"],
    ["one further away than the policy allows", days(31), "expiry_too_far"],
    ["none, where the policy asks for one", null, "expiry_required"],
  ] as const)("refuses %s, and changes nothing", (_, wish, code) =>
    withRollback(async (db) => {
      const world = await makeWorld(db, LIMITED);
      const { id } = await world.addToken(world.user, { expiresAt: days(3) });
      expect(await extendToken(world.user, { id, expires_at: wish }, contextOf(db))).toMatchObject({
        refusal: { code },
      });
      const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
      expect(row).toMatchObject({ expiresAt: days(3), expirySetAt: null });
      expect(await db.$count(auditEvents, eq(auditEvents.subjectId, id))).toBe(0);
    }),
  );

  it("brings back nothing that is over, and lets no token live on by itself", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, LIMITED);
      const extend = (id: string) => extendToken(world.user, { id, expires_at: days(20) }, contextOf(db));
      const expired = await world.addToken(world.user, { expiresAt: days(0) });
      const deleted = await world.addToken(world.user, { expiresAt: days(9), deletedAt: days(-1) });
      const foreign = await world.addToken(world.engineer, { expiresAt: days(9) });
      expect(await extend(expired.id)).toMatchObject({ refusal: { code: "does_not_expire" } });
      expect(await extend(deleted.id)).toMatchObject({ refusal: { code: "already_deleted" } });
      expect(await extend(foreign.id)).toMatchObject({ refusal: { code: "not_found" } });
      const token = await world.addToken(world.user, { expiresAt: days(3) });
      const itself = await actingToken(db, world.user, token);
      expect(await extendToken(itself, { id: token.id, expires_at: days(20) }, contextOf(db))).toMatchObject({
        refusal: { code: "extension_not_yours" },
      });
      await world.setTokensEnabled(false);
      expect(await extend(token.id)).toMatchObject({ refusal: { code: "tokens_disabled" } });
    }));

  it.each([
    ["every token lives as long as the next", { expiry: "fixed", expiryDays: 180 } as const, days(100)],
    ["tokens have no expiry to choose", { expiry: "never", expiryDays: null } as const, null],
  ])("is refused where %s, and offered nowhere", (_, policy, wish) =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { policy });
      const { id } = await world.addToken(world.user, { expiresAt: days(3) });
      expect(await extendToken(world.user, { id, expires_at: wish }, contextOf(db))).toMatchObject({
        refusal: { code: "expiry_not_allowed" },
      });
      expect(isExtendable({ status: "active", expiresAt: days(3) }, policy)).toBe(false);
    }),
  );

  it("never takes back what a first use gave the token meanwhile", async () => {
    const { db, sql } = await freshDatabase();
    const world = await makeWorld(db, LIMITED);
    const { id } = await world.addToken(world.user, { expiresAt: days(3) });
    const extending = await sql.begin(async (tx) => {
      await tx`update api_tokens set expires_at = ${days(25).toISOString()} where id = ${id}`;
      const answer = extendToken(world.user, { id, expires_at: days(20) }, contextOf(db));
      await until(async () => {
        const [held] = await sql`
          select count(*)::int as waiting from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
        return held?.waiting > 0;
      });
      return { answer };
    });
    expect(await extending.answer).toMatchObject({ refusal: { code: "expiry_not_later" } });
    const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
    expect(row?.expiresAt).toEqual(days(25));
    expect(await db.$count(auditEvents, eq(auditEvents.action, "token.extended"))).toBe(0);
  });

  it("ends the notices of the old expiry; of the new one comes what still lies ahead", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, LIMITED);
      const { id } = await world.addToken(world.user, { expiresAt: hours(30) });
      await extendToken(world.user, { id, expires_at: days(5) }, contextOf(db));
      for (const at of [0.1, 1, 3.9]) await notifyExpiringTokens({ db, now: days(at) });
      expect(await db.$count(notifications)).toBe(0);
      await notifyExpiringTokens({ db, now: days(4) });
      expect(await db.$count(notifications)).toBe(1);
    }));

  it("of twenty at once leaves the latest, with one event for each that moved it", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db, LIMITED);
    const { id } = await world.addToken(world.user, { expiresAt: days(3) });
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, n) => extendToken(world.user, { id, expires_at: days(5 + n) }, contextOf(db))),
    );
    const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
    expect(row?.expiresAt).toEqual(days(24));
    expect(await db.$count(auditEvents, eq(auditEvents.action, "token.extended"))).toBe(
      outcomes.filter(({ ok }) => ok).length,
    );
  });
});
