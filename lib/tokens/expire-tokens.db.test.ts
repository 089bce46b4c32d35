import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { apiTokens, auditEvents, notifications, outbox, tokenUsage } from "@/db/schema";
import { JOBS } from "@/lib/jobs/job-list";
import { days, minutes, NOW } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { until } from "@/test/instance";
import { PUBLIC_URL } from "@/test/mail-rows";
import { contextOf, makeWorld } from "@/test/world";
import { expireTokens } from "./expire-tokens";
import { forgetTokens } from "./forget-tokens";
import { getToken } from "./get-token";
import { loadRules } from "./load-rules";
import { policyOf } from "./token-policy-input";
import { updatePolicy } from "./update-policy";

describe("at its expiry a token", () => {
  it("is marked as expired at the very instant, not before, and stays listed", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "role_scoped" });
      const { id } = await world.addToken(world.user, { expiresAt: NOW });
      const state = async () =>
        (
          await db
            .select({ state: apiTokens.state, deletedAt: apiTokens.deletedAt })
            .from(apiTokens)
            .where(eq(apiTokens.id, id))
        )[0];
      expect(await expireTokens({ db, now: new Date(NOW.getTime() - 1) })).toEqual({ expired: 0, deleted: 0 });
      expect(await state()).toEqual({ state: "active", deletedAt: null });
      expect(await expireTokens({ db, now: NOW })).toEqual({ expired: 1, deleted: 0 });
      expect(await state()).toEqual({ state: "expired", deletedAt: null });
      expect(await expireTokens({ db, now: days(1) })).toEqual({ expired: 0, deleted: 0 });
    }));

  it("is deleted where the policy deletes, used or not, with an event of the system and word to its issuer", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "single_rotating" });
      const { id } = await world.addToken(world.user, { name: "Mine", expiresAt: NOW, lastUsedAt: minutes(-1) });
      const other = await world.addToken(world.engineer, { expiresAt: days(1) });
      expect(await expireTokens({ db, now: minutes(3) })).toEqual({ expired: 0, deleted: 1 });
      const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
      expect(row).toMatchObject({ state: "deleted", deletedAt: minutes(3), deletedBy: null });
      const [left] = await db.select().from(apiTokens).where(eq(apiTokens.id, other.id));
      expect(left).toMatchObject({ state: "active", deletedAt: null });
      const events = await db
        .select()
        .from(auditEvents)
        .where(and(eq(auditEvents.organizationId, world.organizationId), eq(auditEvents.action, "token.deleted")));
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({
        actorKind: "system",
        subjectId: id,
        details: { name: "Mine", by_policy: "deleteExpired" },
      });
      expect(await db.select({ to: outbox.memberId, kind: outbox.content }).from(outbox)).toMatchObject([
        { to: world.user.memberId, kind: { kind: "token_deleted", by: null } },
      ]);
      expect(await db.$count(notifications)).toBe(1);
    }));

  it("turns into a tombstone by itself, by the job that runs every minute, and is listed as one", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "single_rotating" });
      const { id } = await world.addToken(world.user, { createdAt: days(-180), expiresAt: NOW });
      const statusAt = async (now: Date) => {
        const found = await getToken(world.user, id, contextOf(db, now));
        return found.ok && found.value.status;
      };
      const job = JOBS["expire-tokens"];
      expect(job.everyMinutes).toBe(1);
      const context = { db, mailer: null, publicUrl: PUBLIC_URL, tombstoneDays: 90 };
      await job.run({ ...context, now: new Date(NOW.getTime() - 1) });
      expect(await statusAt(new Date(NOW.getTime() - 1))).toBe("active");
      await job.run({ ...context, now: NOW });
      expect(await statusAt(NOW)).toBe("deleted");
    }));

  it("is touched by one of several workers, and of 2,500 none is left out", async () => {
    const { db } = await freshDatabase({ max: 6 });
    const world = await makeWorld(db, { preset: "single_rotating" });
    const { id } = await world.addToken(world.user, { expiresAt: NOW });
    const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
    const others = Array.from({ length: 2499 }, (_, at) => ({
      ...row!,
      id: `T${String(at).padStart(11, "0")}`,
      name: `token ${at}`,
    }));
    for (let at = 0; at < others.length; at += 1000) await db.insert(apiTokens).values(others.slice(at, at + 1000));
    const counts = await Promise.all([1, 2, 3].map(() => expireTokens({ db, now: NOW })));
    expect(counts.reduce((sum, { deleted }) => sum + deleted, 0)).toBe(2500);
    expect(await db.$count(auditEvents, eq(auditEvents.action, "token.deleted"))).toBe(2500);
    expect(await db.$count(apiTokens, eq(apiTokens.state, "active"))).toBe(0);
  });

  it.each([[true], [false]])(
    "is left alone by a worker whose clock is ahead of the database’s, deleted or not: %s",
    (deleteExpired) =>
      withRollback(async (db) => {
        const world = await makeWorld(db, { policy: { deleteExpired } });
        const ahead = new Date(Date.now() + 2 * 3_600_000);
        const { id } = await world.addToken(world.user, { expiresAt: new Date(ahead.getTime() - 3_600_000) });
        expect(await expireTokens({ db, now: ahead })).toEqual({ expired: 0, deleted: 0 });
        const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
        expect(row).toMatchObject({ state: "active", deletedAt: null });
      }),
  );

  it.each([[true], [false]])(
    "waits for a batch of uses, and never the batch for it as well; deleted: %s",
    async (deleteExpired) => {
      const { db } = await freshDatabase({ max: 4 });
      const world = await makeWorld(db, { policy: { deleteExpired } });
      const made = [await world.addToken(world.user), await world.addToken(world.user)].map(({ id }) => id).sort();
      const [first, second] = made as [string, string];
      // By their expiry they come the other way round.
      await db
        .update(apiTokens)
        .set({ expiresAt: minutes(-1) })
        .where(eq(apiTokens.id, first));
      await db
        .update(apiTokens)
        .set({ expiresAt: minutes(-2) })
        .where(eq(apiTokens.id, second));
      let expiring: ReturnType<typeof expireTokens> | undefined;
      await db.transaction(async (tx) => {
        const use = (id: string) =>
          tx
            .update(apiTokens)
            .set({ lastUsedAt: minutes(-3) })
            .where(eq(apiTokens.id, id));
        await use(first);
        expiring = expireTokens({ db, now: NOW });
        await until(async () => {
          const waiting = await db.execute(
            sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          );
          return waiting.length > 0;
        });
        await use(second);
      });
      expect(await expiring).toEqual(deleteExpired ? { expired: 0, deleted: 2 } : { expired: 2, deleted: 0 });
    },
  );

  it("is deleted with what expired before where the policy starts to delete, once", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "role_scoped" });
      await world.addToken(world.user, { expiresAt: NOW });
      await expireTokens({ db, now: NOW });
      const { policy } = await loadRules(db, world.organizationId);
      await updatePolicy(
        world.admin,
        { policy: { ...policyOf(policy), deleteExpired: true }, preset: policy.preset, version: policy.version },
        contextOf(db, minutes(1)),
      );
      expect(await expireTokens({ db, now: minutes(2) })).toEqual({ expired: 0, deleted: 0 });
      expect(await db.$count(auditEvents, eq(auditEvents.action, "token.deleted"))).toBe(1);
    }));
});

describe("a deleted token", () => {
  it("is removed after its time and not before, with the counts of its use; the log keeps what happened", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const old = await world.addToken(world.user, { name: "old", deletedAt: days(-90) });
      const young = await world.addToken(world.user, { deletedAt: new Date(days(-90).getTime() + 1) });
      const live = await world.addToken(world.user, { expiresAt: days(-400), createdAt: days(-500) });
      await db.insert(tokenUsage).values({
        organizationId: world.organizationId,
        tokenId: old.id,
        day: "2026-01-01",
        outcome: "allowed",
        calls: 1,
        byHour: Array(24).fill(0),
      });
      expect(await forgetTokens({ db, now: NOW, tombstoneDays: 90 })).toEqual({ forgotten: 1 });
      const left = await db
        .select({ id: apiTokens.id })
        .from(apiTokens)
        .where(eq(apiTokens.organizationId, world.organizationId));
      expect(left.map(({ id }) => id).sort()).toEqual([young.id, live.id].sort());
      expect(await db.$count(tokenUsage, eq(tokenUsage.tokenId, old.id))).toBe(0);
      const events = await db.select().from(auditEvents).where(eq(auditEvents.subjectId, old.id));
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({
        action: "token.forgotten",
        actorKind: "system",
        details: { name: "old", kept_days: 90 },
      });
    }));
});
