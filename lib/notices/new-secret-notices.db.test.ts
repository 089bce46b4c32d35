import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, notifications, outbox } from "@/db/schema";
import { prepareMail } from "@/lib/mail/prepare-mail";
import { NOTHING_PENDING } from "@/lib/tokens/cancel-rotation";
import { rotateToken } from "@/lib/tokens/rotate-token";
import type { TokenPolicy } from "@/lib/tokens/token-policy";
import { days, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { PUBLIC_URL } from "@/test/mail-rows";
import { contextOf, makeWorld, type World } from "@/test/world";
import { notifyExpiringTokens } from "./notify-expiring-tokens";

/** A token that expires in seven days, of which a new secret waits. */
const inWorld = (run: (db: Db, world: World, token: { id: string }) => Promise<void>) =>
  withRollback(async (db) => {
    const policy: Partial<TokenPolicy> = {
      noticeDays: [7],
      noticeAdministrators: false,
      expiry: "optional",
      expiryDays: null,
    };
    const world = await makeWorld(db, { preset: "role_scoped", policy });
    const token = await world.addToken(world.user, { name: "ci", expiresAt: days(7), createdAt: days(-83) });
    const rotated = await rotateToken(world.user, { id: token.id, overlap_days: 1 }, contextOf(db, days(-2)));
    if (!rotated.ok) throw new Error(rotated.refusal.code);
    await run(db, world, token);
  });

async function told(db: Db, { organizationId }: World) {
  const rows = await db.select().from(notifications).where(eq(notifications.organizationId, organizationId));
  const [mail] = await db.select().from(outbox).where(eq(outbox.organizationId, organizationId));
  const letter = mail && (await prepareMail(db, mail, { publicUrl: PUBLIC_URL, now: NOW }));
  return {
    details: rows.filter(({ event }) => event === "token_expiring").map(({ details }) => details),
    text: letter && typeof letter !== "string" ? letter.text.replace(/\s+/g, " ") : null,
  };
}

describe("a token whose new secret waits", () => {
  it("is told of, since it does end, with the secret and what its first use does", () =>
    inWorld(async (db, world, { id }) => {
      const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
      expect(row?.pendingExpiresAt).toEqual(days(88));
      await notifyExpiringTokens({ db, now: NOW });
      const { details, text } = await told(db, world);
      expect(details).toMatchObject([
        { kind: "expiring", tokens: [{ id, newSecret: { since: row?.pendingAt?.toISOString(), renews: true } }] },
      ]);
      expect(text).toContain("New secret waits since");
      expect(text).toContain("Its first use renews the API token until 11 September 2026");
      expect(text).not.toContain("Replace it in time");
    }));

  it("is not said to be renewed where using the secret moves no expiry", () =>
    inWorld(async (db, world, { id }) => {
      await db.update(apiTokens).set({ pendingExpiresAt: null }).where(eq(apiTokens.id, id));
      await notifyExpiringTokens({ db, now: NOW });
      const { details, text } = await told(db, world);
      expect(details).toMatchObject([{ tokens: [{ newSecret: { renews: false } }] }]);
      expect(text).toContain("using it does not move this expiry");
      expect(text).not.toContain("renews");
    }));

  it("is not told of once the secret was used and the expiry moved", () =>
    inWorld(async (db, world, { id }) => {
      await db
        .update(apiTokens)
        .set({ ...NOTHING_PENDING, expiresAt: days(88) })
        .where(eq(apiTokens.id, id));
      await notifyExpiringTokens({ db, now: NOW });
      expect(await told(db, world)).toEqual({ details: [], text: null });
    }));

  it("and is used between the notice and the mail makes the mail say nothing", () =>
    inWorld(async (db, world, { id }) => {
      await notifyExpiringTokens({ db, now: NOW });
      await db
        .update(apiTokens)
        .set({ ...NOTHING_PENDING, expiresAt: days(88) })
        .where(eq(apiTokens.id, id));
      expect((await told(db, world)).text).toBeNull();
    }));

  it.each([
    ["is taken back", NOTHING_PENDING],
    ["waited too long to be used", { pendingAt: days(-365) }],
  ])("and %s is told of as any other", (_, change) =>
    inWorld(async (db, world, { id }) => {
      await db.update(apiTokens).set(change).where(eq(apiTokens.id, id));
      await notifyExpiringTokens({ db, now: NOW });
      const { details, text } = await told(db, world);
      expect(JSON.stringify(details)).not.toContain("newSecret");
      expect(text).toContain("Replace it in time");
      expect(text).not.toContain("secret waits");
    }),
  );
});
