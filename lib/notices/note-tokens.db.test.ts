import { asc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, noticePreferences, notifications, outbox } from "@/db/schema";
import { createToken } from "@/lib/tokens/create-token";
import { deleteOwnToken, deleteToken } from "@/lib/tokens/delete-token";
import { expireTokens } from "@/lib/tokens/expire-tokens";
import { markDeleted } from "@/lib/tokens/mark-deleted";
import { days, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { actingToken, contextOf, makeWorld, type World, type WorldOptions } from "@/test/world";

/** Who was told of what, by which way. */
async function told(db: Db, world: World): Promise<string[]> {
  const names = new Map(
    (["admin", "engineer", "user", "viewer"] as const).map((name) => [world[name].memberId, name as string]),
  );
  const nameOf = (id: string) => names.get(id) ?? "other";
  const shown = await db.select().from(notifications).orderBy(asc(notifications.id));
  const mails = await db.select().from(outbox).orderBy(asc(outbox.id));
  return [
    ...shown.filter(({ inApp }) => inApp).map(({ memberId, event }) => `app ${nameOf(memberId)} ${event}`),
    ...mails.map(({ memberId, content }) => `mail ${nameOf(memberId)} ${content.kind}`),
  ];
}

const inWorld = (options: WorldOptions, run: (db: Db, world: World) => Promise<void>) =>
  withRollback(async (db) => run(db, await makeWorld(db, options)));

const wish = { name: "ci", description: null, role_id: null, expires_at: undefined };
const MIRROR = { access: "issuer", expiry: "never" } as const;

describe("a token that was created", () => {
  it("is told to its issuer, by mail where the policy asks for one", async () => {
    await inWorld({ policy: { ...MIRROR, mailOnCreate: true } }, async (db, world) => {
      expect((await createToken(world.user, wish, contextOf(db))).ok).toBe(true);
      expect(await told(db, world)).toEqual(["app user token_created", "mail user token_created"]);
    });
    await inWorld({ policy: { ...MIRROR, mailOnCreate: false } }, async (db, world) => {
      await createToken(world.user, wish, contextOf(db));
      expect(await told(db, world)).toEqual(["app user token_created"]);
    });
  });

  it("is read already by whoever created it, and unread by anybody else", () =>
    inWorld({ policy: { ...MIRROR, issuers: "everyone" } }, async (db, world) => {
      await createToken(world.user, wish, contextOf(db));
      const account = await world.addMember({ email: null, owner: world.engineer, role: "viewer" });
      await createToken(world.admin, { ...wish, issuer_id: account.memberId }, contextOf(db));
      const rows = await db.select().from(notifications).orderBy(asc(notifications.id));
      expect(rows.map(({ memberId, readAt }) => [memberId, readAt])).toEqual([
        [world.user.memberId, NOW],
        [world.engineer.memberId, null],
      ]);
      expect(rows[0]?.details).toMatchObject({ isOwn: true });
      expect(rows[1]?.details).not.toHaveProperty("isOwn");
    }));

  it("is told whatever one has chosen, and never with its secret", () =>
    inWorld({ policy: { ...MIRROR, mailOnCreate: true } }, async (db, world) => {
      const choice = {
        organizationId: world.organizationId,
        memberId: world.user.memberId,
        event: "token_created",
      } as const;
      await db.insert(noticePreferences).values([
        { ...choice, channel: "email", enabled: false },
        { ...choice, channel: "in_app", enabled: false },
      ]);
      const outcome = await createToken(world.user, wish, contextOf(db));
      if (!outcome.ok) throw new Error("refused");
      expect(await told(db, world)).toEqual(["app user token_created", "mail user token_created"]);
      const secret = outcome.value.secret.reveal().slice(-49);
      const all = JSON.stringify([await db.select().from(outbox), await db.select().from(notifications)]);
      expect(all).not.toContain(secret);
    }));

  it("for a service account is told by mail to who answers for it, where somebody else created it", () =>
    inWorld({ policy: { ...MIRROR, issuers: "everyone" } }, async (db, world) => {
      const account = await world.addMember({ email: null, owner: world.engineer, role: "viewer" });
      const outcome = await createToken(world.admin, { ...wish, issuer_id: account.memberId }, contextOf(db));
      expect(outcome.ok).toBe(true);
      expect(await told(db, world)).toEqual(["app engineer token_created", "mail engineer token_created"]);
    }));

  it("is told to nobody where it was refused", () =>
    inWorld({ policy: { ...MIRROR, mailOnCreate: true, maxPerIssuer: 1 } }, async (db, world) => {
      await world.addToken(world.user);
      expect((await createToken(world.user, wish, contextOf(db))).ok).toBe(false);
      expect(await told(db, world)).toEqual([]);
    }));
});

describe("a token that was deleted", () => {
  it("by oneself is a mail where the policy asks for one and one wants it, and nothing else", async () => {
    await inWorld({ policy: { ...MIRROR, mailOnDelete: true } }, async (db, world) => {
      const { id } = await world.addToken(world.user);
      await deleteToken(world.user, { id }, contextOf(db));
      expect(await told(db, world)).toEqual(["mail user token_deleted"]);
    });
    await inWorld({ policy: { ...MIRROR, mailOnDelete: true } }, async (db, world) => {
      await db.insert(noticePreferences).values({
        organizationId: world.organizationId,
        memberId: world.user.memberId,
        event: "token_deleted",
        channel: "email",
        enabled: false,
      });
      const { id } = await world.addToken(world.user);
      await deleteToken(world.user, { id }, contextOf(db));
      expect(await told(db, world)).toEqual([]);
    });
  });

  it("by somebody else is told both ways, whatever the policy and whatever one has chosen", () =>
    inWorld({ policy: { ...MIRROR, mailOnDelete: false } }, async (db, world) => {
      for (const channel of ["email", "in_app"] as const) {
        await db.insert(noticePreferences).values({
          organizationId: world.organizationId,
          memberId: world.user.memberId,
          event: "token_deleted",
          channel,
          enabled: false,
        });
      }
      const { id } = await world.addToken(world.user);
      await deleteToken(world.admin, { id }, contextOf(db));
      await deleteToken(world.admin, { id }, contextOf(db));
      expect(await told(db, world)).toEqual(["app user token_deleted", "mail user token_deleted"]);
    }));

  it("by itself is told, since a token may be in others' hands", () =>
    inWorld({ policy: MIRROR }, async (db, world) => {
      const token = await world.addToken(world.user, { name: "ci" });
      await deleteOwnToken(await actingToken(db, world.user, token), contextOf(db));
      expect(await told(db, world)).toEqual(["app user token_deleted", "mail user token_deleted"]);
      const [row] = await db.select().from(outbox);
      expect(row?.content).toMatchObject({ by: expect.stringMatching(/^(?!.*\bci\b).+ \(through the API\)$/) });
    }));
});

describe("a token that leaked", () => {
  it("is told to administrators as whose it is, to its issuer as their own, with the address and the last use", () =>
    inWorld({ policy: { ...MIRROR, visibility: "administrators" } }, async (db, world) => {
      const { id } = await world.addToken(world.user, { name: "ci", lastUsedAt: days(-2) });
      await markDeleted(
        db as never,
        {
          organizationId: world.organizationId,
          which: eq(apiTokens.id, id),
          by: "system",
          policy: { mailOnCreate: false, mailOnDelete: false },
          told: { event: "token_leaked", how: "old_secret", from: "203.0.113.7" },
        },
        contextOf(db),
      );
      const contents = new Map((await db.select().from(outbox)).map((row) => [row.memberId, row.content]));
      expect(contents.get(world.user.memberId)).toMatchObject({ issuedBy: null, from: "203.0.113.7" });
      expect(contents.get(world.admin.memberId)).toMatchObject({
        issuedBy: world.user.name,
        from: "203.0.113.7",
        token: { lastUsedAt: days(-2).toISOString() },
      });
      const details = new Map((await db.select().from(notifications)).map((row) => [row.memberId, row.details]));
      expect(details.get(world.user.memberId)).toMatchObject({ issuedBy: null });
      expect(details.get(world.admin.memberId)).toMatchObject({ issuedBy: world.user.name, from: "203.0.113.7" });
    }));
});

describe("a token that the policy deleted", () => {
  it("is told with why, and a client by its whole id", () =>
    inWorld({ policy: { ...MIRROR, deleteExpired: true, mailOnDelete: true } }, async (db, world) => {
      const { id } = await world.addToken(world.user, { name: "ci", kind: "cls", expiresAt: days(-1) });
      await expireTokens({ db, now: NOW });
      const why = { how: "expired", by: null, token: { id, masked: id } };
      expect((await db.select().from(notifications))[0]?.details).toMatchObject(why);
      expect((await db.select().from(outbox))[0]?.content).toMatchObject(why);
    }));
});
