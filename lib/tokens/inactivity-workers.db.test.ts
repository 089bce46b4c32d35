import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, auditEvents, outbox } from "@/db/schema";
import { days, minutes, NOW } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { lookAt, markUsed, noticesOf, watchLongAgo } from "@/test/inactivity";
import { until } from "@/test/instance";
import { makeWorld, type World, type WorldOptions } from "@/test/world";
import { deleteInactiveTokens } from "./delete-inactive-tokens";

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

describe("several workers", () => {
  const many = async (db: Db, world: World, count: number) => {
    const { id } = await world.addToken(world.user, OLD);
    await db.execute(sql`
      insert into api_tokens (organization_id, id, kind, prefix, name, issuer_id, role_id, secret_hash, pepper_id, last_four,
        created_at, last_used_at)
      select organization_id, lpad(n::text, 12, '0'), kind, prefix, 'token ' || n,
        case when n % 2 = 0 then issuer_id else ${world.engineer.memberId} end, role_id, secret_hash, pepper_id, last_four,
        created_at, last_used_at - n * interval '1 second'
      from api_tokens, generate_series(1, ${count - 1}) n where id = ${id}`);
  };

  it("tell of each of 2,500 once, in one message a person, and delete each once", async () => {
    const { db } = await freshDatabase({ max: 6 });
    const world = await makeWorld(db, NINETY);
    await watchLongAgo(db, world);
    await many(db, world, 2500);
    const atOnce = async (now: Date) => {
      const all = await Promise.all([1, 2, 3].map(() => deleteInactiveTokens({ db, now })));
      return (name: string) => all.reduce((sum, counts) => sum + (counts[name] ?? 0), 0);
    };
    await lookAt(db, days(-1));
    expect(await db.$count(outbox)).toBe(0);
    // Some are due then, and the others within the day.
    const told = await atOnce(minutes(-10));
    expect([told("notices"), told("notifications"), told("mails")]).toEqual([2500, 3, 3]);
    await lookAt(db, days(6.99));
    const gone = await atOnce(settled(days(7)));
    expect(gone("deleted")).toBe(2500);
    expect(await db.$count(auditEvents, eq(auditEvents.action, "token.deleted"))).toBe(2500);
    expect(await db.$count(apiTokens, eq(apiTokens.state, "active"))).toBe(0);
  });

  it("and a run that is cut short leave nothing out: the next goes on, the most urgent first", () =>
    inWorld(NINETY, async (db, world) => {
      for (let n = 0; n < 9; n++) {
        await world.addToken(world.user, { name: `${n}`, createdAt: days(-300), lastUsedAt: days(-100 + n) });
      }
      expect(await lookAt(db, NOW, { limit: 4 })).toMatchObject({ notices: 4 });
      expect(Object.keys(await noticesOf(db, world))).toHaveLength(4);
      for (let run = 1; run <= 3; run++) await lookAt(db, minutes(10 * run));
      expect(await lookAt(db, settled(days(8)), { limit: 4 })).toMatchObject({ deleted: 4 });
      expect(await statesOf(db, world)).toEqual(
        Array.from({ length: 9 }, (_, n) => `${n} ${n < 4 ? "deleted" : "active"}`),
      );
      expect(await lookAt(db, settled(days(8)))).toMatchObject({ deleted: 5 });
      expect(await db.$count(auditEvents, eq(auditEvents.action, "token.deleted"))).toBe(9);
    }));

  it("delete nothing that is used at that very moment", async () => {
    const { db } = await freshDatabase({ max: 6 });
    const world = await makeWorld(db, NINETY);
    await watchLongAgo(db, world);
    const token = await world.addToken(world.user, { name: "used", ...OLD });
    await lookAt(db, NOW);
    let deleting: ReturnType<typeof lookAt> | undefined;
    await db.transaction(async (tx) => {
      await markUsed(tx, token, days(7));
      deleting = lookAt(db, settled(days(7)));
      await until(async () => {
        const waiting = await db.execute(
          sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return waiting.length > 0;
      });
    });
    expect(await deleting).toMatchObject({ deleted: 0, takenBack: 1 });
    expect(await statesOf(db, world)).toEqual(["used active"]);
    expect(await db.$count(auditEvents, eq(auditEvents.action, "token.deleted"))).toBe(0);
  });
});
