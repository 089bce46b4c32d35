import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import {
  apiTokens,
  expiryNotices,
  noticeDefaults,
  noticePreferences,
  notifications,
  outbox,
  tokenPolicies,
} from "@/db/schema";
import { days, hours, minutes, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { makeWorld, type World, type WorldOptions } from "@/test/world";
import { notifyExpiringTokens } from "./notify-expiring-tokens";

/** Who was told of what, in the order of telling: "user: ci (mail)". */
async function told(db: Db, world: World): Promise<string[]> {
  const rows = await db
    .select({ row: notifications, mail: outbox.id })
    .from(notifications)
    .leftJoin(outbox, sql`${outbox.content} ->> 'notificationId' = ${notifications.id}::text`)
    .where(eq(notifications.organizationId, world.organizationId))
    .orderBy(notifications.at, notifications.id);
  const names = new Map(
    (["admin", "engineer", "user", "viewer"] as const).map((name) => [world[name].memberId, name as string]),
  );
  return rows.map(({ row, mail }) => {
    if (row.details.kind !== "expiring") throw new Error("of another kind");
    const tokens =
      row.details.count > 5 ? `${row.details.count}` : row.details.tokens.map(({ name }) => name).join("+");
    const ways = [row.inApp ? "app" : "", mail ? "mail" : ""].filter(Boolean).join(" ");
    return `${names.get(row.memberId) ?? "other"}: ${tokens} (${ways})`;
  });
}

const ISSUER_ONLY: WorldOptions = { policy: { noticeDays: [30, 7, 1], noticeAdministrators: false } };

function inWorld(options: WorldOptions, run: (db: Db, world: World) => Promise<void>) {
  return withRollback(async (db) => run(db, await makeWorld(db, options)));
}

describe("a notice of expiry", () => {
  it("comes at its moment and not before, and once", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      await world.addToken(world.user, { name: "ci", expiresAt: days(7), createdAt: days(-2) });
      await notifyExpiringTokens({ db, now: new Date(NOW.getTime() - 1) });
      expect(await told(db, world)).toEqual([]);
      await notifyExpiringTokens({ db, now: NOW });
      for (const now of [NOW, minutes(5), days(5.9)]) await notifyExpiringTokens({ db, now });
      expect(await told(db, world)).toEqual(["user: ci (app mail)"]);
      await notifyExpiringTokens({ db, now: days(6) });
      await notifyExpiringTokens({ db, now: days(6.5) });
      expect(await told(db, world)).toEqual(["user: ci (app mail)", "user: ci (app mail)"]);
    }));

  it("reaches the issuer and the administrators where the policy says so, and nobody else", () =>
    inWorld({ preset: "role_scoped" }, async (db, world) => {
      await world.addToken(world.user, { name: "ci", expiresAt: days(7) });
      await notifyExpiringTokens({ db, now: NOW });
      expect((await told(db, world)).sort()).toEqual(["admin: ci (app mail)", "user: ci (app mail)"]);
    }));

  it("comes by mail seven days and one day before by this preset, and on no other day", () =>
    inWorld({ preset: "role_scoped" }, async (db, world) => {
      await world.addToken(world.user, { name: "ci", expiresAt: days(20) });
      for (let day = 0; day <= 21; day += 1) await notifyExpiringTokens({ db, now: days(day) });
      const mails = await db
        .select({ at: outbox.createdAt })
        .from(outbox)
        .where(eq(outbox.memberId, world.user.memberId))
        .orderBy(outbox.createdAt);
      expect(mails.map(({ at }) => at)).toEqual([days(13), days(19)]);
    }));

  it("tells administrators nothing of tokens that they do not see", () =>
    inWorld({ policy: { visibility: "own", noticeDays: [7], noticeAdministrators: true } }, async (db, world) => {
      await world.addToken(world.user, { name: "ci", expiresAt: days(7) });
      await notifyExpiringTokens({ db, now: NOW });
      expect(await told(db, world)).toEqual(["user: ci (app mail)"]);
    }));

  it("tells who issued a token themselves once, as issuer and administrator", () =>
    inWorld({ preset: "role_scoped" }, async (db, world) => {
      await world.addToken(world.admin, { name: "ci", expiresAt: days(1) });
      await notifyExpiringTokens({ db, now: NOW });
      expect(await told(db, world)).toEqual(["admin: ci (app mail)"]);
    }));

  it("of a service account reaches who answers for it: its owner, its group's administrators, else the organization's", () =>
    inWorld({ policy: { noticeDays: [7], noticeAdministrators: false } }, async (db, world) => {
      const group = await world.addGroup("Platform", [world.user], [world.engineer]);
      const owned = await world.addMember({ email: null, owner: world.viewer });
      const ofGroup = await world.addMember({ email: null, owner: { groupId: group } });
      const ofNobody = await world.addMember({ email: null });
      await world.addToken(owned, { name: "owned", expiresAt: days(7), kind: "svc" });
      await world.addToken(ofGroup, { name: "group's", expiresAt: days(7), kind: "svc" });
      await world.addToken(ofNobody, { name: "nobody's", expiresAt: days(7), kind: "svc" });
      await notifyExpiringTokens({ db, now: NOW });
      expect((await told(db, world)).sort()).toEqual([
        "admin: nobody's (app mail)",
        "engineer: group's (app mail)",
        "viewer: owned (app mail)",
      ]);
    }));

  it("is one message for many tokens, with what is due within a day after", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      for (const at of [7, 7.2, 7.9, 8.1]) {
        await world.addToken(world.user, { name: `at ${at}`, expiresAt: days(at), createdAt: days(-2) });
      }
      await notifyExpiringTokens({ db, now: NOW });
      expect(await told(db, world)).toEqual(["user: at 7+at 7.2+at 7.9 (app mail)"]);
      await notifyExpiringTokens({ db, now: hours(23) });
      expect(await told(db, world)).toHaveLength(1);
      await notifyExpiringTokens({ db, now: days(1.1) });
      expect(await told(db, world)).toEqual(["user: at 7+at 7.2+at 7.9 (app mail)", "user: at 8.1 (app mail)"]);
    }));

  it("does not bring one person's notices forward for another's", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      await world.addToken(world.user, { name: "due", expiresAt: days(7) });
      await world.addToken(world.engineer, { name: "later", expiresAt: days(7.5), createdAt: days(-2) });
      await notifyExpiringTokens({ db, now: NOW });
      expect(await told(db, world)).toEqual(["user: due (app mail)"]);
    }));

  it("is told for each of two days that follow each other", () =>
    inWorld({ policy: { noticeDays: [2, 1], noticeAdministrators: false } }, async (db, world) => {
      await world.addToken(world.user, { name: "ci", expiresAt: days(2) });
      for (const now of [NOW, hours(1), hours(23), days(1), hours(25), hours(47)])
        await notifyExpiringTokens({ db, now });
      const rows = await db.select().from(expiryNotices).where(eq(expiryNotices.organizationId, world.organizationId));
      expect(rows.map((row) => [row.days, row.at]).sort()).toEqual([
        [1, days(1)],
        [2, NOW],
      ]);
      expect(await told(db, world)).toHaveLength(2);
    }));

  it("catches up once after three days off: the last moment that passed, and none before it", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      await world.addToken(world.user, { name: "ci", expiresAt: days(7.5), createdAt: days(-60) });
      await notifyExpiringTokens({ db, now: days(-22) });
      await notifyExpiringTokens({ db, now: days(6.6) });
      expect(await told(db, world)).toEqual(["user: ci (app mail)", "user: ci (app mail)"]);
      const rows = await db.select().from(expiryNotices).where(eq(expiryNotices.organizationId, world.organizationId));
      expect(rows.map((row) => row.days).sort((a, b) => a - b)).toEqual([1, 30]);
    }));

  it.each([
    ["was deleted", { state: "deleted", deletedAt: NOW, deletedBy: null }],
    ["was extended", { expiresAt: days(90) }],
    ["never expires any more", { expiresAt: null }],
  ] as const)("says nothing of a token that %s", (_, change) =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      const { id } = await world.addToken(world.user, { name: "ci", expiresAt: days(7) });
      await db.update(apiTokens).set(change).where(eq(apiTokens.id, id));
      await notifyExpiringTokens({ db, now: days(0.5) });
      expect(await told(db, world)).toEqual([]);
    }),
  );

  it("says nothing of what has expired, of tokens that are switched off and of a policy without notices", async () => {
    await inWorld(ISSUER_ONLY, async (db, world) => {
      await world.addToken(world.user, { name: "ci", expiresAt: days(7) });
      await notifyExpiringTokens({ db, now: days(7) });
      expect(await told(db, world)).toEqual([]);
      await world.setTokensEnabled(false);
      await notifyExpiringTokens({ db, now: days(1) });
      expect(await told(db, world)).toEqual([]);
      await world.setTokensEnabled(true);
      await db
        .update(tokenPolicies)
        .set({ noticeDays: [] })
        .where(eq(tokenPolicies.organizationId, world.organizationId));
      await notifyExpiringTokens({ db, now: days(1) });
      expect(await told(db, world)).toEqual([]);
    });
  });

  it("says nothing at the making of a token that lives shorter than the days of a notice", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      await world.addToken(world.user, { name: "short", createdAt: NOW, expiresAt: days(7) });
      await world.addToken(world.user, { name: "shorter", createdAt: NOW, expiresAt: hours(3) });
      for (const now of [NOW, hours(1), days(5)]) await notifyExpiringTokens({ db, now });
      expect(await told(db, world)).toEqual([]);
      await notifyExpiringTokens({ db, now: days(6) });
      expect(await told(db, world)).toEqual(["user: short (app mail)"]);
    }));

  it("is told anew for a new expiry, and not for the old one that came back", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      const { id } = await world.addToken(world.user, { name: "ci", expiresAt: days(7), createdAt: days(-60) });
      await notifyExpiringTokens({ db, now: NOW });
      const extend = (expiresAt: Date) => db.update(apiTokens).set({ expiresAt }).where(eq(apiTokens.id, id));
      await extend(days(40));
      await notifyExpiringTokens({ db, now: days(1) });
      expect(await told(db, world)).toHaveLength(1);
      await notifyExpiringTokens({ db, now: days(10) });
      expect(await told(db, world)).toHaveLength(2);
      await extend(days(7));
      await notifyExpiringTokens({ db, now: days(1) });
      expect(await told(db, world)).toHaveLength(2);
    }));

  it("is told once a day of a threshold, however often somebody moves the expiry over it, and of where it stands then", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      const { id } = await world.addToken(world.user, { name: "ci", expiresAt: days(7), createdAt: days(-60) });
      await notifyExpiringTokens({ db, now: NOW });
      for (let minute = 1; minute < 60; minute += 1) {
        const now = minutes(minute);
        const expirySetAt = minutes(minute - 0.5);
        await db
          .update(apiTokens)
          .set({ expiresAt: new Date(now.getTime() + +days(7) - +NOW), expirySetAt })
          .where(eq(apiTokens.id, id));
        await notifyExpiringTokens({ db, now });
      }
      expect(await told(db, world)).toHaveLength(1);
      await notifyExpiringTokens({ db, now: minutes(24 * 60) });
      expect(await told(db, world)).toHaveLength(2);
    }));

  it("does not reach who is deactivated", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      await world.addToken(world.user, { name: "ci", expiresAt: days(7) });
      await world.deactivate(world.user);
      await notifyExpiringTokens({ db, now: NOW });
      expect(await told(db, world)).toEqual([]);
    }));

  it("stays within its organization", () =>
    withRollback(async (db) => {
      const [one, other] = [
        await makeWorld(db, { preset: "role_scoped" }),
        await makeWorld(db, { preset: "role_scoped" }),
      ];
      await one.addToken(one.user, { name: "ci", expiresAt: days(7) });
      await notifyExpiringTokens({ db, now: NOW });
      expect(await told(db, one)).toHaveLength(2);
      expect(await told(db, other)).toEqual([]);
    }));
});

describe("what a person wants", () => {
  const choose = (db: Db, world: World, channel: "in_app" | "email", enabled: boolean) =>
    db.insert(noticePreferences).values({
      organizationId: world.organizationId,
      memberId: world.user.memberId,
      event: "token_expiring",
      channel,
      enabled,
    });

  it("decides by which way they are told, and no row of a message is left where that is none", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      await world.addToken(world.user, { name: "ci", expiresAt: days(7) });
      await choose(db, world, "email", false);
      await notifyExpiringTokens({ db, now: NOW });
      expect(await told(db, world)).toEqual(["user: ci (app)"]);
      await choose(db, world, "in_app", false);
      await notifyExpiringTokens({ db, now: days(6) });
      expect(await told(db, world)).toEqual(["user: ci (app)"]);
    }));

  it("goes before what the organization has set, which goes before nothing", () =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      await db.insert(noticeDefaults).values([
        { organizationId: world.organizationId, event: "token_expiring", channel: "email", enabled: false },
        { organizationId: world.organizationId, event: "token_expiring", channel: "in_app", enabled: false },
      ]);
      await choose(db, world, "email", true);
      await world.addToken(world.user, { name: "ci", expiresAt: days(7) });
      await world.addToken(world.engineer, { name: "build", expiresAt: days(7) });
      await notifyExpiringTokens({ db, now: NOW });
      expect(await told(db, world)).toEqual(["user: ci (mail)"]);
    }));
});

describe("days", () => {
  it.each([
    ["the clocks of Europe go forward", "2026-03-29T12:00:00Z"],
    ["they go back", "2026-10-25T12:00:00Z"],
    ["the month is a leap year's February", "2028-02-29T12:00:00Z"],
    ["the year ends", "2027-01-01T00:00:00Z"],
  ])("are 24 hours also where %s", (_, expiry) =>
    inWorld(ISSUER_ONLY, async (db, world) => {
      await db.execute(sql`set local time zone 'Europe/Berlin'`);
      const expiresAt = new Date(expiry);
      const ahead = (hours: number) => new Date(expiresAt.getTime() - hours * 3_600_000);
      await world.addToken(world.user, { name: "ci", expiresAt, createdAt: ahead(24 * 60) });
      await notifyExpiringTokens({ db, now: new Date(ahead(24).getTime() - 1) });
      const seven = await told(db, world);
      await notifyExpiringTokens({ db, now: ahead(24) });
      expect([seven.length, (await told(db, world)).length]).toEqual([1, 2]);
      const rows = await db
        .select({ days: expiryNotices.days })
        .from(expiryNotices)
        .where(and(eq(expiryNotices.organizationId, world.organizationId), eq(expiryNotices.at, ahead(24))));
      expect(rows).toEqual([{ days: 1 }]);
    }),
  );
});
