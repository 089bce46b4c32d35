import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createDatabase, type Db } from "@/db/client";
import { apiTokens, localMailbox, outbox } from "@/db/schema";
import { notifyExpiringTokens } from "@/lib/notices/notify-expiring-tokens";
import { days, minutes, NOW } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { actingMailer, addMail, PUBLIC_URL } from "@/test/mail-rows";
import { startResendServer, startSmtpServer } from "@/test/mail-servers";
import { makeWorld, type World } from "@/test/world";
import { MOST_ATTEMPTS } from "./mail-attempts";
import { mailboxMailer } from "./mailbox-mailer";
import type { Mailer } from "./mailer";
import { resendMailer } from "./resend-mailer";
import { sendOutbox } from "./send-outbox";
import { smtpMailer } from "./smtp-mailer";

const from = { name: "Latchkey", address: "tokens@tokens.example" };

const send = (db: Db, mailer: Mailer, now = NOW) => sendOutbox({ db, clock: () => now, mailer, publicUrl: PUBLIC_URL });

const inWorld = (run: (db: Db, world: World) => Promise<void>) =>
  withRollback(async (db) => run(db, await makeWorld(db)));

const states = async (db: Db) => (await db.select().from(outbox)).map(({ state, attempts }) => `${state} ${attempts}`);

describe("a message in the outbox", () => {
  it("is sent once, and not before it is due", () =>
    inWorld(async (db, world) => {
      await addMail(db, world);
      const { mailer, given } = actingMailer();
      expect(await send(db, mailer, minutes(-1))).toMatchObject({ sent: 0 });
      expect(await send(db, mailer)).toMatchObject({ sent: 1 });
      expect(await send(db, mailer, days(1))).toMatchObject({ sent: 0 });
      expect(given).toHaveLength(1);
      const [row] = await db.select().from(outbox);
      expect(row).toMatchObject({ state: "sent", doubtful: false, settledAt: NOW });
      expect(given[0]).toMatchObject({
        id: row?.id,
        messageId: `<${row?.id}@tokens.example>`,
        to: { name: "User", address: "user@world.example" },
      });
    }));

  it("is not sent where what it tells was rolled back", () =>
    inWorld(async (db, world) => {
      await db
        .transaction(async (tx) => {
          await addMail(tx, world);
          throw new Error("back");
        })
        .catch(() => {});
      const { mailer, given } = actingMailer();
      await send(db, mailer);
      expect(given).toEqual([]);
    }));

  it("waits longer after each refusal, and is given up after the last attempt", () =>
    inWorld(async (db, world) => {
      await addMail(db, world);
      const { mailer, given } = actingMailer(() => ({ outcome: "refused", isFinal: false, code: "smtp_451" }));
      const waits: number[] = [];
      for (let now = NOW; waits.length < MOST_ATTEMPTS; ) {
        await send(db, mailer, new Date(now.getTime() - 1));
        expect(given).toHaveLength(waits.length);
        await send(db, mailer, now);
        expect(given).toHaveLength(waits.length + 1);
        const [row] = await db.select().from(outbox);
        waits.push((row!.nextAttemptAt.getTime() - now.getTime()) / 60_000);
        now = row!.nextAttemptAt;
      }
      const growing = waits.slice(0, -1);
      expect(growing).toEqual([...growing].sort((a, b) => a - b));
      // Resend remembers an idempotency key for a day.
      expect(growing.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(24 * 60);
      expect(await states(db)).toEqual([`dead ${MOST_ATTEMPTS}`]);
      await send(db, mailer, days(30));
      expect(given).toHaveLength(MOST_ATTEMPTS);
      expect(new Set(given.map(({ messageId }) => messageId)).size).toBe(1);
    }));

  it("is given up at once where it is refused for good, and the others are sent", () =>
    inWorld(async (db, world) => {
      await addMail(db, world, { toAddress: "gone@world.example" });
      await addMail(db, world, { count: 3 });
      const { mailer, given } = actingMailer(({ to }) =>
        to.address.startsWith("gone") ? { outcome: "refused", isFinal: true, code: "smtp_550" } : { outcome: "sent" },
      );
      expect(await send(db, mailer)).toEqual({ sent: 3, failed: 0, dead: 1, dropped: 0 });
      expect(given).toHaveLength(4);
    }));

  it("to an address that is none is given up without a word to anybody", () =>
    inWorld(async (db, world) => {
      await addMail(db, world, { toAddress: "user@world.example\r\nBcc: eve@example.net" });
      const { mailer, given } = actingMailer();
      expect(await send(db, mailer)).toMatchObject({ dead: 1, sent: 0 });
      expect(given).toEqual([]);
    }));

  it("says the very same again where nobody knows whether it arrived, whatever has changed since", () =>
    inWorld(async (db, world) => {
      const { id } = await world.addToken(world.admin, { name: "ci", expiresAt: days(7) });
      await notifyExpiringTokens({ db, now: NOW });
      const { mailer, given } = actingMailer((_, attempt) =>
        attempt === 1 ? { outcome: "unknown", code: "etimedout" } : { outcome: "sent" },
      );
      await send(db, mailer);
      await db.update(apiTokens).set({ name: "renamed", deletedAt: NOW, state: "deleted" }).where(eq(apiTokens.id, id));
      await send(db, mailer, minutes(1));
      expect(given).toHaveLength(2);
      expect(given[1]).toEqual(given[0]);
    }));

  it("of an expiry is dropped where the token is gone before anybody got it", () =>
    inWorld(async (db, world) => {
      const { id } = await world.addToken(world.admin, { name: "ci", expiresAt: days(7) });
      await notifyExpiringTokens({ db, now: NOW });
      const { mailer, given } = actingMailer(() => ({ outcome: "refused", isFinal: false, code: "smtp_451" }));
      await send(db, mailer);
      await db.update(apiTokens).set({ deletedAt: NOW, state: "deleted" }).where(eq(apiTokens.id, id));
      expect(await send(db, mailer, minutes(1))).toMatchObject({ dropped: 1 });
      expect(given).toHaveLength(1);
    }));

  it("is dropped where its receiver was deactivated", () =>
    inWorld(async (db, world) => {
      await addMail(db, world);
      await world.deactivate(world.user);
      const { mailer, given } = actingMailer();
      expect(await send(db, mailer)).toMatchObject({ dropped: 1 });
      expect(given).toEqual([]);
    }));

  it("goes into the mailbox where there is no server, once", () =>
    inWorld(async (db, world) => {
      await addMail(db, world);
      const mailer = mailboxMailer({ from, clock: () => NOW });
      await send(db, mailer);
      const [row] = await db.select().from(outbox);
      await db.update(outbox).set({ state: "waiting", settledAt: null });
      await send(db, mailer, minutes(5));
      const [message, ...more] = await db.select().from(localMailbox);
      expect(more).toEqual([]);
      expect(message).toMatchObject({
        id: row?.id,
        toLine: '"User" <user@world.example>',
        fromLine: '"Latchkey" <tokens@tokens.example>',
        subject: "API token “token 0” was created",
      });
      expect(message?.headers["Message-ID"]).toBe(`<${row?.id}@tokens.example>`);
    }));
});

describe("several workers", () => {
  it("send each message once, and never one at the same time", async () => {
    const { db } = await freshDatabase({ max: 9 });
    const world = await makeWorld(db);
    await addMail(db, world, { count: 300 });
    const under = new Set<string>();
    const { mailer, given } = actingMailer(async ({ id }) => {
      expect(under.has(id)).toBe(false);
      under.add(id);
      await new Promise((turn) => setImmediate(turn));
      under.delete(id);
      return { outcome: "sent" };
    });
    const counts = await Promise.all([1, 2, 3, 4].map(() => send(db, mailer)));
    expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(300);
    expect(new Set(given.map(({ id }) => id)).size).toBe(300);
    expect(given).toHaveLength(300);
  });

  it("leave alone what one of them is sending, however long it takes", async () => {
    const { db } = await freshDatabase({ max: 4 });
    const world = await makeWorld(db);
    await addMail(db, world);
    let finish = () => {};
    let begun = () => {};
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow = actingMailer(async () => {
      begun();
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return { outcome: "sent" };
    });
    const sending = send(db, slow.mailer);
    await isBegun;
    const other = actingMailer();
    // By its clock the next attempt is long due.
    expect(await send(db, other.mailer, days(1))).toMatchObject({ sent: 0, failed: 0 });
    finish();
    expect(await sending).toMatchObject({ sent: 1 });
    expect(other.given).toEqual([]);
  });
});

describe("a worker that is lost between the sending and the writing down", () => {
  it("leaves a message of which is known that it may have arrived: it is sent again as the same, word by word", async () => {
    const { db, url } = await freshDatabase({ max: 2 });
    const world = await makeWorld(db);
    const { id } = await world.addToken(world.admin, { name: "ci", expiresAt: days(7) });
    await notifyExpiringTokens({ db, now: NOW });
    const lost = createDatabase(url, { max: 1 });
    const before = actingMailer(async () => {
      expect(await db.select().from(outbox)).toMatchObject([
        { state: "waiting", attempts: 1, doubtful: true, nextAttemptAt: minutes(1) },
      ]);
      await db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction'`);
      return { outcome: "sent" };
    });
    await expect(send(lost.db, before.mailer)).rejects.toThrow();
    await lost.end();
    await db.update(apiTokens).set({ name: "renamed" }).where(eq(apiTokens.id, id));
    const after = actingMailer();
    expect(await send(db, after.mailer)).toMatchObject({ sent: 0 });
    expect(await send(db, after.mailer, minutes(1))).toMatchObject({ sent: 1 });
    expect(after.given).toEqual(before.given);
  });
});

describe("a mail server", () => {
  it("that answers 451, then drops the connection after the data, then is away for two hours, has each message once in the end", async () => {
    const { db } = await freshDatabase({ max: 4 });
    const world = await makeWorld(db);
    await addMail(db, world, { count: 5 });
    const server = await startSmtpServer();
    const mailer = smtpMailer({ url: server.url, from });
    server.state.mood = { code: 451 };
    expect(await send(db, mailer)).toMatchObject({ failed: 5, sent: 0 });
    expect((await db.select().from(outbox)).map(({ doubtful }) => doubtful)).toEqual(Array(5).fill(false));
    server.state.mood = "drop";
    expect(await send(db, mailer, minutes(1))).toMatchObject({ failed: 5, sent: 0 });
    expect((await db.select().from(outbox)).map(({ doubtful }) => doubtful)).toEqual(Array(5).fill(true));
    const away = smtpMailer({ url: "smtp://127.0.0.1:1", from });
    for (let at = 3; at < 123; at += 5) await send(db, away, minutes(at));
    server.state.mood = "take";
    for (let at = 123; at < 300; at += 5) await send(db, mailer, minutes(at));
    expect(new Set(await states(db)).size).toBe(1);
    const ids = server.taken.map(({ headers }) => headers["message-id"]);
    // Those that were dropped came twice, as the same message.
    expect(ids).toHaveLength(10);
    expect(new Set(ids).size).toBe(5);
    expect((await db.select().from(outbox)).every(({ state, doubtful }) => state === "sent" && !doubtful)).toBe(true);
  });

  it("has one message where Resend took it and its answer was lost", async () => {
    const { db } = await freshDatabase({ max: 4 });
    const world = await makeWorld(db);
    await addMail(db, world);
    const server = await startResendServer();
    const mailer = resendMailer({ apiKey: "re_under_test", baseUrl: server.baseUrl, from });
    server.state.mood = "drop";
    await send(db, mailer);
    server.state.mood = { status: 500, name: "internal_server_error" };
    await send(db, mailer, minutes(1));
    server.state.mood = "take";
    await send(db, mailer, minutes(3));
    expect(await states(db)).toEqual(["sent 3"]);
    expect(server.sent.size).toBe(1);
    expect(server.requests).toHaveLength(3);
  });
});
