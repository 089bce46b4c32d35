import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, noticePreferences, notifications, outbox } from "@/db/schema";
import { prepareMail } from "@/lib/mail/prepare-mail";
import { days, hours, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { lookAt, markUsed, watchLongAgo } from "@/test/inactivity";
import { PUBLIC_URL } from "@/test/mail-rows";
import { makeWorld, type World, type WorldOptions } from "@/test/world";

const NINETY: WorldOptions = { preset: "role_scoped", policy: { inactiveDays: 90 } };
const OLD = { createdAt: days(-300), lastUsedAt: days(-90) };

const inWorld = (options: WorldOptions, run: (db: Db, world: World) => Promise<void>) =>
  withRollback(async (db) => {
    const world = await makeWorld(db, options);
    await watchLongAgo(db, world);
    await run(db, world);
  });

/** Who was told of how many tokens, by which way: "user: ci (app mail)". */
async function told(db: Db, world: World): Promise<string[]> {
  const names = new Map(
    (["admin", "engineer", "user", "viewer"] as const).map((name) => [world[name].memberId, name as string]),
  );
  const mails = await db.select().from(outbox).where(eq(outbox.organizationId, world.organizationId));
  const rows = await db
    .select()
    .from(notifications)
    .where(eq(notifications.organizationId, world.organizationId))
    .orderBy(notifications.at);
  return rows
    .map(({ memberId, inApp, details, at }) => {
      if (details.kind !== "inactive") throw new Error("of another kind");
      const mail = mails.some((one) => one.memberId === memberId && one.createdAt.getTime() === at.getTime());
      const ways = [inApp ? "app" : "", mail ? "mail" : ""].filter(Boolean).join(" ");
      const tokens =
        details.count > 5
          ? `${details.count}`
          : details.tokens
              .map(({ name }) => name)
              .sort()
              .join("+");
      return `${names.get(memberId) ?? "other"}: ${tokens} (${ways})`;
    })
    .sort();
}

/** What the mails say that wait now. */
async function letters(db: Db, now = NOW) {
  const rows = await db.select().from(outbox).orderBy(outbox.memberId);
  const mails = await Promise.all(rows.map((row) => prepareMail(db, row, { publicUrl: PUBLIC_URL, now })));
  return mails.map((mail) => (typeof mail === "string" ? null : mail));
}

describe("a notice that nobody uses a token", () => {
  it("reaches the issuer and the administrators, and nobody else", () =>
    inWorld(NINETY, async (db, world) => {
      await world.addToken(world.user, { name: "ci", ...OLD });
      await lookAt(db, NOW);
      expect(await told(db, world)).toEqual(["admin: ci (app mail)", "user: ci (app mail)"]);
    }));

  it("tells administrators nothing of tokens that they do not see, and one who issued it once", async () => {
    await inWorld({ policy: { visibility: "own", inactiveDays: 90 } }, async (db, world) => {
      await world.addToken(world.user, { name: "ci", ...OLD });
      await lookAt(db, NOW);
      expect(await told(db, world)).toEqual(["user: ci (app mail)"]);
    });
    await inWorld(NINETY, async (db, world) => {
      await world.addToken(world.admin, { name: "ci", ...OLD });
      await lookAt(db, NOW);
      expect(await told(db, world)).toEqual(["admin: ci (app mail)"]);
    });
  });

  it("of a service account reaches who answers for it", () =>
    inWorld({ policy: { visibility: "own", inactiveDays: 90 } }, async (db, world) => {
      const owned = await world.addMember({ email: null, owner: world.viewer });
      await world.addToken(owned, { name: "nightly", kind: "svc", ...OLD });
      await lookAt(db, NOW);
      expect(await told(db, world)).toEqual(["viewer: nightly (app mail)"]);
    }));

  it("is one message for many, with what follows within the day, and another one for what comes later", () =>
    inWorld(NINETY, async (db, world) => {
      for (const [name, at] of [
        ["a", -91] as const,
        ["b", -90] as const,
        ["c", -89.5] as const,
        ["d", -88.9] as const,
      ]) {
        await world.addToken(world.user, { name, createdAt: days(-300), lastUsedAt: days(at) });
      }
      for (const now of [NOW, hours(1), hours(23)]) await lookAt(db, now);
      expect(await told(db, world)).toEqual(["admin: a+b+c (app mail)", "user: a+b+c (app mail)"]);
      await lookAt(db, days(1.1));
      expect(await told(db, world)).toHaveLength(4);
      await lookAt(db, days(3));
      expect(await told(db, world)).toHaveLength(4);
    }));

  it("comes by the way that one has chosen, and the token goes all the same where that is none", () =>
    inWorld(NINETY, async (db, world) => {
      const { id } = await world.addToken(world.user, { name: "ci", ...OLD });
      const off = { organizationId: world.organizationId, event: "token_inactive", enabled: false } as const;
      await db.insert(noticePreferences).values([
        { ...off, memberId: world.user.memberId, channel: "email" },
        { ...off, memberId: world.user.memberId, channel: "in_app" },
        { ...off, memberId: world.admin.memberId, channel: "email" },
      ]);
      await lookAt(db, NOW);
      expect(await told(db, world)).toEqual(["admin: ci (app)"]);
      await lookAt(db, days(7.1));
      const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
      expect(row?.state).toBe("deleted");
    }));

  it("says when the token goes and what keeps it, and is dropped where it was used before anybody got it", () =>
    inWorld(NINETY, async (db, world) => {
      const token = await world.addToken(world.user, { name: "ci", ...OLD });
      await world.addToken(world.engineer, { name: "other", ...OLD });
      await lookAt(db, NOW);
      const subjects = (await letters(db)).map((mail) => mail?.subject);
      expect(subjects.sort()).toEqual([
        "2 API tokens are not used and will be deleted, the first in 7 days",
        "API token “ci” is not used and will be deleted in 7 days",
        "API token “other” is not used and will be deleted in 7 days",
      ]);
      await markUsed(db, token, hours(1));
      const later = (await letters(db, hours(2))).map((mail) => mail?.subject ?? null);
      expect(later.filter((subject) => subject?.includes("other"))).toHaveLength(2);
      expect(later).toContain(null);
      expect(later.join()).not.toContain("ci");
    }));
});
