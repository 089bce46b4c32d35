import { eq, inArray } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { apiTokens, outbox } from "@/db/schema";
import { NOW } from "@/test/clock";
import { freshDatabase } from "@/test/database";
import { type SmtpMood, startSmtpServer } from "@/test/mail-servers";
import { addExpiringTokens, twoWorkers } from "@/test/notifying-workers";
import { makeWorld } from "@/test/world";

const TOKENS = 10_000;
const ISSUERS = 30;
/** Those whose tokens go while the mail server is away. */
const GONE = Math.ceil(TOKENS / ISSUERS);
/** What the two administrators read once it is back. */
const ALL = `${(TOKENS - GONE).toLocaleString("en")} API tokens expire soon`;

/** Of four messages, one is put off, one is taken without a word, and two are taken. */
const MOODS: SmtpMood[] = [{ code: 451 }, "take", "drop", "take"];

describe("10,000 tokens that expire on one day", () => {
  it("give each receiver one message, though the server is away for two hours and moody then, and none for what is gone", async () => {
    const { db, url } = await freshDatabase({ max: 6 });
    const world = await makeWorld(db, { policy: { noticeDays: [7], noticeAdministrators: true } });
    const issuers = await Promise.all(Array.from({ length: ISSUERS }, () => world.addMember()));
    await world.addMember({ role: "administrator" });
    await addExpiringTokens(db, world, issuers, TOKENS);
    const away = await startSmtpServer();
    await away.close();
    const work = { url, smtpUrl: away.url, killAtStatement: null };
    let clock = NOW.getTime();
    const round = async (minutes: number) => {
      expect(await twoWorkers({ ...work, now: new Date(clock).toISOString() })).toBe(0);
      clock += minutes * 60_000;
    };
    const waiting = () => db.$count(outbox, eq(outbox.state, "waiting"));

    // Two hours, in the middle of which somebody's tokens go.
    for (let half = 0; half < 2; half += 1) await round(30);
    expect(await waiting()).toBe(ISSUERS + 2);
    const [gone] = issuers;
    if (!gone) throw new Error("nobody issued any");
    await db
      .update(apiTokens)
      .set({ state: "deleted", deletedAt: new Date(clock) })
      .where(eq(apiTokens.issuerId, gone.memberId));
    for (let half = 0; half < 2; half += 1) await round(30);
    expect(await db.$count(outbox, inArray(outbox.state, ["sent", "dead"]))).toBe(0);

    const server = await startSmtpServer({ port: away.port });
    let drops = 0;
    server.state.mood = (message) => {
      const mood = MOODS[message % MOODS.length] ?? "take";
      drops += mood === "drop" ? 1 : 0;
      return mood;
    };
    for (let rounds = 0; rounds < 4; rounds += 1) await round(30);
    expect(drops).toBeGreaterThan(0);
    server.state.mood = "take";
    // What was begun waits the longer the more often it failed.
    for (let rounds = 0; rounds < 8 && (await waiting()) > 0; rounds += 1) await round(120);

    const states = (await db.select().from(outbox)).map(({ state }) => state);
    expect(states.sort()).toEqual(["dropped", ...Array(ISSUERS + 1).fill("sent")]);
    const idsOf = new Map<string, Set<string>>();
    for (const { to, headers } of server.taken) {
      const address = to[0] ?? "";
      idsOf.set(address, (idsOf.get(address) ?? new Set()).add(headers["message-id"] ?? ""));
    }
    expect([...idsOf.values()].map(({ size }) => size)).toEqual(Array(ISSUERS + 1).fill(1));
    // A copy of a message is one that the server had taken without saying so.
    expect(server.taken.length).toBeGreaterThan(idsOf.size);
    expect(server.taken.length - idsOf.size).toBeLessThanOrEqual(drops);
    const toldOfAll = server.taken.filter(({ headers }) => headers.subject?.startsWith(ALL));
    expect(new Set(toldOfAll.map(({ to }) => to[0])).size).toBe(2);
    expect(new Set(toldOfAll.map(({ headers }) => headers["message-id"])).size).toBe(2);
  }, 300_000);
});
