import { describe, expect, it } from "vitest";
import { outbox } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { notifyExpiringTokens } from "@/lib/notices/notify-expiring-tokens";
import { days, hours, minutes, NOW } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { actingMailer, addMail, createdContent, PUBLIC_URL } from "@/test/mail-rows";
import { makeWorld } from "@/test/world";
import { mailboxMailer } from "./mailbox-mailer";
import type { Delivery } from "./mailer";
import { sendOutbox } from "./send-outbox";
import { writeMail } from "./write-mail";

describe("of many messages", () => {
  it("a leak goes first, then what somebody did, then what is about to happen, the sooner before the later", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { policy: { noticeDays: [7] } });
      await world.addToken(world.user, { name: "later", expiresAt: days(6.9), createdAt: days(-60) });
      await notifyExpiringTokens({ db, now: NOW });
      await world.addToken(world.engineer, { name: "sooner", expiresAt: days(5), createdAt: days(-60) });
      await notifyExpiringTokens({ db, now: minutes(1) });
      const mail = {
        organizationId: world.organizationId,
        memberId: world.user.memberId,
        toName: "User",
        toAddress: "user@world.example",
      };
      const told = createdContent() as ReturnType<typeof createdContent> & { kind: "token_created" };
      await writeMail(db as never, [{ ...mail, content: { ...told, kind: "token_deleted", by: null } }], minutes(1));
      await writeMail(db as never, [{ ...mail, content: told }], minutes(2));
      await writeMail(db as never, [{ ...mail, content: { ...told, kind: "token_leaked", by: null } }], minutes(3));
      const { mailer, given } = actingMailer();
      for (let run = 0; run < 10; run += 1) {
        await sendOutbox({ db, clock: () => hours(1), mailer, publicUrl: PUBLIC_URL }, { limit: 1 });
      }
      // An issuer and the administrator are told alike.
      expect([...new Set(given.map(({ subject }) => subject))]).toEqual([
        expect.stringContaining("was found"),
        expect.stringContaining("was created"),
        expect.stringContaining("was revoked"),
        expect.stringContaining("“sooner”"),
        expect.stringContaining("“later”"),
      ]);
    }));
});

describe("a receiver for whom many messages wait", () => {
  it("hears of what somebody did after everybody else, of a leak at once, and of all of it", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const to = (who: MemberActor) => ({
        organizationId: world.organizationId,
        memberId: who.memberId,
        toName: who.name,
        toAddress: who.email,
      });
      const told = createdContent() as ReturnType<typeof createdContent> & { kind: "token_created" };
      for (let at = 0; at < 40; at += 1) await writeMail(db as never, [{ ...to(world.user), content: told }], NOW);
      await writeMail(db as never, [{ ...to(world.engineer), content: told }], minutes(1));
      await writeMail(
        db as never,
        [{ ...to(world.user), content: { ...told, kind: "token_leaked", by: null } }],
        minutes(1),
      );
      const { mailer, given } = actingMailer();
      await sendOutbox({ db, clock: () => hours(1), mailer, publicUrl: PUBLIC_URL });
      expect(given).toHaveLength(42);
      expect(given[0]?.subject).toContain("was found");
      expect(given.findIndex(({ to: { address } }) => address === world.engineer.email)).toBe(21);
    }));
});

describe("a run", () => {
  it("ends after two minutes, so that a server that hangs is no reason for a second run beside it, and waits by the time that it then is", () =>
    withRollback(async (db) => {
      await addMail(db, await makeWorld(db), { count: 20 });
      let now = NOW;
      const { mailer, given } = actingMailer(() => {
        now = new Date(now.getTime() + 30_000);
        return { outcome: "unknown", code: "etimedout" };
      });
      await sendOutbox({ db, clock: () => now, mailer, publicUrl: PUBLIC_URL });
      expect(given).toHaveLength(4);
      const rows = await db.select().from(outbox);
      const waits = rows.filter(({ attempts }) => attempts > 0).map(({ nextAttemptAt }) => nextAttemptAt);
      expect(waits.sort((a, b) => +a - +b)).toEqual([minutes(1.5), minutes(2), minutes(2.5), minutes(3)]);
    }));

  it("ends with the message that is under way once its worker is to stop", () =>
    withRollback(async (db) => {
      await addMail(db, await makeWorld(db), { count: 5 });
      const stop = new AbortController();
      const { mailer } = actingMailer((_, count): Delivery => {
        if (count === 2) stop.abort();
        return { outcome: "sent" };
      });
      const ctx = { db, clock: () => NOW, mailer, publicUrl: PUBLIC_URL };
      expect(await sendOutbox({ ...ctx, signal: stop.signal })).toMatchObject({ sent: 2 });
      expect(await sendOutbox(ctx)).toMatchObject({ sent: 3 });
    }));

  it("asks once where the server or the account is what fails, uses up no attempt, and sends all once it is mended", () =>
    withRollback(async (db) => {
      await addMail(db, await makeWorld(db), { count: 3 });
      const wrongKey = actingMailer(() => ({ outcome: "unavailable", code: "invalid_api_key" }));
      const publicUrl = PUBLIC_URL;
      // Two days: longer than all attempts at a message together.
      for (let at = 0; at < 48 * 60; at += 10) {
        const before = wrongKey.given.length;
        await sendOutbox({ db, clock: () => minutes(at), mailer: wrongKey.mailer, publicUrl });
        expect(wrongKey.given.length - before).toBe(1);
      }
      const rows = await db.select().from(outbox);
      expect(new Set(rows.map(({ state, attempts, doubtful }) => `${state} ${attempts} ${doubtful}`))).toEqual(
        new Set(["waiting 0 false"]),
      );
      // Each had its turn: none stood in the way of the others.
      expect(new Set(wrongKey.given.map(({ id }) => id)).size).toBe(3);
      const { mailer, given } = actingMailer();
      await sendOutbox({ db, clock: () => hours(48.6), mailer, publicUrl });
      expect(given).toHaveLength(3);
    }));

  it("keeps no second connection while it sends: into the mailbox it goes with a pool of one", async () => {
    const { db } = await freshDatabase({ max: 1 });
    await addMail(db, await makeWorld(db), { count: 2 });
    const mailer = mailboxMailer({ from: { name: "", address: "latchkey@localhost" }, clock: () => NOW });
    expect(await sendOutbox({ db, clock: () => NOW, mailer, publicUrl: PUBLIC_URL })).toMatchObject({ sent: 2 });
  });
});
