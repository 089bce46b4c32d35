import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { expiryNotices, notifications, outbox } from "@/db/schema";
import { days, NOW } from "@/test/clock";
import { freshDatabase } from "@/test/database";
import { startSmtpServer } from "@/test/mail-servers";
import { addExpiringTokens, twoWorkers } from "@/test/notifying-workers";
import { makeWorld } from "@/test/world";

const TOKENS = 10_000;
const KILLS = 50;
/** Enough to come past the making of messages, and to the second that a worker sends. */
const STATEMENTS = 34;

describe("10,000 tokens that expire on one day", () => {
  it("give each receiver one message for each threshold, across two workers that are killed fifty times", async () => {
    const { db, url } = await freshDatabase({ max: 6 });
    const world = await makeWorld(db, { policy: { noticeDays: [7, 1], noticeAdministrators: true } });
    const issuers = await Promise.all(Array.from({ length: 30 }, () => world.addMember()));
    const other = await world.addMember({ role: "administrator" });
    await addExpiringTokens(db, world, issuers, TOKENS);
    const server = await startSmtpServer();
    const work = { url, smtpUrl: server.url };

    let clock = NOW.getTime();
    const later = (minutes: number) => {
      clock += minutes * 60_000;
      return new Date(clock).toISOString();
    };
    let killed = 0;
    for (let round = 0; killed < KILLS; round += 1) {
      // At one statement and another, all over: while tokens are looked for, messages are made, taken up and settled.
      const killAtStatement = 1 + ((round * 5) % STATEMENTS);
      killed += await twoWorkers({ ...work, now: later(10), killAtStatement }, (children) => {
        let hunted = round % 2 === 0 ? children : [];
        server.state.mood = () => {
          // Between the message and the word that it was taken.
          for (const child of hunted) child.kill("SIGKILL");
          hunted = [];
          return "take";
        };
      });
    }
    server.state.mood = "take";
    // What was begun often waits long; all waits are over within these hours.
    const finish = async () => {
      for (let round = 0; round < 2; round += 1) {
        expect(await twoWorkers({ ...work, now: later(120), killAtStatement: null })).toBe(0);
      }
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
