import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, auditEvents, notifications, outbox } from "@/db/schema";
import { prepareMail } from "@/lib/mail/prepare-mail";
import { expireTokens } from "@/lib/tokens/expire-tokens";
import { loadRules } from "@/lib/tokens/load-rules";
import { policyOf } from "@/lib/tokens/token-policy-input";
import { updatePolicy } from "@/lib/tokens/update-policy";
import { days, minutes, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { lookAt, watchLongAgo } from "@/test/inactivity";
import { PUBLIC_URL } from "@/test/mail-rows";
import { contextOf, makeWorld, type NewToken, type World, type WorldOptions } from "@/test/world";

/** More than any statement writes at once. */
const MANY = 1200;

/** Copies of a token, so that there are `count` of it. */
async function copy(db: Db, { id }: { id: string }, count: number): Promise<void> {
  await db.execute(sql`
    insert into api_tokens (organization_id, id, kind, prefix, name, issuer_id, role_id, secret_hash, pepper_id, last_four,
      created_at, expires_at, last_used_at)
    select organization_id, left(id, 6) || lpad(n::text, 6, '0'), kind, prefix, name || ' ' || n, issuer_id, role_id,
      secret_hash, pepper_id, last_four, created_at, expires_at, last_used_at
    from api_tokens, generate_series(1, ${count - 1}) n where id = ${id}`);
}

const inWorld = (options: WorldOptions, run: (db: Db, world: World) => Promise<void>) =>
  withRollback(async (db) => run(db, await makeWorld(db, options)));

/** What each was told of deletions, by notification and by mail. */
async function told(db: Db, { organizationId }: World) {
  const shown = await db.select().from(notifications).where(eq(notifications.organizationId, organizationId));
  const mails = await db.select().from(outbox).where(eq(outbox.organizationId, organizationId));
  const deletions = shown.filter(({ event }) => event === "token_deleted");
  return new Map(
    deletions.map(({ memberId, details }) => [
      memberId,
      { details, mails: mails.filter((mail) => mail.memberId === memberId && mail.content.kind === "token_deleted") },
    ]),
  );
}

const deletionsOf = async (db: Db, { organizationId }: World) =>
  db.$count(
    auditEvents,
    sql`${auditEvents.organizationId} = ${organizationId} and ${auditEvents.action} = 'token.deleted'`,
  );

const expired: NewToken = { name: "ci", expiresAt: NOW, createdAt: days(-60) };

describe("tokens that the policy deletes at once", () => {
  it("are told to each receiver in one notification and one mail, a single one as itself", () =>
    inWorld({ policy: { deleteExpired: true, mailOnDelete: true } }, async (db, world) => {
      const account = await world.addMember({ email: null, name: "Nightly build", owner: world.engineer });
      await copy(db, await world.addToken(world.user, expired), MANY);
      await copy(db, await world.addToken(account, expired), 3);
      const single = await world.addToken(world.viewer, expired);
      const kept = await world.addToken(world.user, { expiresAt: days(1) });
      expect(await expireTokens({ db, now: NOW })).toEqual({ expired: 0, deleted: MANY + 4 });
      expect(await expireTokens({ db, now: minutes(1) })).toEqual({ expired: 0, deleted: 0 });
      expect(await deletionsOf(db, world)).toBe(MANY + 4);

      const all = await told(db, world);
      expect([...all.keys()].sort()).toEqual(
        [world.user, world.engineer, world.viewer].map(({ memberId }) => memberId).sort(),
      );
      for (const { mails } of all.values()) expect(mails).toHaveLength(1);
      expect(await db.$count(notifications, eq(notifications.organizationId, world.organizationId))).toBe(3);
      const user = all.get(world.user.memberId);
      expect(user?.details).toMatchObject({ kind: "deleted", count: MANY, by: null });
      expect(user?.details.kind === "deleted" && user.details.tokens).toHaveLength(5);
      expect(user?.mails[0]?.content).toMatchObject({ count: MANY, by: null, at: NOW.toISOString() });
      const content = JSON.stringify(user?.mails[0]?.content);
      expect(content.match(/"masked"/g)).toHaveLength(20);
      expect(content).not.toContain(kept.id);
      expect(all.get(world.engineer.memberId)?.mails[0]?.content).toMatchObject({
        count: 3,
        tokens: Array(3).fill({ issuedBy: "Nightly build" }),
      });
      expect(all.get(world.viewer.memberId)).toMatchObject({
        details: { kind: "token", token: { id: single.id, name: "ci" }, by: null },
        mails: [{ content: { token: { id: single.id } } }],
      });
    }));

  it("are named in the mail, a few of them, and the rest counted", () =>
    inWorld({ preset: "single_rotating", policy: { deleteExpired: true, mailOnDelete: true } }, async (db, world) => {
      await copy(db, await world.addToken(world.user, expired), 30);
      await expireTokens({ db, now: NOW });
      const [row] = await db.select().from(outbox).where(eq(outbox.organizationId, world.organizationId));
      if (!row) throw new Error("no mail");
      const mail = await prepareMail(db, row, { publicUrl: PUBLIC_URL, now: minutes(1) });
      if (typeof mail === "string") throw new Error(mail);
      expect(mail.subject).toBe("30 API tokens were revoked");
      expect(mail.text).toContain("And 10 more.");
      expect(mail.text.match(/lk_pat_/g)).toHaveLength(20);
    }));

  it("because nobody used them are told so too", () =>
    inWorld({ policy: { inactiveDays: 90, mailOnDelete: true } }, async (db, world) => {
      await watchLongAgo(db, world);
      await copy(db, await world.addToken(world.user, { createdAt: days(-300), lastUsedAt: days(-90) }), 12);
      expect(await lookAt(db, NOW)).toMatchObject({ notices: 12 });
      expect(await lookAt(db, new Date(days(7).getTime() + 5 * 60_000))).toMatchObject({ deleted: 12 });
      const all = await told(db, world);
      expect([...all.keys()]).toEqual([world.user.memberId]);
      expect(all.get(world.user.memberId)).toMatchObject({
        details: { kind: "deleted", count: 12, by: null },
        mails: [{ content: { count: 12, by: null } }],
      });
    }));

  it("and a change of it by somebody are told once, with who changed it", () =>
    inWorld({ policy: { mailOnDelete: false, deleteExpired: false } }, async (db, world) => {
      await copy(db, await world.addToken(world.user, expired), 7);
      await expireTokens({ db, now: NOW });
      const { policy } = await loadRules(db, world.organizationId);
      const changed = await updatePolicy(
        world.admin,
        { policy: { ...policyOf(policy), deleteExpired: true }, preset: policy.preset, version: policy.version },
        contextOf(db, minutes(1)),
      );
      expect(changed.ok).toBe(true);
      expect(await db.$count(apiTokens, eq(apiTokens.state, "deleted"))).toBe(7);
      expect(await told(db, world)).toEqual(
        new Map([
          [
            world.user.memberId,
            {
              details: expect.objectContaining({ kind: "deleted", count: 7, by: world.admin.name }),
              mails: [
                expect.objectContaining({ content: expect.objectContaining({ count: 7, by: world.admin.name }) }),
              ],
            },
          ],
        ]),
      );
    }));
});
