import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { outbox } from "@/db/schema";
import { days, minutes, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { actingMailer, addMail, PUBLIC_URL } from "@/test/mail-rows";
import { operatorSession } from "@/test/operator";
import { contextOf, makeWorld } from "@/test/world";
import { clearOldMail } from "./clear-old-mail";
import { sendAgain, viewOutbox } from "./list-outbox";
import { mailboxMailer } from "./mailbox-mailer";
import { readMailbox, readMailboxMessage } from "./read-mailbox";
import { sendOutbox } from "./send-outbox";

describe("what could not be sent", () => {
  it("is shown to the operator with why, and without what it says", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await addMail(db, world, { toAddress: "gone@world.example" });
      await addMail(db, world, { toAddress: "later@world.example" });
      const { mailer } = actingMailer(({ to }) => ({
        outcome: "refused",
        isFinal: to.address.startsWith("gone"),
        code: "smtp_550",
      }));
      await sendOutbox({ db, now: NOW, mailer, publicUrl: PUBLIC_URL });
      const view = await viewOutbox(operatorSession(), contextOf(db, minutes(2)));
      expect(view).toMatchObject({ waiting: 1, dead: 1, oldestDueAt: minutes(1) });
      expect(view.stuck.map(({ toAddress, state, failure }) => [toAddress, state, failure])).toEqual([
        ["gone@world.example", "dead", "smtp_550"],
        ["later@world.example", "waiting", "smtp_550"],
      ]);
      expect(JSON.stringify(view)).not.toContain("token 0");
      await expect(viewOutbox(operatorSession(false), contextOf(db))).rejects.toThrow("only the operator");
    }));

  it("is sent again as the same message, by the operator alone, and not while it waits or once it went", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await addMail(db, world);
      const dead = actingMailer(() => ({ outcome: "refused", isFinal: true, code: "smtp_550" }));
      await sendOutbox({ db, now: NOW, mailer: dead.mailer, publicUrl: PUBLIC_URL });
      const id = (await db.select().from(outbox))[0]!.id;
      await expect(sendAgain(operatorSession(false), { id }, contextOf(db))).rejects.toThrow("only the operator");
      const ctx = contextOf(db, days(1));
      expect(await sendAgain(operatorSession(), { id }, ctx)).toEqual({ ok: true, value: { id } });
      expect(await sendAgain(operatorSession(), { id }, ctx)).toMatchObject({ refusal: { code: "not_found" } });
      const well = actingMailer();
      await sendOutbox({ db, now: days(1), mailer: well.mailer, publicUrl: PUBLIC_URL });
      expect(well.given.map(({ messageId }) => messageId)).toEqual(dead.given.map(({ messageId }) => messageId));
      expect(await sendAgain(operatorSession(), { id }, ctx)).toMatchObject({ refusal: { code: "not_found" } });
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
      expect(await clearOldMail({ db, now: days(2.9) })).toEqual({ dropped: 0, messages: 0, mailbox: 0 });
      expect(await clearOldMail({ db, now: days(3) })).toEqual({ dropped: 1, messages: 0, mailbox: 0 });
      expect(await clearOldMail({ db, now: days(30) })).toEqual({ dropped: 0, messages: 1, mailbox: 0 });
      expect(await clearOldMail({ db, now: days(33) })).toEqual({ dropped: 0, messages: 1, mailbox: 0 });
      expect((await db.select().from(outbox)).map(({ id }) => id)).toEqual([dead!.id]);
      expect(await clearOldMail({ db, now: days(90) })).toEqual({ dropped: 0, messages: 1, mailbox: 0 });
    }));
});

describe("the mailbox", () => {
  it("shows what was not sent, the latest first, of one receiver where that is asked, and each with all it says", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const from = { name: "", address: "latchkey@localhost" };
      let now = NOW;
      const mailer = mailboxMailer({ db, from, clock: () => now });
      await addMail(db, world, { toAddress: "One@world.example" });
      await sendOutbox({ db, now, mailer, publicUrl: PUBLIC_URL });
      now = minutes(1);
      await addMail(db, world, { toAddress: "two@world.example" });
      await sendOutbox({ db, now, mailer, publicUrl: PUBLIC_URL });
      const all = await readMailbox({}, { db });
      expect(all.map(({ toAddress }) => toAddress)).toEqual(["two@world.example", "One@world.example"]);
      expect(await readMailbox({ address: "one@world.example" }, { db })).toHaveLength(1);
      const message = await readMailboxMessage(all[0]!.id, { db });
      expect(message?.html).toContain("<html");
      expect(message?.text).toContain("token 0");
      expect(await readMailboxMessage(world.organizationId, { db })).toBeNull();
    }));
});
