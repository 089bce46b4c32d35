import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import {
  apiTokens,
  auditEvents,
  expiryAnswers,
  noticeDefaults,
  noticePreferences,
  notifications,
  outbox,
} from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { viewTokens } from "@/lib/tokens/view-tokens";
import { days, hours, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld, type World, type WorldOptions } from "@/test/world";
import { answerExpiry, readExpiryAnswers, withdrawExpiryAnswer } from "./answer-expiry";
import { listNotifications, markAllRead, markNotification } from "./list-notifications";
import { notificationsQuery } from "./notice-input";
import { chooseDefaultNotices, chooseNotices, viewNoticeDefaults, viewNoticePreferences } from "./notice-preferences";
import { notifyExpiringTokens } from "./notify-expiring-tokens";
import { viewShell } from "./view-shell";

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
      const elsewhere = await makeWorld(db);
      for (const other of [world.admin, elsewhere.admin]) {
        const answer = await markNotification(other, { id: shown!.id, isRead: true }, contextOf(db));
        expect(answer).toEqual({ ok: false, refusal: { code: "not_found" } });
        await markAllRead(other, { upTo: "ffffffff-ffff-7fff-bfff-ffffffffffff", events: [] }, contextOf(db));
      }
      expect((await listNotifications(world.user, ALL, contextOf(db))).unread).toBe(1);
      await notifyExpiringTokens({ db, now: days(6) });
      expect(await markAllRead(world.user, { upTo: shown!.id, events: [] }, contextOf(db))).toEqual({
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

  it("says what became of a token since, to whoever sees it still, and asks once for all lines", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      const names = ["rotated", "extended", "deleted", "same"] as const;
      const tokens = [];
      for (const [n, name] of names.entries()) {
        tokens.push(await world.addToken(world.user, { name, expiresAt: days(7) }));
        await notifyExpiringTokens({ db, now: NOW });
        expect(await db.$count(notifications)).toBe(n + 1);
      }
      const changes = [
        { rotatedAt: hours(1), expiresAt: days(90), expirySetAt: hours(1) },
        { expiresAt: days(60), expirySetAt: hours(1) },
        { state: "deleted" as const, deletedAt: hours(1) },
      ];
      for (const [n, change] of changes.entries()) {
        await db.update(apiTokens).set(change).where(eq(apiTokens.id, tokens[n]!.id));
      }
      const { rows } = await listNotifications(world.user, ALL, contextOf(db, hours(2)));
      const since = rows.map(({ details, since }) => [details.kind === "expiring" && details.tokens[0]?.name, since]);
      expect(since.reverse()).toEqual([
        ["rotated", { [tokens[0]!.id]: "rotated" }],
        ["extended", { [tokens[1]!.id]: "extended" }],
        ["deleted", { [tokens[2]!.id]: "deleted" }],
        ["same", {}],
      ]);
      // Given to somebody else, whose tokens the person does not see.
      await db.update(apiTokens).set({ issuerId: world.admin.memberId }).where(eq(apiTokens.id, tokens[2]!.id));
      const [, third] = (await listNotifications(world.user, ALL, contextOf(db, hours(2)))).rows;
      expect(third?.since).toEqual({});
    }));

  it("marks as read what tells of one token's expiry alone, once its reader has answered it", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      const one = await world.addToken(world.user, { name: "one", expiresAt: days(7) });
      await notifyExpiringTokens({ db, now: NOW });
      await world.addToken(world.user, { name: "other", expiresAt: days(7) });
      await notifyExpiringTokens({ db, now: NOW });
      await db.update(notifications).set({ readAt: null });
      expect((await listNotifications(world.user, ALL, contextOf(db))).unread).toBe(2);
      expect(await answerExpiry(world.user, { id: one.id, remind_in_days: null }, contextOf(db))).toMatchObject({
        ok: true,
      });
      const { rows, unread } = await listNotifications(world.user, ALL, contextOf(db));
      expect(unread).toBe(1);
      expect(
        rows.map(({ details, isRead }) => [details.kind === "expiring" && details.tokens[0]?.name, isRead]),
      ).toEqual([
        ["other", false],
        ["one", true],
      ]);
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
      const upTo = first.rows[0]!.id;
      const left = await markAllRead(world.user, { upTo, events: ["token_created"] }, contextOf(db));
      expect(left).toEqual({ ok: true, value: { unread: 23 } });
    }));
});

describe("an answer to a notice", () => {
  it("is shown to whoever sees the token, one's own first, and no more once the expiry is another", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      const { id } = await world.addToken(world.user, { name: "ci", expiresAt: days(7) });
      await answerExpiry(world.user, { id, remind_in_days: 2 }, contextOf(db));
      await answerExpiry(world.admin, { id, remind_in_days: null }, contextOf(db, hours(1)));
      const answers = (who: MemberActor, expiresAt = days(7)) =>
        readExpiryAnswers(who, { id, expiresAt }, contextOf(db));
      expect((await answers(world.admin)).map(({ name, isOwn, remindAt }) => [name, isOwn, remindAt])).toEqual([
        [world.admin.name, true, null],
        [world.user.name, false, days(2)],
      ]);
      expect((await answers(world.user)).map(({ isOwn }) => isOwn)).toEqual([true, false]);
      expect(await answers(world.user, days(8))).toEqual([]);
    }));

  it("names nobody to whom groups leave no sight of them", () =>
    inWorld({ ...ISSUER_ONLY, teamsEnabled: true }, async (db, world) => {
      const { id } = await world.addToken(world.user, { name: "ci", expiresAt: days(7) });
      await world.addGroup("North", [world.user]);
      await answerExpiry(world.admin, { id, remind_in_days: null }, contextOf(db));
      const bounded = await world.reload(world.user);
      expect(await readExpiryAnswers(bounded, { id, expiresAt: days(7) }, contextOf(db))).toEqual([]);
    }));

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

  it("is taken back by whoever gave it, who is told again, and by nobody else", () =>
    inWorld({ policy: { noticeDays: [7, 1], noticeAdministrators: true } }, async (db, world) => {
      const { id } = await world.addToken(world.user, { name: "ci", expiresAt: days(7) });
      const answers = async () =>
        (await readExpiryAnswers(world.admin, { id, expiresAt: days(7) }, contextOf(db))).map(({ name }) => name);
      for (const who of [world.user, world.admin]) await answerExpiry(who, { id, remind_in_days: null }, contextOf(db));
      await notifyExpiringTokens({ db, now: NOW });
      expect(await told(db)).toBe(0);
      expect(await withdrawExpiryAnswer(world.viewer, { id }, contextOf(db))).toMatchObject({
        refusal: { code: "not_found" },
      });
      expect(await answers()).toHaveLength(2);
      expect(await withdrawExpiryAnswer(world.user, { id }, contextOf(db))).toEqual({ ok: true, value: null });
      expect(await answers()).toEqual([world.admin.name]);
      await notifyExpiringTokens({ db, now: days(6) });
      expect((await listNotifications(world.user, ALL, contextOf(db))).rows).toHaveLength(1);
      expect((await listNotifications(world.admin, ALL, contextOf(db))).rows).toHaveLength(0);
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
      expect(await readExpiryAnswers(world.user, { id, expiresAt: days(7) }, contextOf(db))).toMatchObject([
        { isOwn: true, remindedAt: days(5) },
      ]);
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
      const other = await makeWorld(db);
      for (const foreign of [
        await world.addToken(world.admin, { expiresAt: days(5) }),
        await other.addToken(other.user, { expiresAt: days(5) }),
      ]) {
        const answer = await answerExpiry(world.user, { id: foreign.id, remind_in_days: null }, ctx);
        expect(answer).toEqual({ ok: false, refusal: { code: "not_found" } });
      }
      expect(await db.$count(expiryAnswers)).toBe(0);
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
  /** A box that was as `was` when the form was filled. */
  const box = (to: boolean | null, was: boolean | null = null, channel: "in_app" | "email" = "email") => ({
    changes: [{ event: "token_expiring" as const, channel, was, to }],
  });

  it("are one's own before the organization's, and can be left to it again", () =>
    inWorld({}, async (db, world) => {
      const ctx = contextOf(db);
      const mail = async () =>
        (await viewNoticePreferences(world.user, ctx)).lines.find(({ event }) => event === "token_expiring")
          ?.channels[1];
      expect(await mail()).toEqual({ channel: "email", enabled: true, chosen: null, standard: true });
      await chooseDefaultNotices(world.admin, box(false), ctx);
      expect(await mail()).toEqual({ channel: "email", enabled: false, chosen: null, standard: false });
      await chooseNotices(world.user, box(true), ctx);
      expect(await mail()).toEqual({ channel: "email", enabled: true, chosen: true, standard: false });
      expect(await db.$count(noticePreferences)).toBe(1);
      await chooseNotices(world.user, box(null, true), ctx);
      expect(await mail()).toEqual({ channel: "email", enabled: false, chosen: null, standard: false });
    }));

  it("cannot switch off what is mandatory, neither for oneself nor for all, and then nothing else is changed", () =>
    inWorld({}, async (db, world) => {
      const ctx = contextOf(db);
      for (const event of ["token_created", "token_leaked"] as const) {
        const input = { changes: [...box(false).changes, { event, channel: "email" as const, was: null, to: false }] };
        const refusal = { ok: false, refusal: { code: "notice_mandatory" } };
        expect(await chooseNotices(world.user, input, ctx)).toEqual(refusal);
        expect(await chooseDefaultNotices(world.admin, input, ctx)).toEqual(refusal);
      }
      expect(await db.$count(noticePreferences)).toBe(0);
      expect(await db.$count(noticeDefaults)).toBe(0);
      const { lines } = await viewNoticePreferences(world.user, ctx);
      expect(lines.map(({ event, mandatory }) => [event, mandatory])).toEqual([
        ["token_expiring", "no"],
        ["token_inactive", "no"],
        ["token_created", "yes"],
        ["token_deleted", "partly"],
        ["token_leaked", "yes"],
      ]);
    }));

  it("of the organization are the administrator's, with one event for each change", () =>
    inWorld({}, async (db, world) => {
      const ctx = contextOf(db);
      for (const who of [world.engineer, world.user, world.viewer]) {
        expect(await chooseDefaultNotices(who, box(false), ctx)).toMatchObject({ refusal: { code: "not_permitted" } });
        expect(await viewNoticeDefaults(who, ctx)).toMatchObject({ refusal: { code: "not_permitted" } });
      }
      expect(await db.$count(noticeDefaults)).toBe(0);
      // The second is the same form, whose answer was lost.
      for (let n = 0; n < 2; n += 1) {
        expect(await chooseDefaultNotices(world.admin, box(false, null, "in_app"), ctx)).toEqual({
          ok: true,
          value: null,
        });
      }
      const events = await db.select().from(auditEvents).where(eq(auditEvents.action, "notices.updated"));
      expect(events.map(({ details }) => details)).toEqual([
        { event: "token_expiring", channel: "in_app", from: null, to: false },
      ]);
      const defaults = await viewNoticeDefaults(world.admin, ctx);
      expect(defaults).toMatchObject({
        ok: true,
        value: { lines: [{ channels: [{ enabled: false, standard: true }, { enabled: true }] }, {}, {}, {}, {}] },
      });
    }));

  it("that were changed meanwhile are not written over, and nothing of the form is done", () =>
    inWorld({}, async (db, world) => {
      const ctx = contextOf(db);
      for (const [choose, who] of [
        [chooseNotices, world.user],
        [chooseDefaultNotices, world.admin],
      ] as const) {
        await choose(who, box(false), ctx);
        const stale = { changes: [...box(false, null, "in_app").changes, ...box(null, true).changes] };
        expect(await choose(who, stale, ctx)).toEqual({ ok: false, refusal: { code: "notices_changed" } });
      }
      expect(await db.select().from(noticePreferences)).toMatchObject([{ channel: "email", enabled: false }]);
      expect(await db.select().from(noticeDefaults)).toMatchObject([{ channel: "email", enabled: false }]);
    }));

  it("of one organization are nothing to another, and of one person nothing to a colleague", () =>
    inWorld({}, async (db, world) => {
      const ctx = contextOf(db);
      const other = await makeWorld(db);
      await chooseDefaultNotices(other.admin, box(false), ctx);
      await chooseNotices(world.engineer, box(false), ctx);
      expect(JSON.stringify(await viewNoticePreferences(world.user, ctx))).not.toContain('"enabled":false');
      const answer = await viewNoticeDefaults(world.admin, ctx);
      expect(JSON.stringify(answer)).not.toContain('"enabled":false');
    }));
});

describe("what stands around every page", () => {
  it("counts one's own unread messages, and the tokens about to expire that one has not acknowledged", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      const other = await makeWorld(db);
      const { id } = await world.addToken(world.user, { name: "ci", expiresAt: days(6.5) });
      await world.addToken(world.user, { name: "far", expiresAt: days(20) });
      await other.addToken(other.user, { expiresAt: days(2) });
      await notifyExpiringTokens({ db, now: NOW });
      const seenBy = (who: MemberActor, now = NOW) => viewShell(who, contextOf(db, now));
      expect(await seenBy(world.user)).toEqual({ hasList: true, expiring: 1, unread: 1 });
      expect(await seenBy(world.admin)).toEqual({ hasList: true, expiring: 1, unread: 0 });
      expect(await seenBy(world.viewer)).toEqual({ hasList: true, expiring: 0, unread: 0 });
      await answerExpiry(world.user, { id, remind_in_days: 3 }, contextOf(db));
      expect(await seenBy(world.user)).toMatchObject({ expiring: 0, unread: 0 });
      expect(await seenBy(world.admin)).toMatchObject({ expiring: 1 });
      expect(await seenBy(world.user, days(3))).toMatchObject({ expiring: 1 });
      await answerExpiry(world.user, { id, remind_in_days: null }, contextOf(db, days(3)));
      expect(await seenBy(world.user, days(6))).toMatchObject({ expiring: 0 });
      await db
        .update(apiTokens)
        .set({ expiresAt: days(9) })
        .where(eq(apiTokens.id, id));
      expect(await seenBy(world.user, days(6))).toMatchObject({ expiring: 1 });
    }));

  it("leads from the notice to the very tokens that it counts", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      const known = await world.addToken(world.user, { name: "known", expiresAt: days(1) });
      await world.addToken(world.user, { name: "open", expiresAt: days(5) });
      await world.addToken(world.user, { name: "far", expiresAt: days(9) });
      await answerExpiry(world.user, { id: known.id, remind_in_days: null }, contextOf(db));
      const names = async (who: MemberActor, expires: string) => {
        const view = await viewTokens(who, { expires, sort: "expires_at" }, contextOf(db));
        const { page } = await view.list;
        return { notice: view.expiring?.count ?? 0, names: page.rows.map(({ name }) => name) };
      };
      expect(await names(world.user, "unacknowledged")).toEqual({ notice: 1, names: ["open"] });
      expect(await names(world.user, "soon")).toEqual({ notice: 1, names: ["known", "open"] });
      expect(await names(world.admin, "unacknowledged")).toEqual({ notice: 2, names: ["known", "open"] });
    }));
});
