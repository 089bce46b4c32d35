import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, noticePreferences, outbox } from "@/db/schema";
import { notifyExpiringTokens } from "@/lib/notices/notify-expiring-tokens";
import { days, hours, minutes, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { actingMailer, addMail, createdContent, PUBLIC_URL } from "@/test/mail-rows";
import { startOddSmtpServer } from "@/test/mail-servers";
import { operatorSession } from "@/test/operator";
import { contextOf, makeWorld, type World } from "@/test/world";
import { MOST_ATTEMPTS } from "./mail-attempts";
import type { Delivery, Mailer } from "./mailer";
import { sendAgain } from "./send-again";
import { sendOutbox } from "./send-outbox";
import { smtpMailer } from "./smtp-mailer";
import { writeMail } from "./write-mail";

const send = (db: Db, mailer: Mailer, now = NOW, publicUrl = PUBLIC_URL) =>
  sendOutbox({ db, clock: () => now, mailer, publicUrl });

const inWorld = (run: (db: Db, world: World) => Promise<void>) =>
  withRollback(async (db) => run(db, await makeWorld(db)));

/** A token of the administrator's that expires in seven days, and its mail in the outbox. */
async function addNoticed(db: Db, world: World): Promise<string> {
  const { id } = await world.addToken(world.admin, { name: "ci", expiresAt: days(7) });
  await notifyExpiringTokens({ db, now: NOW });
  return id;
}

const rename = (db: Db, id: string) => db.update(apiTokens).set({ name: "renamed" }).where(eq(apiTokens.id, id));
const remove = (db: Db, id: string) =>
  db.update(apiTokens).set({ deletedAt: NOW, state: "deleted" }).where(eq(apiTokens.id, id));

describe("the words of a message", () => {
  it.each([
    ["greeting", "silent"],
    ["greeting", "close"],
    ["EHLO", "silent"],
    ["RCPT", "close"],
  ] as const)("tell nothing of a token that was deleted while the server at %s was: %s", (step, does) =>
    inWorld(async (db, world) => {
      const id = await addNoticed(db, world);
      const server = await startOddSmtpServer(step, does);
      const from = { name: "", address: "tokens@tokens.example" };
      const ill = smtpMailer({ url: server.url, from, answerWithin: 100 });
      expect(await send(db, ill)).toMatchObject({ failed: 1 });
      expect(await db.select().from(outbox)).toMatchObject([{ state: "waiting", doubtful: false }]);
      await remove(db, id);
      const { mailer, given } = actingMailer();
      expect(await send(db, mailer, hours(2))).toMatchObject({ dropped: 1, sent: 0 });
      expect(given).toEqual([]);
    }),
  );

  it.each<[string, (attempt: number) => Delivery, number]>([
    ["refused for good", () => ({ outcome: "refused", isFinal: true, code: "smtp_550" }), 2],
    ["refused to the last attempt", () => ({ outcome: "refused", isFinal: false, code: "smtp_451" }), MOST_ATTEMPTS],
  ])("stay what they may have arrived as, where it is then %s and sent again", (_, later, attempts) =>
    inWorld(async (db, world) => {
      const id = await addNoticed(db, world);
      const { mailer, given } = actingMailer((_message, attempt) =>
        attempt === 1 ? { outcome: "unknown", code: "etimedout" } : later(attempt),
      );
      for (let at = 0; at < 48; at += 1) await send(db, mailer, hours(at));
      expect(given).toHaveLength(attempts);
      const [dead] = await db.select().from(outbox);
      expect(dead).toMatchObject({ state: "dead", doubtful: true });
      await rename(db, id);
      await sendAgain(operatorSession(), { id: dead!.id }, contextOf(db, hours(48)));
      const well = actingMailer();
      await send(db, well.mailer, hours(48));
      expect(well.given).toEqual([given[0]]);
    }),
  );

  it("stay what they may have arrived as while the server is away", () =>
    inWorld(async (db, world) => {
      const id = await addNoticed(db, world);
      const { mailer, given } = actingMailer((_, attempt) =>
        attempt === 1 ? { outcome: "unknown", code: "etimedout" } : { outcome: "unavailable", code: "esocket" },
      );
      await send(db, mailer);
      await send(db, mailer, hours(1));
      await rename(db, id);
      const well = actingMailer();
      await send(db, well.mailer, hours(3));
      expect(given).toHaveLength(2);
      expect(well.given).toEqual([given[0]]);
    }));

  it("that cannot be made leave the other messages alone, are tried again later, and are given up in the end", () =>
    inWorld(async (db, world) => {
      const receiver = { organizationId: world.organizationId, memberId: world.user.memberId };
      const content = { ...createdContent(), kind: "token_of_tomorrow" as never };
      const mail = { ...receiver, toName: "User", toAddress: "user@world.example", tellBy: days(-1), content };
      await writeMail(db as never, [mail], NOW);
      await addMail(db, world, { count: 3 });
      const { mailer, given } = actingMailer();
      expect(await send(db, mailer)).toEqual({ sent: 3, failed: 1, dead: 0, dropped: 0 });
      const [stuck] = await db.select().from(outbox).where(eq(outbox.state, "waiting"));
      expect(stuck).toMatchObject({ attempts: 1, failure: "cannot_be_written", nextAttemptAt: minutes(1) });
      expect(await send(db, mailer)).toMatchObject({ failed: 0 });
      for (let at = 1; at < 48; at += 1) await send(db, mailer, hours(at));
      const [row] = await db.select().from(outbox).where(eq(outbox.id, stuck!.id));
      expect(row).toMatchObject({ state: "dead", attempts: MOST_ATTEMPTS, failure: "cannot_be_written" });
      expect(given).toHaveLength(3);
    }));

  it("are not sent to whoever wants no such mail any more, and are where nobody may switch them off", () =>
    inWorld(async (db, world) => {
      await addNoticed(db, world);
      await addMail(db, world);
      const { mailer: away } = actingMailer(() => ({ outcome: "unavailable", code: "esocket" }));
      await send(db, away);
      for (const { memberId } of [world.admin, world.user])
        for (const event of ["token_expiring", "token_created"] as const)
          await db
            .insert(noticePreferences)
            .values({ organizationId: world.organizationId, memberId, event, channel: "email", enabled: false });
      const { mailer, given } = actingMailer();
      expect(await send(db, mailer, hours(2))).toMatchObject({ sent: 1, dropped: 1 });
      expect(given.map(({ subject }) => subject)).toEqual(["API token “token 0” was created"]);
      const [dropped] = await db.select().from(outbox).where(eq(outbox.state, "dropped"));
      expect(dropped?.failure).toBe("not_wanted");
    }));

  it("say to each why they get them, between which days all of them end, and when one was used last", () =>
    inWorld(async (db, world) => {
      await world.addToken(world.user, { name: "ci", expiresAt: days(7), lastUsedAt: days(-3) });
      await world.addToken(world.admin, { name: "own", expiresAt: days(7.5) });
      await notifyExpiringTokens({ db, now: NOW });
      const { mailer, given } = actingMailer();
      await send(db, mailer);
      const said = given.map(({ text }) => text.replace(/\s+/g, " ")).sort((one, two) => one.length - two.length);
      expect(said).toHaveLength(2);
      expect(said[0]).toContain("You get this because you issued it.");
      expect(said[0]).toContain("Last used 12 June 2026 at 12:00 UTC");
      expect(said[1]).toMatch(/2 API tokens expire between 22 and 23 June/i);
      expect(said[1]).toContain("because you issued some of them");
    }));

  it.each(["unknown", "refused"] as const)(
    "keep their Message-ID after an attempt that was %s, whatever Latchkey's address is since",
    (outcome) =>
      inWorld(async (db, world) => {
        await addMail(db, world);
        const { mailer, given } = actingMailer((_, attempt) =>
          attempt === 1 ? { outcome, isFinal: false, code: "x" } : { outcome: "sent" },
        );
        await send(db, mailer);
        await send(db, mailer, minutes(1), "https://elsewhere.example");
        expect(given.map(({ messageId }) => messageId)).toEqual(Array(2).fill(`<${given[0]?.id}@tokens.example>`));
      }),
  );
});
