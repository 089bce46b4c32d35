import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, auditEvents, noticePreferences, notifications, outbox } from "@/db/schema";
import { days, hours, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld, type World, type WorldOptions } from "@/test/world";
import { answerExpiry, readExpiryAnswer } from "./answer-expiry";
import { listNotifications, markAllRead, markNotification } from "./list-notifications";
import { notificationsQuery } from "./notice-input";
import { chooseDefaultNotice, chooseNotice, viewNoticeDefaults, viewNoticePreferences } from "./notice-preferences";
import { notifyExpiringTokens } from "./notify-expiring-tokens";

const inWorld = (options: WorldOptions, run: (db: Db, world: World) => Promise<void>) =>
  withRollback(async (db) => run(db, await makeWorld(db, options)));

const ISSUER_ONLY: WorldOptions = { policy: { noticeDays: [7, 1], noticeAdministrators: false } };
const ALL = notificationsQuery.parse({});

describe("the notification centre", () => {
  it("shows one's own, newest first, and counts what is unread", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      await world.addToken(world.user, { name: "ci", expiresAt: days(7) });
      await world.addToken(world.engineer, { name: "build", expiresAt: days(7) });
      await notifyExpiringTokens({ db, now: NOW });
      await notifyExpiringTokens({ db, now: days(6) });
      const page = await listNotifications(world.user, ALL, contextOf(db));
      expect(page.rows.map(({ at, isRead }) => [at, isRead])).toEqual([
        [days(6), false],
        [NOW, false],
      ]);
      expect(page).toMatchObject({ unread: 2, before: null });
      expect(page.rows[0]?.details).toMatchObject({ kind: "expiring", count: 1, tokens: [{ name: "ci" }] });
      expect(JSON.stringify(await listNotifications(world.viewer, ALL, contextOf(db)))).not.toContain("ci");
    }));

  it("lets nobody mark another's, and marks what the page showed and not what came after", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      await world.addToken(world.user, { name: "ci", expiresAt: days(7) });
      await notifyExpiringTokens({ db, now: NOW });
      const [shown] = (await listNotifications(world.user, ALL, contextOf(db))).rows;
      const other = await markNotification(world.admin, { id: shown!.id, isRead: true }, contextOf(db));
      expect(other).toEqual({ ok: false, refusal: { code: "not_found" } });
      await notifyExpiringTokens({ db, now: days(6) });
      expect(await markAllRead(world.user, { upTo: shown!.id }, contextOf(db))).toEqual({
        ok: true,
        value: { unread: 1 },
      });
      const unread = await listNotifications(world.user, { ...ALL, unread: true }, contextOf(db));
      expect(unread.rows.map(({ at }) => at)).toEqual([days(6)]);
      expect(await markNotification(world.user, { id: shown!.id, isRead: false }, contextOf(db))).toEqual({
        ok: true,
        value: { unread: 2 },
      });
    }));

  it("goes on where a page ended, and is filtered by event", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      for (let n = 0; n < 25; n += 1) {
        await db.insert(notifications).values({
          organizationId: world.organizationId,
          id: `0197a000-0000-7000-8000-0000000000${String(n).padStart(2, "0")}`,
          memberId: world.user.memberId,
          event: n === 3 ? "token_created" : "token_expiring",
          details: { kind: "token", token: { id: "x", name: "x", masked: "x" }, by: null, issuedFor: null },
          inApp: n !== 4,
          at: NOW,
        });
      }
      const first = await listNotifications(world.user, ALL, contextOf(db));
      const rest = await listNotifications(world.user, { ...ALL, before: first.before }, contextOf(db));
      expect([first.rows.length, rest.rows.length, rest.before, first.unread]).toEqual([20, 4, null, 24]);
      const created = await listNotifications(world.user, { ...ALL, events: ["token_created"] }, contextOf(db));
      expect(created.rows).toHaveLength(1);
    }));
});

describe("an answer to a notice", () => {
  const told = (db: Db) => db.$count(notifications);

  it("that one knows ends the notices of this expiry for this person alone", () =>
    inWorld({ policy: { noticeDays: [7, 1], noticeAdministrators: true } }, async (db, world) => {
      const { id } = await world.addToken(world.user, { name: "ci", expiresAt: days(7) });
      await notifyExpiringTokens({ db, now: NOW });
      expect(await told(db)).toBe(2);
      const answer = await answerExpiry(world.user, { id, remind_in_days: null }, contextOf(db));
      expect(answer).toEqual({ ok: true, value: { remindAt: null } });
      await notifyExpiringTokens({ db, now: days(6) });
      expect(await told(db)).toBe(3);
      expect((await listNotifications(world.user, ALL, contextOf(db))).rows).toHaveLength(1);
      await db
        .update(apiTokens)
        .set({ expiresAt: days(20) })
        .where(eq(apiTokens.id, id));
      await notifyExpiringTokens({ db, now: days(13) });
      expect((await listNotifications(world.user, ALL, contextOf(db))).rows).toHaveLength(2);
    }));

  it("that asks for a reminder brings nothing until then, and then one", () =>
    inWorld({ policy: { noticeDays: [7, 5], noticeAdministrators: false } }, async (db, world) => {
      const { id } = await world.addToken(world.user, { name: "ci", expiresAt: days(7) });
      await notifyExpiringTokens({ db, now: NOW });
      const answer = await answerExpiry(world.user, { id, remind_in_days: 3 }, contextOf(db, hours(1)));
      expect(answer).toEqual({ ok: true, value: { remindAt: hours(73) } });
      await notifyExpiringTokens({ db, now: days(2.5) });
      expect(await told(db)).toBe(1);
      for (const now of [hours(73), hours(74), days(6)]) await notifyExpiringTokens({ db, now });
      const { rows } = await listNotifications(world.user, ALL, contextOf(db));
      expect(rows.map(({ at }) => at)).toEqual([hours(73), NOW]);
      expect(await db.$count(outbox)).toBe(2);
    }));

  it("brings one reminder and no second one, also where no day of the policy is left", () =>
    inWorld({ policy: { noticeDays: [7], noticeAdministrators: false } }, async (db, world) => {
      const { id } = await world.addToken(world.user, { name: "ci", expiresAt: days(7) });
      await notifyExpiringTokens({ db, now: NOW });
      for (const [asked, due] of [
        [0, 2],
        [3, 5],
      ] as const) {
        const ctx = contextOf(db, days(asked));
        expect((await answerExpiry(world.user, { id, remind_in_days: due - asked }, ctx)).ok).toBe(true);
        await notifyExpiringTokens({ db, now: days(due) });
        await notifyExpiringTokens({ db, now: days(due + 0.1) });
      }
      const { rows } = await listNotifications(world.user, ALL, contextOf(db));
      expect(rows.map(({ at, details }) => [at, details.kind === "expiring" && details.isReminder])).toEqual([
        [days(5), true],
        [days(2), true],
        [NOW, false],
      ]);
      expect(await readExpiryAnswer(world.user, { id, expiresAt: days(7) }, contextOf(db))).toMatchObject({
        remindedAt: days(5),
      });
    }));

  it("brings no reminder of a token that was deleted meanwhile", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      const { id } = await world.addToken(world.user, { name: "ci", expiresAt: days(6) });
      await answerExpiry(world.user, { id, remind_in_days: 2 }, contextOf(db));
      await db.update(apiTokens).set({ state: "deleted", deletedAt: NOW }).where(eq(apiTokens.id, id));
      await notifyExpiringTokens({ db, now: days(2) });
      expect(await told(db)).toBe(0);
    }));

  it("is refused for what one does not see, for what does not expire, and for a day after the expiry", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      const ctx = contextOf(db);
      const foreign = await world.addToken(world.admin, { expiresAt: days(5) });
      expect(await answerExpiry(world.user, { id: foreign.id, remind_in_days: null }, ctx)).toMatchObject({
        refusal: { code: "not_found" },
      });
      const eternal = await world.addToken(world.user, { expiresAt: null });
      expect(await answerExpiry(world.user, { id: eternal.id, remind_in_days: null }, ctx)).toMatchObject({
        refusal: { code: "does_not_expire" },
      });
      const soon = await world.addToken(world.user, { expiresAt: days(3) });
      expect(await answerExpiry(world.user, { id: soon.id, remind_in_days: 3 }, ctx)).toMatchObject({
        refusal: { code: "reminder_too_late" },
      });
    }));
});

describe("preferences", () => {
  it("are one's own before the organization's, and can be left to it again", () =>
    inWorld({}, async (db, world) => {
      const ctx = contextOf(db);
      const box = async () =>
        (await viewNoticePreferences(world.user, ctx)).find(({ event }) => event === "token_expiring")?.channels[1];
      expect(await box()).toEqual({ channel: "email", enabled: true, chosen: null });
      await chooseDefaultNotice(world.admin, { event: "token_expiring", channel: "email", enabled: false }, ctx);
      expect(await box()).toEqual({ channel: "email", enabled: false, chosen: null });
      await chooseNotice(world.user, { event: "token_expiring", channel: "email", enabled: true }, ctx);
      expect(await box()).toEqual({ channel: "email", enabled: true, chosen: true });
      await chooseNotice(world.user, { event: "token_expiring", channel: "email", enabled: null }, ctx);
      expect(await box()).toEqual({ channel: "email", enabled: false, chosen: null });
    }));

  it("cannot switch off what is mandatory, neither for oneself nor for all", () =>
    inWorld({}, async (db, world) => {
      const ctx = contextOf(db);
      for (const event of ["token_created", "token_leaked"] as const) {
        const choice = { event, channel: "email", enabled: false } as const;
        expect(await chooseNotice(world.user, choice, ctx)).toEqual({
          ok: false,
          refusal: { code: "notice_mandatory" },
        });
        expect(await chooseDefaultNotice(world.admin, choice, ctx)).toMatchObject({
          refusal: { code: "notice_mandatory" },
        });
      }
      expect(await db.$count(noticePreferences)).toBe(0);
      const lines = await viewNoticePreferences(world.user, ctx);
      expect(lines.map(({ event, mandatory }) => [event, mandatory])).toEqual([
        ["token_expiring", "no"],
        ["token_created", "yes"],
        ["token_deleted", "partly"],
        ["token_leaked", "yes"],
      ]);
    }));

  it("of the organization are the administrator's, with one event for each change", () =>
    inWorld({}, async (db, world) => {
      const ctx = contextOf(db);
      const choice = { event: "token_expiring", channel: "in_app", enabled: false } as const;
      expect(await chooseDefaultNotice(world.user, choice, ctx)).toMatchObject({ refusal: { code: "not_permitted" } });
      expect(await viewNoticeDefaults(world.user, ctx)).toMatchObject({ refusal: { code: "not_permitted" } });
      await chooseDefaultNotice(world.admin, choice, ctx);
      await chooseDefaultNotice(world.admin, choice, ctx);
      const events = await db.select().from(auditEvents).where(eq(auditEvents.action, "notices.updated"));
      expect(events.map(({ details }) => details)).toEqual([
        { event: "token_expiring", channel: "in_app", from: null, to: false },
      ]);
      const defaults = await viewNoticeDefaults(world.admin, ctx);
      expect(defaults).toMatchObject({
        ok: true,
        value: [{ channels: [{ enabled: false }, { enabled: true }] }, {}, {}, {}],
      });
    }));
});
