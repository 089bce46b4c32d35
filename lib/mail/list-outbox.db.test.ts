import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { describe, expect, it } from "vitest";
import * as schema from "@/db/schema";
import { outbox } from "@/db/schema";
import { days, minutes, NOW } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { actingMailer, addMail, PUBLIC_URL } from "@/test/mail-rows";
import { operatorSession } from "@/test/operator";
import { contextOf, makeWorld } from "@/test/world";
import { clearOldMail } from "./clear-old-mail";
import { countOutbox, viewOutbox } from "./list-outbox";
import { mailboxMailer } from "./mailbox-mailer";
import { readMailbox, readMailboxMessage } from "./read-mailbox";
import { sendAgain } from "./send-again";
import { sendOutbox } from "./send-outbox";

describe("what could not be sent", () => {
  it("is shown to the operator, the latest first, with to whom, what about and why, and without what it says", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await addMail(db, world, { toAddress: "gone@world.example" });
      await addMail(db, world, { toAddress: "later@world.example" });
      const { mailer } = actingMailer(({ to }) => ({
        outcome: "refused",
        isFinal: to.address.startsWith("gone"),
        code: "smtp_550",
      }));
      await sendOutbox({ db, clock: () => NOW, mailer, publicUrl: PUBLIC_URL });
      await addMail(db, world, { toAddress: "new@world.example", now: minutes(1) });
      const view = await viewOutbox(operatorSession(), {}, contextOf(db, minutes(2)));
      expect(view).toMatchObject({ waiting: 2, dead: 1, oldest: NOW, previous: null, next: null });
      expect(view.rows).toMatchObject([
        { toAddress: "new@world.example", state: "waiting", attempts: 0, subject: null, failure: null },
        { toAddress: "later@world.example", state: "waiting", attempts: 1, nextAttemptAt: minutes(1) },
        {
          toAddress: "gone@world.example",
          state: "dead",
          attempts: 1,
          failure: "smtp_550",
          kind: "token_created",
          subject: "API token “token 0” was created",
          nextAttemptAt: null,
          settledAt: NOW,
          organization: { id: world.organizationId },
        },
      ]);
      const told = JSON.stringify(view);
      for (const inside of ["lk_pat_", "<html", "Ada Example", "List-Unsubscribe"]) expect(told).not.toContain(inside);
      await expect(viewOutbox(operatorSession(false), {}, contextOf(db))).rejects.toThrow("only the operator");
    }));

  it("is found by its state and a part of its address, page by page there and back, each message once", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await addMail(db, world, { count: 120 });
      await addMail(db, world, { toAddress: "Ada@Elsewhere.example", now: minutes(1) });
      const look = (params: Record<string, string>) => viewOutbox(operatorSession(), params, contextOf(db));
      const first = await look({});
      const second = await look({ cursor: first.next ?? "" });
      const third = await look({ cursor: second.next ?? "" });
      expect([first, second, third].map(({ rows }) => rows.length)).toEqual([50, 50, 21]);
      expect([first.previous, third.next]).toEqual([null, null]);
      const ids = [first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id));
      expect(ids).toEqual([...new Set(ids)].sort().reverse());
      expect((await look({ cursor: third.previous ?? "" })).rows).toEqual(second.rows);
      expect((await look({ cursor: second.previous ?? "" })).rows).toEqual(first.rows);
      expect((await look({ cursor: "from-elsewhere" })).rows).toEqual(first.rows);

      expect((await look({ q: "ada@else" })).rows.map(({ toAddress }) => toAddress)).toEqual(["Ada@Elsewhere.example"]);
      expect((await look({ q: "%" })).rows).toEqual([]);
      expect((await look({ state: "dead,sent" })).rows).toEqual([]);
      await db.update(outbox).set({ state: "sent", settledAt: NOW }).where(eq(outbox.id, ids[7]!));
      expect((await look({ state: "dead,sent" })).rows.map(({ id }) => id)).toEqual([ids[7]]);
      expect((await look({ state: "nonsense" })).rows).toHaveLength(50);
    }));

  it("is sent again as the same message, by the operator alone, and not while it waits or once it went", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await addMail(db, world);
      const dead = actingMailer(() => ({ outcome: "refused", isFinal: true, code: "smtp_550" }));
      await sendOutbox({ db, clock: () => NOW, mailer: dead.mailer, publicUrl: PUBLIC_URL });
      const id = (await db.select().from(outbox))[0]!.id;
      await expect(sendAgain(operatorSession(false), { id }, contextOf(db))).rejects.toThrow("only the operator");
      const ctx = contextOf(db, days(1));
      expect(await sendAgain(operatorSession(), { id }, ctx)).toEqual({ ok: true, value: { count: 1 } });
      expect(await sendAgain(operatorSession(), { id }, ctx)).toMatchObject({ refusal: { code: "not_found" } });
      const well = actingMailer();
      await sendOutbox({ db, clock: () => days(1), mailer: well.mailer, publicUrl: PUBLIC_URL });
      expect(well.given.map(({ messageId }) => messageId)).toEqual(dead.given.map(({ messageId }) => messageId));
      expect(await sendAgain(operatorSession(), { id }, ctx)).toMatchObject({ refusal: { code: "not_found" } });
    }));

  it("is sent again all at once, and what waits or went is left alone", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await addMail(db, world, { count: 4 });
      const [one, two, three] = await db.select().from(outbox);
      for (const { id } of [one!, two!])
        await db.update(outbox).set({ state: "dead", settledAt: NOW, attempts: 12 }).where(eq(outbox.id, id));
      await db.update(outbox).set({ state: "sent", settledAt: NOW, attempts: 1 }).where(eq(outbox.id, three!.id));
      const ctx = contextOf(db, days(1));
      expect(await sendAgain(operatorSession(), { all: true }, ctx)).toEqual({ ok: true, value: { count: 2 } });
      const rows = await db.select().from(outbox).orderBy(outbox.id);
      const states = rows.map(({ state, attempts, nextAttemptAt }) => `${state} ${attempts} ${nextAttemptAt > NOW}`);
      expect(states.sort()).toEqual(["sent 1 false", "waiting 0 false", "waiting 0 true", "waiting 0 true"]);
      expect(await sendAgain(operatorSession(), { all: true }, ctx)).toEqual({ ok: true, value: { count: 0 } });
    }));
});

describe("messages after their time", () => {
  it("go: the settled after thirty days, those given up after ninety, and those that nobody could send are dropped after three", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await addMail(db, world, { count: 3 });
      const [sent, dead] = await db.select().from(outbox);
      await db.update(outbox).set({ state: "sent", settledAt: NOW }).where(eq(outbox.id, sent!.id));
      await db.update(outbox).set({ state: "dead", settledAt: NOW }).where(eq(outbox.id, dead!.id));
      const clear = (now: Date) => clearOldMail({ db, now, mailer: null });
      expect(await clear(days(2.9))).toEqual({ dropped: 0, messages: 0, mailbox: 0 });
      expect(await clear(days(3))).toEqual({ dropped: 1, messages: 0, mailbox: 0 });
      expect(await db.$count(outbox, eq(outbox.failure, "no_way"))).toBe(1);
      expect(await clear(days(30))).toEqual({ dropped: 0, messages: 1, mailbox: 0 });
      expect(await clear(days(33))).toEqual({ dropped: 0, messages: 1, mailbox: 0 });
      expect((await db.select().from(outbox)).map(({ id }) => id)).toEqual([dead!.id]);
      expect(await clear(days(90))).toEqual({ dropped: 0, messages: 1, mailbox: 0 });
    }));

  it("are sent and not dropped after a machine was off for days, where there is a way to send", () =>
    withRollback(async (db) => {
      await addMail(db, await makeWorld(db), { count: 2 });
      const { mailer, given } = actingMailer();
      expect(await clearOldMail({ db, now: days(4), mailer })).toMatchObject({ dropped: 0 });
      await sendOutbox({ db, clock: () => days(4), mailer, publicUrl: PUBLIC_URL });
      expect(given).toHaveLength(2);
    }));

  it("are dropped after thirty days where there is a way that never took them", () =>
    withRollback(async (db) => {
      await addMail(db, await makeWorld(db), { count: 2 });
      const { mailer } = actingMailer(() => ({ outcome: "unavailable", code: "eauth" }));
      for (const at of [0, 1, 15, 29.9]) {
        await sendOutbox({ db, clock: () => days(at), mailer, publicUrl: PUBLIC_URL });
        expect(await clearOldMail({ db, now: days(at), mailer })).toMatchObject({ dropped: 0 });
      }
      expect(await clearOldMail({ db, now: days(30), mailer })).toMatchObject({ dropped: 2 });
    }));
});

describe("what waits and what was given up", () => {
  it("is counted and listed without a look at what was settled", async () => {
    const { sql, db: plain } = await freshDatabase({ max: 2 });
    const world = await makeWorld(plain);
    await addMail(plain, world, { count: 3000 });
    await plain.update(outbox).set({ state: "sent", settledAt: NOW });
    await addMail(plain, world, { count: 3 });
    await sql`analyze outbox`;
    const asked: [query: string, params: unknown[]][] = [];
    const db = drizzle(sql, { schema, logger: { logQuery: (query, params) => asked.push([query, params]) } });
    expect(await countOutbox(db)).toEqual({ waiting: 3, dead: 0, oldest: NOW });
    await viewOutbox(operatorSession(), { state: "dead" }, contextOf(db));
    const { mailer } = actingMailer();
    await sendOutbox({ db, clock: () => NOW, mailer, publicUrl: PUBLIC_URL }, { limit: 1 });
    const reads = asked.filter(([query]) => /^\s*select.*outbox/s.test(query) && !/"outbox"."id" = /.test(query));
    expect(reads).toHaveLength(4);
    for (const [query, params] of reads) {
      const plan = (await sql.unsafe(`explain ${query}`, params as never)).map((row) => row["QUERY PLAN"]).join("\n");
      expect(plan).toMatch(/using outbox_(next|given_up|waiting)|on outbox_(next|given_up|waiting)/);
      expect(plan).not.toMatch(/Seq Scan on outbox|outbox_pkey/);
    }
  });
});

describe("the mailbox", () => {
  it("shows what was not sent, the latest first, found by receiver and subject, and each with all it says", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const from = { name: "", address: "latchkey@localhost" };
      let now = NOW;
      const mailer = mailboxMailer({ from, clock: () => now });
      await addMail(db, world, { toAddress: "One@world.example" });
      await sendOutbox({ db, clock: () => now, mailer, publicUrl: PUBLIC_URL });
      now = minutes(1);
      await addMail(db, world, { toAddress: "two@world.example" });
      await sendOutbox({ db, clock: () => now, mailer, publicUrl: PUBLIC_URL });
      const all = await readMailbox({}, { db });
      expect(all.map(({ toAddress }) => toAddress)).toEqual(["two@world.example", "One@world.example"]);
      expect(await readMailbox({ q: "<one@WORLD" }, { db })).toHaveLength(1);
      expect(await readMailbox({ q: "token 0" }, { db })).toHaveLength(2);
      expect(await readMailbox({ q: "%" }, { db })).toEqual([]);
      const message = await readMailboxMessage(all[0]!.id, { db });
      expect(message?.html).toContain("<html");
      expect(message?.text).toContain("token 0");
      expect(await readMailboxMessage(world.organizationId, { db })).toBeNull();
    }));
});
