import { and, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, auditEvents, inactivityWatches, tokenCallers, tokenPolicies } from "@/db/schema";
import { days, hours, minutes, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { lookAt, markUsed, noticesOf, watchLongAgo } from "@/test/inactivity";
import { contextOf, makeWorld, type World, type WorldOptions } from "@/test/world";
import { deleteInactiveTokens } from "./delete-inactive-tokens";
import { getToken } from "./get-token";
import { loadRules } from "./load-rules";
import { decideInactivity } from "./token-inactivity";
import { policyOf } from "./token-policy-input";
import { tokenStatus } from "./token-status";
import { updatePolicy } from "./update-policy";

const NINETY: WorldOptions = { preset: "role_scoped", policy: { inactiveDays: 90 } };
const OLD = { createdAt: days(-300), lastUsedAt: days(-90) };
/** A deletion waits until uses from before its moment are written. */
const settled = (at: Date) => new Date(at.getTime() + 5 * 60_000);

const inWorld = (options: WorldOptions, run: (db: Db, world: World) => Promise<void>) =>
  withRollback(async (db) => {
    const world = await makeWorld(db, options);
    await watchLongAgo(db, world);
    await run(db, world);
  });

const statesOf = async (db: Db, world: World) =>
  (
    await db
      .select({ name: apiTokens.name, state: apiTokens.state })
      .from(apiTokens)
      .where(eq(apiTokens.organizationId, world.organizationId))
      .orderBy(apiTokens.name)
  ).map(({ name, state }) => `${name} ${state}`);

const setPolicy = (db: Db, world: World, values: Partial<typeof tokenPolicies.$inferInsert>) =>
  db.update(tokenPolicies).set(values).where(eq(tokenPolicies.organizationId, world.organizationId));

/** As an administrator saves it. */
async function save(db: Db, world: World, inactiveDays: number | null, now: Date) {
  const { policy } = await loadRules(db, world.organizationId);
  const { preset, version } = policy;
  const input = { policy: { ...policyOf(policy), inactiveDays }, preset, version };
  expect(await updatePolicy(world.admin, input, contextOf(db, now))).toMatchObject({ ok: true });
}

describe("a token that nobody uses", () => {
  it("is told of first, and a week later becomes a tombstone, with an event of the system that says why", () =>
    inWorld(NINETY, async (db, world) => {
      const { id } = await world.addToken(world.user, { name: "unused", ...OLD });
      await world.addToken(world.user, { name: "used", createdAt: days(-300), lastUsedAt: days(-1) });
      expect(await lookAt(db, new Date(NOW.getTime() - 1))).toMatchObject({ notices: 0, deleted: 0 });
      expect(await lookAt(db, NOW)).toMatchObject({ notices: 1, deleted: 0 });
      expect(await noticesOf(db, world)).toEqual({ [id]: days(7) });
      for (const now of [NOW, hours(1), days(6.9), days(7)]) {
        expect(await lookAt(db, now)).toMatchObject({ deleted: 0, takenBack: 0 });
      }
      expect(await statesOf(db, world)).toEqual(["unused active", "used active"]);
      const [{ before }] = (await db.execute(sql`select count(*)::int as before from revocation_feed`)) as unknown as [
        { before: number },
      ];
      expect(await lookAt(db, settled(days(7)))).toMatchObject({ deleted: 1 });
      expect(await lookAt(db, settled(days(7)))).toMatchObject({ deleted: 0, notices: 0 });
      const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
      expect(row).toMatchObject({ state: "deleted", deletedAt: settled(days(7)), deletedBy: null });
      const events = await db
        .select()
        .from(auditEvents)
        .where(and(eq(auditEvents.organizationId, world.organizationId), eq(auditEvents.action, "token.deleted")));
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({
        actorKind: "system",
        actorMemberId: null,
        subjectId: id,
        details: {
          name: "unused",
          by_policy: "inactiveDays",
          inactive_days: 90,
          last_used_at: days(-90).toISOString(),
          noticed_at: NOW.toISOString(),
        },
      });
      const feed = await db.execute<{ kind: string; subject_id: string }>(
        sql`select kind, subject_id from revocation_feed order by sequence offset ${before}`,
      );
      expect([...feed]).toEqual([{ kind: "token_deleted", subject_id: id }]);
      expect(await statesOf(db, world)).toEqual(["unused deleted", "used active"]);
      expect(await noticesOf(db, world)).toEqual({});
    }));

  it("is never deleted at once, however long it lies there when the rule is switched on", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await world.addToken(world.user, { name: "long ago", createdAt: days(-2000), lastUsedAt: days(-1900) });
      const never = await world.addToken(world.user, { name: "never", createdAt: days(-2000) });
      await save(db, world, 90, NOW);
      for (const now of [minutes(10), days(7)]) expect(await lookAt(db, now)).toMatchObject({ deleted: 0 });
      expect(await lookAt(db, settled(days(7.1)))).toMatchObject({ deleted: 1 });
      expect(await statesOf(db, world)).toEqual(["long ago deleted", "never active"]);
      // One that was never used has its days from the switching on.
      expect(await lookAt(db, new Date(days(90).getTime() - 1))).toMatchObject({ notices: 0 });
      expect(await lookAt(db, days(90))).toMatchObject({ notices: 1 });
      expect(await noticesOf(db, world)).toEqual({ [never.id]: days(97) });
    }));

  it("is kept by a use, and told of anew once it lies unused again", () =>
    inWorld(NINETY, async (db, world) => {
      const token = await world.addToken(world.user, { name: "kept", ...OLD });
      await lookAt(db, NOW);
      await markUsed(db, token, days(6.9));
      expect(await lookAt(db, settled(days(7)))).toMatchObject({ deleted: 0, takenBack: 1 });
      expect(await noticesOf(db, world)).toEqual({});
      expect(await lookAt(db, days(96.9))).toMatchObject({ notices: 1 });
      expect(await noticesOf(db, world)).toEqual({ [token.id]: days(103.9) });
      expect(await statesOf(db, world)).toEqual(["kept active"]);
    }));

  it("is kept by a call whose address was written where its last use was not yet", () =>
    inWorld(NINETY, async (db, world) => {
      const { id } = await world.addToken(world.user, { name: "kept", ...OLD });
      await lookAt(db, NOW);
      const call = { ip: "192.0.2.9", agent: null, calls: 1, firstAt: days(7), lastAt: days(7) };
      await db.insert(tokenCallers).values({ organizationId: world.organizationId, tokenId: id, ...call });
      expect(await lookAt(db, settled(days(7)))).toMatchObject({ deleted: 0, takenBack: 1 });
      expect(await statesOf(db, world)).toEqual(["kept active"]);
    }));

  it.each<[string, (db: Db, world: World, token: { id: string }) => Promise<unknown>]>([
    ["its issuer is deactivated", (_, world) => world.deactivate(world.user)],
    ["tokens are switched off", (_, world) => world.setTokensEnabled(false)],
    [
      "it ends before",
      (db, _, { id }) =>
        db
          .update(apiTokens)
          .set({ expiresAt: days(7) })
          .where(eq(apiTokens.id, id)),
    ],
    ["the policy asks for more days", (db, world) => setPolicy(db, world, { inactiveDays: 91 })],
  ])("is not deleted, nor told of, where %s", async (_, happen) => {
    await inWorld(NINETY, async (db, world) => {
      const token = await world.addToken(world.user, OLD);
      await happen(db, world, token);
      expect(await lookAt(db, NOW)).toMatchObject({ notices: 0, deleted: 0 });
    });
    await inWorld(NINETY, async (db, world) => {
      const token = await world.addToken(world.user, OLD);
      await lookAt(db, NOW);
      await happen(db, world, token);
      expect(await lookAt(db, settled(days(7)))).toMatchObject({ deleted: 0, takenBack: 1 });
      expect(await db.$count(apiTokens, eq(apiTokens.state, "deleted"))).toBe(0);
    });
  });

  it("has the whole period again where nobody could use it for a while", () =>
    inWorld(NINETY, async (db, world) => {
      const { id } = await world.addToken(world.user, OLD);
      await lookAt(db, NOW);
      await world.setTokensEnabled(false);
      await lookAt(db, days(3));
      await world.setTokensEnabled(true);
      expect(await lookAt(db, days(6))).toMatchObject({ notices: 1 });
      expect(await noticesOf(db, world)).toEqual({ [id]: days(13) });
    }));

  it("loses every notice at the moment at which the rule is switched off, and not before a new one when it is on again", () =>
    inWorld(NINETY, async (db, world) => {
      const token = await world.addToken(world.user, OLD);
      await lookAt(db, NOW);
      await save(db, world, null, days(6));
      expect(await noticesOf(db, world)).toEqual({});
      expect(await lookAt(db, days(8))).toMatchObject({ notices: 0, deleted: 0 });
      await save(db, world, 90, days(9));
      expect(await lookAt(db, settled(days(9)))).toMatchObject({ notices: 1, deleted: 0 });
      expect(await noticesOf(db, world)).toEqual({ [token.id]: settled(days(16)) });
    }));

  it("is looked at by the rule of its own organization alone", () =>
    inWorld(NINETY, async (db, world) => {
      const other = await makeWorld(db);
      await other.addToken(other.user, { name: "elsewhere", ...OLD });
      await world.addToken(world.user, { name: "here", ...OLD });
      await lookAt(db, NOW);
      await lookAt(db, settled(days(7)));
      expect(await statesOf(db, world)).toEqual(["here deleted"]);
      expect(await statesOf(db, other)).toEqual(["elsewhere active"]);
    }));

  it("says on its page and in the API when it will be deleted, and no more from the use on, before anybody looked", () =>
    inWorld(NINETY, async (db, world) => {
      const token = await world.addToken(world.user, OLD);
      const shown = async (now: Date) => {
        const found = await getToken(world.user, token.id, contextOf(db, now));
        return found.ok && found.value.deletionAt;
      };
      expect(await shown(NOW)).toBeNull();
      await lookAt(db, NOW);
      expect(await shown(minutes(1))).toEqual(days(7));
      await markUsed(db, token, minutes(2));
      expect(await shown(minutes(3))).toBeNull();
    }));
});

describe("while everything was switched off", () => {
  it("for three days, no time goes by: a deletion comes three days later, and is not made up for at once", () =>
    inWorld(NINETY, async (db, world) => {
      const { id } = await world.addToken(world.user, OLD);
      await lookAt(db, NOW);
      await lookAt(db, days(5));
      expect(await deleteInactiveTokens({ db, now: days(8) })).toMatchObject({ deleted: 0 });
      expect(await noticesOf(db, world)).toEqual({ [id]: days(10) });
      expect(await lookAt(db, days(10))).toMatchObject({ deleted: 0 });
      expect(await lookAt(db, settled(days(10)))).toMatchObject({ deleted: 1 });
    }));

  it("across the end of summer time, a deletion comes later by the hours that went by, wherever the database is", () =>
    inWorld(NINETY, async (db, world) => {
      await db.execute(sql`set local time zone 'Europe/Berlin'`);
      const at = (time: string) => new Date(`2026-10-${time}:00+02:00`);
      const { id } = await world.addToken(world.user, { createdAt: days(-30), lastUsedAt: days(30) });
      await lookAt(db, at("22T12:00"));
      await lookAt(db, at("23T12:00"));
      await deleteInactiveTokens({ db, now: at("26T12:00") });
      // Ten days of 24 hours after the notice: its clocks say eleven then.
      expect(await noticesOf(db, world)).toEqual({ [id]: new Date("2026-11-01T11:00:00+01:00") });
    }));

  it("right after the notice and for longer than its whole period, a use afterwards still keeps the token", () =>
    inWorld({ policy: { inactiveDays: 3 } }, async (db, world) => {
      const token = await world.addToken(world.user, { createdAt: days(-30), lastUsedAt: days(-3) });
      await lookAt(db, NOW);
      expect(await deleteInactiveTokens({ db, now: days(3.5) })).toMatchObject({ deleted: 0 });
      await markUsed(db, token, days(4));
      expect(await lookAt(db, days(6.6))).toMatchObject({ deleted: 0, takenBack: 1 });
      expect(await db.$count(apiTokens, eq(apiTokens.state, "deleted"))).toBe(0);
    }));
});

it("tells in SQL of exactly those tokens of which the pure rule tells", { timeout: 60_000 }, () =>
  withRollback(async (db) => {
    class Undone extends Error {}
    const around = [-91, -90, -89, -88.9, -30, 0.5];
    const instant = fc.constantFrom(...around.map(days), new Date(days(-90).getTime() + 1));
    const wish = fc.record({
      createdAt: fc.constantFrom(days(-400), days(-95), days(-90), days(-89.5), days(-1)),
      lastUsedAt: fc.option(instant),
      expiresAt: fc.option(fc.constantFrom(NOW, days(6.9), days(7), days(7.5), days(8), days(200))),
      issuer: fc.constantFrom("user", "engineer"),
      isDeleted: fc.boolean(),
    });
    const draw = fc.tuple(fc.array(wish, { maxLength: 12 }), fc.constantFrom(days(-400), days(-89.5), days(-2)));
    await fc.assert(
      fc.asyncProperty(draw, async ([wishes, since]) => {
        const one = db.transaction(async (tx) => {
          const world = await makeWorld(tx, NINETY);
          await tx
            .insert(inactivityWatches)
            .values({ organizationId: world.organizationId, since, lookedAt: minutes(-10) });
          await world.deactivate(world.engineer);
          const expected = new Map<string, { dueAt: Date; early: boolean }>();
          for (const { issuer, isDeleted, ...facts } of wishes) {
            const by = issuer === "user" ? world.user : world.engineer;
            const { id } = await world.addToken(by, { ...facts, ...(isDeleted ? { deletedAt: days(-1) } : {}) });
            const judged =
              issuer === "user" && tokenStatus({ ...facts, deletedAt: isDeleted ? NOW : null }, NOW) === "active";
            const step = decideInactivity({ ...facts, judged }, null, { inactiveDays: 90, since }, NOW);
            if (step.kind === "tell") expected.set(id, { dueAt: step.notice.dueAt, early: step.early });
          }
          await deleteInactiveTokens({ db: tx, now: NOW });
          const goesOut = [...expected.values()].some(({ early }) => !early);
          expect(await noticesOf(tx, world)).toEqual(
            goesOut ? Object.fromEntries([...expected].map(([id, { dueAt }]) => [id, dueAt])) : {},
          );
          throw new Undone();
        });
        await one.catch((error: unknown) => {
          if (!(error instanceof Undone)) throw error;
        });
      }),
      { numRuns: 60 },
    );
  }),
);

it("goes on with the next organization where one has nothing to do", () =>
  inWorld(NINETY, async (db, world) => {
    const other = await makeWorld(db, NINETY);
    await other.addToken(other.user, { ...OLD, name: "second" });
    await world.addToken(world.user, { ...OLD, lastUsedAt: days(-1), name: "first" });
    expect(await lookAt(db, NOW)).toMatchObject({ notices: 1 });
    expect(Object.keys(await noticesOf(db, other))).toHaveLength(1);
  }));
