import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, inactivityWatches, jobRuns, notifications } from "@/db/schema";
import type { JobContext } from "@/lib/jobs/job";
import { JOBS, type JobName } from "@/lib/jobs/job-list";
import { runJob } from "@/lib/jobs/run-job";
import { notifyExpiringTokens } from "@/lib/notices/notify-expiring-tokens";
import type { TokenPolicy } from "@/lib/tokens/token-policy";
import { days, minutes, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { watchLongAgo } from "@/test/inactivity";
import { PUBLIC_URL } from "@/test/mail-rows";
import { makeWorld, type NewToken, type World } from "@/test/world";

/** From now on nobody of this organization can be told anything. */
async function breakNotices(db: Db, { organizationId }: World): Promise<void> {
  await db.execute(sql`
    create function cannot_be_told() returns trigger language plpgsql as
      $$ begin raise exception 'a row of % with its values', new.organization_id; end $$`);
  await db.execute(
    sql.raw(`create trigger cannot_be_told before insert on notifications for each row
      when (new.organization_id = '${organizationId}') execute function cannot_be_told()`),
  );
}

const run = (name: JobName, db: Db, now = NOW) =>
  runJob(
    name,
    JOBS[name],
    { db, now, mailer: null, publicUrl: PUBLIC_URL, tombstoneDays: 90 } satisfies JobContext,
    () => minutes(1),
  );

describe("an organization in which a job fails", () => {
  it.each([
    ["expire-tokens", { deleteExpired: true }, { expiresAt: NOW, createdAt: days(-60) }, { deleted: 1, expired: 0 }],
    [
      "notify-expiring-tokens",
      { noticeDays: [7], noticeAdministrators: false },
      { expiresAt: days(7), createdAt: days(-60) },
      { organizations: 1, notices: 1, notifications: 1 },
    ],
    [
      "delete-inactive-tokens",
      { inactiveDays: 30 },
      { expiresAt: null, createdAt: days(-90), lastUsedAt: days(-31) },
      { notices: 1 },
    ],
  ] satisfies [JobName, Partial<TokenPolicy>, NewToken, Record<string, number>][])(
    "keeps %s from no other, is counted, and has the job shown as failed",
    (name, rules, token, did) =>
      withRollback(async (db) => {
        // The one that fails comes first, by its older token or by its key.
        const policy = {
          deleteExpired: false,
          inactiveDays: null,
          noticeDays: [],
          noticeAdministrators: false,
          ...rules,
        };
        const [first, second] = [await makeWorld(db, { policy }), await makeWorld(db, { policy })];
        for (const world of [first, second]) {
          await watchLongAgo(db, world);
          await world.addToken(world.user, token);
        }
        await db.update(inactivityWatches).set({ lookedAt: minutes(-10) });
        await breakNotices(db, first);
        await expect(run(name, db)).rejects.toThrow("1 organizations failed");

        const toldIn = async ({ organizationId }: World) =>
          db.$count(notifications, eq(notifications.organizationId, organizationId));
        expect(await toldIn(first)).toBe(0);
        expect(await toldIn(second)).toBeGreaterThan(0);
        const [row] = await db.select().from(jobRuns);
        expect(row).toMatchObject({ name, failure: "P0001", failures: 1, succeededAt: null });
        expect(row?.counts).toMatchObject({ ...did, organizationsFailed: 1 });
        expect(row?.totals).toEqual(row?.counts);
        // Nothing half done is left where it failed.
        const rows = await db.select().from(apiTokens).where(eq(apiTokens.organizationId, first.organizationId));
        expect(rows.map(({ state }) => state)).toEqual(["active"]);
      }),
  );

  it("does not hide a database that is away, which ends the run at once", async () => {
    const asked: string[] = [];
    const away = Object.assign(new Error("away"), { code: "ECONNREFUSED" });
    const db = {
      execute: async () => {
        asked.push("execute");
        if (asked.length === 1) return [{ id: "a" }, { id: "b" }];
        throw away;
      },
      transaction: async () => {
        asked.push("transaction");
        throw away;
      },
    } as unknown as Db;
    await expect(notifyExpiringTokens({ db, now: NOW })).rejects.toBe(away);
    expect(asked).toEqual(["execute", "transaction", "execute"]);
  });
});
