import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, auditEvents, notifications, outbox, revocationFeed } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { days, minutes, NOW } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { actingToken, contextOf, makeWorld } from "@/test/world";
import { cancelOwnRotation, cancelRotation } from "./cancel-rotation";
import { rotateOwnToken, rotateToken } from "./rotate-token";
import { SAME_MOMENT_SECONDS } from "./token-rotation";

/** As if whatever was done to the token's secrets had been so long ago: what counts is the database's clock. */
const age = (db: Db, id: string, seconds = SAME_MOMENT_SECONDS + 1) =>
  db.execute(sql`
    update api_tokens set pending_at = pending_at - ${seconds} * interval '1 second',
      rotated_at = rotated_at - ${seconds} * interval '1 second'
    where id = ${id}`);

const rowOf = async (db: Db, id: string) => {
  const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
  if (!row) throw new Error("no such token");
  return row;
};
const eventsOf = (db: Db, id: string) =>
  db.select().from(auditEvents).where(eq(auditEvents.subjectId, id)).orderBy(auditEvents.id);

const rotate = (db: Db, actor: Actor, id: string, { overlap = 1, now = NOW } = {}) =>
  rotateToken(actor, { id, overlap_days: overlap }, contextOf(db, now));

describe("rotateToken", () => {
  it("makes a secret of the same id that waits, and leaves the one in use as it is", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id, secret } = await world.addToken(world.user, { name: "ci" });
      const before = await rowOf(db, id);
      await db.delete(revocationFeed);
      const made = await rotate(db, world.user, id, { overlap: 3 });
      if (!made.ok) throw new Error(made.refusal.code);
      const fresh = made.value.secret.reveal();
      expect(fresh.slice(0, secret.lastIndexOf("_"))).toBe(secret.slice(0, secret.lastIndexOf("_")));
      expect(fresh).not.toBe(secret);
      expect(made.value.token).toMatchObject({
        id,
        rotation: { waitingSince: expect.any(Date), previousEndsAt: null },
      });
      expect(JSON.stringify(made.value)).not.toContain(fresh);
      const after = await rowOf(db, id);
      expect(after).toMatchObject({
        pendingAt: made.value.token.rotation?.waitingSince,
        pendingBy: world.user.memberId,
        pendingOverlapDays: 3,
        pendingLastFour: fresh.slice(-4),
        pendingExpiresAt: null,
      });
      expect(after).toMatchObject({ secretHash: before.secretHash, lastFour: before.lastFour, previousHash: null });
      expect(await eventsOf(db, id)).toMatchObject([
        {
          at: after.pendingAt,
          action: "token.rotated",
          actorMemberId: world.user.memberId,
          details: { name: "ci", overlap_days: 3 },
        },
      ]);
      expect(await db.select({ kind: revocationFeed.kind }).from(revocationFeed)).toEqual([{ kind: "token" }]);
      // In the console alone, as of a creation of one's own.
      expect(await db.select().from(notifications)).toMatchObject([
        { memberId: world.user.memberId, event: "token_created", inApp: true, details: { how: "rotated" } },
      ]);
      expect(await db.$count(outbox)).toBe(0);
    }));

  it("of fifty at once makes one waiting secret with one event, and every secret that was shown is that one", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db);
    const { id } = await world.addToken(world.user);
    // From processes whose clocks are minutes apart.
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) => rotate(db, world.user, id, { now: minutes((at * 37) % 50) })),
    );
    const shown = answers.flatMap((answer) => (answer.ok ? [answer.value.secret.reveal()] : []));
    expect(shown).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.refusal.code === "rotated_just_now")).toHaveLength(49);
    expect(await rowOf(db, id)).toMatchObject({ pendingLastFour: shown[0]?.slice(-4) });
    expect(await eventsOf(db, id)).toHaveLength(1);
  });

  it("is asked for again where its answer was lost: the new one waits, the lost one is none, and nothing else changes", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id } = await world.addToken(world.user);
      const { secretHash } = await rowOf(db, id);
      await rotate(db, world.user, id);
      const lost = await rowOf(db, id);
      await age(db, id, SAME_MOMENT_SECONDS - 1);
      expect(await rotate(db, world.user, id, { now: minutes(9) })).toMatchObject({
        refusal: { code: "rotated_just_now", retryAfterSeconds: expect.any(Number) },
      });
      await age(db, id);
      const again = await rotate(db, world.user, id, { overlap: 0 });
      expect(again.ok).toBe(true);
      const row = await rowOf(db, id);
      expect(row.pendingHash).not.toEqual(lost.pendingHash);
      expect(row).toMatchObject({ secretHash, previousHash: null, pendingOverlapDays: 0 });
      expect(await eventsOf(db, id)).toMatchObject([{}, { details: { replaced_secret_of: expect.any(String) } }]);
    }));

  it("finds nothing of others, and gives nothing of what is over, stopped or switched off", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const elsewhere = await makeWorld(db);
      const foreign = await elsewhere.addToken(elsewhere.user);
      const hidden = await world.addToken(world.engineer);
      const deleted = await world.addToken(world.user, { deletedAt: days(-1) });
      const expired = await world.addToken(world.user, { expiresAt: NOW });
      const stopped = await world.addToken(world.viewer);
      const living = await world.addToken(world.user);
      await world.deactivate(world.viewer);
      const codeOf = async (actor: Actor, { id }: { id: string }) => {
        const answer = await rotate(db, actor, id);
        expect(await rowOf(db, id)).toMatchObject({ pendingHash: null });
        expect(await db.$count(auditEvents, eq(auditEvents.subjectId, id))).toBe(0);
        return answer.ok ? null : answer.refusal.code;
      };
      expect(await codeOf(world.user, foreign)).toBe("not_found");
      expect(await codeOf(world.user, hidden)).toBe("not_found");
      expect(await codeOf(world.user, deleted)).toBe("already_deleted");
      expect(await codeOf(world.user, expired)).toBe("token_expired");
      expect(await codeOf(world.admin, stopped)).toBe("token_stopped");
      await world.setTokensEnabled(false);
      expect(await codeOf(world.user, living)).toBe("tokens_disabled");
    }));

  it("gives nobody the secret of a token that may do more than they, though they may delete it", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { policy: { visibility: "permitted" } });
      const roleId = await world.addRole("Janitor", ["tokens:read", "tokens:manage", "tokens:oversee"]);
      const janitor = await world.addMember({ role: { roleId } });
      const strong = await world.addToken(world.admin);
      const weak = await world.addToken(world.engineer, { roleId });
      expect(await rotate(db, janitor, strong.id)).toMatchObject({ refusal: { code: "rotation_exceeds_yours" } });
      expect(await rowOf(db, strong.id)).toMatchObject({ pendingHash: null });
      expect(await rotate(db, janitor, weak.id)).toMatchObject({ ok: true });
    }));

  it("tells the issuer where somebody else makes the secret, which nobody can switch off", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id } = await world.addToken(world.user, { name: "ci" });
      expect(await rotate(db, world.admin, id)).toMatchObject({ ok: true });
      expect(await db.select().from(notifications)).toMatchObject([
        {
          memberId: world.user.memberId,
          event: "token_created",
          details: { how: "rotated", by: world.admin.name, token: { id } },
        },
      ]);
      expect(await db.select().from(outbox)).toMatchObject([{ memberId: world.user.memberId }]);
    }));

  it("lets a token rotate itself without any permission", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const token = await world.addToken(world.viewer);
      const itself = await actingToken(db, world.viewer, token);
      expect(await rotateOwnToken(itself, { overlap_days: 1 }, contextOf(db))).toMatchObject({ ok: true });
      expect(await eventsOf(db, token.id)).toMatchObject([{ actorKind: "token", actorTokenId: token.id }]);
      expect(await db.$count(notifications)).toBe(0);
    }));

  it("never lets a token throw away a secret that somebody else asked for, and lets it replace its own", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const token = await world.addToken(world.admin);
      const itself = await actingToken(db, world.admin, token);
      const another = await actingToken(db, world.admin, await world.addToken(world.admin));
      const own = () => rotateOwnToken(itself, { overlap_days: 0 }, contextOf(db));
      for (const actor of [world.admin, another]) {
        expect(await rotate(db, actor, token.id)).toMatchObject({ ok: true });
        await age(db, token.id);
        const { pendingHash } = await rowOf(db, token.id);
        for (const refusal of [
          await own(),
          await rotate(db, itself, token.id),
          await cancelRotation(itself, { id: token.id }, contextOf(db)),
          await cancelOwnRotation(itself, contextOf(db)),
        ]) {
          expect(refusal).toMatchObject({ refusal: { code: "other_secret_waits" } });
        }
        expect((await rowOf(db, token.id)).pendingHash).toEqual(pendingHash);
        expect(await cancelRotation(actor, { id: token.id }, contextOf(db))).toMatchObject({ ok: true });
      }
      const [first, second] = [await own(), await age(db, token.id).then(own)];
      expect([first.ok, second.ok]).toEqual([true, true]);
      await age(db, token.id);
      // A person's takes its place, too.
      expect(await rotate(db, world.admin, token.id)).toMatchObject({ ok: true });
    }));

  it("comes no sooner after the first use of the last one, by the database's clock", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id } = await world.addToken(world.user);
      await db.execute(sql`update api_tokens set rotated_at = now() where id = ${id}`);
      expect(await rotate(db, world.user, id, { now: minutes(9) })).toMatchObject({
        refusal: { code: "rotated_just_now", retryAfterSeconds: SAME_MOMENT_SECONDS },
      });
      expect(await rowOf(db, id)).toMatchObject({ pendingHash: null });
      await age(db, id);
      expect(await rotate(db, world.user, id)).toMatchObject({ ok: true });
    }));

  it("lets a token whose issuer may not manage it rotate itself as itself alone", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { policy: { issuers: "administrators" } });
      const token = await world.addToken(world.engineer);
      const itself = await actingToken(db, world.engineer, token);
      expect(await rotate(db, itself, token.id)).toMatchObject({ refusal: { code: "not_yours_to_change" } });
      expect(await rotateOwnToken(itself, { overlap_days: 1 }, contextOf(db))).toMatchObject({ ok: true });
    }));

  it("lets no token out of its networks by rotating another", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const bound = await world.addToken(world.admin, { allowedNetworks: ["192.0.2.0/24"] });
      const free = await world.addToken(world.admin);
      const within = await world.addToken(world.admin, { allowedNetworks: ["192.0.2.8"] });
      const actor = await actingToken(db, world.admin, bound);
      expect(await rotate(db, actor, free.id)).toMatchObject({ refusal: { code: "exceeds_this_token" } });
      expect(await rotate(db, actor, within.id)).toMatchObject({ ok: true });
    }));

  it("moves the expiry with the secret for who might create the token anew, and for no token by itself", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "single_rotating" });
      const token = await world.addToken(world.user, { createdAt: days(-170), expiresAt: days(10) });
      const itself = await actingToken(db, world.user, token);
      await rotateOwnToken(itself, { overlap_days: 1 }, contextOf(db));
      expect(await rowOf(db, token.id)).toMatchObject({ pendingExpiresAt: null, expiresAt: days(10) });
      await age(db, token.id);
      await rotate(db, world.user, token.id);
      // The secret in use keeps its own end.
      expect(await rowOf(db, token.id)).toMatchObject({ pendingExpiresAt: days(180), expiresAt: days(10) });
    }));
});

describe("cancelOwnRotation", () => {
  it("takes back what the token got itself, without any permission, once", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { policy: { issuers: "administrators" } });
      const token = await world.addToken(world.viewer);
      const itself = await actingToken(db, world.viewer, token);
      await rotateOwnToken(itself, { overlap_days: 1 }, contextOf(db));
      expect(await cancelOwnRotation(itself, contextOf(db))).toMatchObject({ ok: true, value: { rotation: null } });
      expect(await rowOf(db, token.id)).toMatchObject({ pendingHash: null });
      expect(await cancelOwnRotation(itself, contextOf(db))).toMatchObject({ refusal: { code: "no_rotation" } });
    }));
});

describe("cancelRotation", () => {
  it("takes the waiting secret back, once, and every instance hears of it", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id } = await world.addToken(world.user, { name: "ci" });
      const before = await rowOf(db, id);
      await rotate(db, world.user, id);
      await db.delete(revocationFeed);
      const cancel = (actor: Actor) => cancelRotation(actor, { id }, contextOf(db));
      expect(await cancel(world.engineer)).toMatchObject({ refusal: { code: "not_found" } });
      expect(await cancel(world.user)).toMatchObject({ ok: true, value: { rotation: null } });
      expect(await rowOf(db, id)).toEqual(before);
      expect(await cancel(world.user)).toMatchObject({ refusal: { code: "no_rotation" } });
      const events = await db
        .select()
        .from(auditEvents)
        .where(and(eq(auditEvents.subjectId, id), eq(auditEvents.action, "token.rotation_cancelled")));
      expect(events).toHaveLength(1);
      expect(await db.select({ kind: revocationFeed.kind }).from(revocationFeed)).toEqual([{ kind: "token" }]);
    }));
});
