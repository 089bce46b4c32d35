import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, expiryNotices, notifications, outbox } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { days, NOW } from "@/test/clock";
import { freshDatabase } from "@/test/database";
import { startSmtpServer } from "@/test/mail-servers";
import type { Notifying } from "@/test/notifying-process";
import { makeWorld, type World } from "@/test/world";

const SCRIPT = fileURLToPath(new URL("../../test/notifying-process.ts", import.meta.url));
const TOKENS = 10_000;
const KILLS = 50;

/** Tokens that all expire on one day, each in its own second or so, in turns of these issuers. */
async function addTokens(db: Db, world: World, issuers: readonly MemberActor[]) {
  await db.execute(sql`
    insert into ${apiTokens} (organization_id, id, kind, prefix, name, issuer_id, role_id, secret_hash, pepper_id, last_four,
      created_at, expires_at)
    select ${world.organizationId}, 'T' || lpad(n::text, 11, '0'), 'pat', 'lk', 'token ' || n,
      (${sql.param(issuers.map(({ memberId }) => memberId))}::uuid[])[1 + n % ${issuers.length}], null, sha256(n::text::bytea), 'p', '0000',
      ${days(-60).toISOString()}, ${days(7).toISOString()}::timestamptz + n * interval '8 seconds'
    from generate_series(0, ${TOKENS - 1}) n`);
}

interface Round {
  work: Omit<Notifying, "now">;
  now: Date;
}

async function start(): Promise<ChildProcess> {
  const child = fork(SCRIPT, { execArgv: ["--import", "tsx"] });
  await once(child, "message");
  return child;
}

/** Two workers at once, each of which ends when it is done or when `kill` says so. */
async function twoWorkers({ work, now }: Round, kill?: (child: ChildProcess, which: number) => void): Promise<void> {
  const children = await Promise.all([start(), start()]);
  await Promise.all(
    children.map(async (child, which) => {
      const left = once(child, "exit");
      kill?.(child, which);
      child.send({ ...work, now: now.toISOString() } satisfies Notifying);
      await left;
    }),
  );
}

describe("10,000 tokens that expire on one day", () => {
  it("give each receiver one message for each threshold, across two workers that are killed fifty times", async () => {
    const { db, url } = await freshDatabase({ max: 6 });
    const world = await makeWorld(db, { policy: { noticeDays: [7, 1], noticeAdministrators: true } });
    const issuers = await Promise.all(Array.from({ length: 30 }, () => world.addMember()));
    const other = await world.addMember({ role: "administrator" });
    await addTokens(db, world, issuers);
    const server = await startSmtpServer();
    const work = { url, smtpUrl: server.url };

    let killed = 0;
    let clock = NOW.getTime();
    const nextMinutes = () => {
      clock += 10 * 60_000;
      return new Date(clock);
    };
    while (killed < KILLS) {
      const hunted = new Set<ChildProcess>();
      // Between the message and the word that it was taken; and while tokens are looked for.
      server.state.mood = () => {
        for (const child of hunted) child.kill("SIGKILL");
        killed += hunted.size;
        hunted.clear();
        return "take";
      };
      await twoWorkers({ work, now: nextMinutes() }, (child, which) => {
        if (which === 0) hunted.add(child);
        child.on("message", (said) => {
          if (said === "begins" && which === 1 && child.kill("SIGKILL")) killed += 1;
          // Done without sending anything: nothing was left to kill it at.
          if (said === "done" && hunted.delete(child)) killed += 1;
        });
      });
    }
    server.state.mood = "take";
    const finish = async () => {
      for (let round = 0; round < 2; round += 1) await twoWorkers({ work, now: nextMinutes() });
    };
    await finish();
    const seven = new Set(server.taken.map(({ headers }) => headers["message-id"]));
    const receivers = 30 + 2;
    expect(seven.size).toBe(receivers);

    clock = days(6).getTime();
    await finish();
    const all = new Set(server.taken.map(({ headers }) => headers["message-id"]));
    expect(all.size).toBe(2 * receivers);
    const byReceiver = new Map<string, Set<string>>();
    for (const { to, headers } of server.taken) {
      const ids = byReceiver.get(to[0] ?? "") ?? new Set();
      byReceiver.set(to[0] ?? "", ids.add(headers["message-id"] ?? ""));
    }
    expect([...byReceiver.values()].map(({ size }) => size)).toEqual(Array(receivers).fill(2));

    // Each token, receiver and threshold: in one message, and every message out.
    const [row] = await db
      .select({
        notices: sql<number>`count(*)::int`,
        told: sql<number>`count(${expiryNotices.notificationId})::int`,
        administrators: sql<number>`(count(*) filter (where ${expiryNotices.memberId} in (${world.admin.memberId}, ${other.memberId})))::int`,
      })
      .from(expiryNotices);
    expect(row).toEqual({ notices: 2 * 3 * TOKENS, told: 2 * 3 * TOKENS, administrators: 2 * 2 * TOKENS });
    expect(await db.$count(notifications)).toBe(2 * receivers);
    const rows = await db.select({ state: outbox.state }).from(outbox);
    expect(rows.map(({ state }) => state)).toEqual(Array(2 * receivers).fill("sent"));
  }, 900_000);
});
