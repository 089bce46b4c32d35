import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, auditEvents, notifications, outbox } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Permission } from "@/lib/access/permission";
import { days } from "@/test/clock";
import { withRollback } from "@/test/database";
import { actingToken, contextOf, makeWorld } from "@/test/world";
import { createToken } from "./create-token";
import { extendToken } from "./extend-token";
import { getToken } from "./get-token";
import { rotateOwnToken, rotateToken } from "./rotate-token";

const OVERSEER: Permission[] = ["tokens:read", "tokens:create", "tokens:manage", "tokens:oversee", "members:read"];

/** The code of the refusal, "ok" otherwise; and that a refusal left nothing behind. */
async function rotated(db: Db, actor: Actor, id: string): Promise<string> {
  const answer = await rotateToken(actor, { id, overlap_days: 1 }, contextOf(db));
  if (answer.ok) return "ok";
  const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
  expect(row).toMatchObject({ pendingHash: null });
  expect(await db.$count(auditEvents, eq(auditEvents.subjectId, id))).toBe(0);
  return answer.refusal.code;
}

async function extended(db: Db, actor: Actor, id: string, to: Date | null = days(20)): Promise<string> {
  const [before] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
  const answer = await extendToken(actor, { id, expires_at: to }, contextOf(db));
  if (answer.ok) return "ok";
  const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
  expect(row).toEqual(before);
  return answer.refusal.code;
}

describe("where groups bound what one sees", () => {
  it("nobody bounded gets the secret of an administrator's token, however little the token may do", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { teamsEnabled: true, policy: { visibility: "permitted" } });
      const roleId = await world.addRole("Overseer", OVERSEER);
      const overseer = await world.addMember({ role: { roleId } });
      const colleague = await world.addMember({ role: { roleId } });
      await world.addGroup("Care", [overseer, colleague, world.admin]);
      const bounded = await world.reload(overseer);
      const ofAdmin = await world.addToken(world.admin, { roleId, expiresAt: days(2) });
      const ofColleague = await world.addToken(colleague, { roleId, expiresAt: days(2) });
      expect(await rotated(db, bounded, ofAdmin.id)).toBe("rotation_exceeds_yours");
      expect(await extended(db, bounded, ofAdmin.id)).toBe("extension_exceeds_yours");
      const own = await actingToken(db, bounded, await world.addToken(overseer, { roleId }));
      expect(await rotated(db, own, ofAdmin.id)).toBe("exceeds_this_token");
      // Neither is bounded more than the other.
      expect(await rotated(db, bounded, ofColleague.id)).toBe("ok");
      expect(await rotated(db, await world.reload(world.admin), ofAdmin.id)).toBe("ok");
      // The console says it before it is tried.
      const found = await getToken(bounded, ofAdmin.id, contextOf(db));
      expect(found).toMatchObject({ ok: true, value: { withheld: "exceeds", locked: null } });
    }));

  it("nor that of a service account which administers, though they answer for it", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { teamsEnabled: true });
      const groupId = await world.addGroup("Care", [], [world.engineer]);
      const engineer = await world.reload(world.engineer);
      const account = await world.addMember({ role: "administrator", email: null, owner: { groupId } });
      const plain = await world.addMember({ role: "engineer", email: null, owner: { groupId } });
      const roleId = world.roleIds.engineer;
      const strong = await world.addToken(account, { kind: "svc", roleId, expiresAt: days(2) });
      const same = await world.addToken(plain, { kind: "svc", roleId, expiresAt: days(2) });
      const wish = { name: "x", description: null, role_id: roleId, issuer_id: account.memberId };
      expect(await createToken(engineer, wish, contextOf(db))).toMatchObject({ ok: false });
      expect(await rotated(db, engineer, strong.id)).toBe("rotation_exceeds_yours");
      expect(await extended(db, engineer, strong.id)).toBe("extension_exceeds_yours");
      expect(await rotated(db, engineer, same.id)).toBe("ok");
      expect(await extended(db, engineer, same.id)).toBe("ok");
    }));
});

describe("the secret of a token that mirrors its issuer", () => {
  it("is for the issuer, for who answers for the account, and for administrators: it grows with the issuer", () =>
    withRollback(async (db) => {
      const policy = { visibility: "permitted", expiry: "optional", expiryDays: null } as const;
      const world = await makeWorld(db, { preset: "personal_mirror", policy });
      const manager = await world.addMember({ role: { roleId: await world.addRole("Manager", OVERSEER) } });
      const colleague = await world.addMember({ role: "viewer" });
      const account = await world.addMember({ role: "viewer", email: null, owner: manager });
      const weak = await world.addToken(colleague, { roleId: null, expiresAt: days(2) });
      const own = await world.addToken(account, { roleId: null, kind: "svc" });
      const narrow = await world.addToken(colleague, { roleId: world.roleIds.viewer });
      await world.setRole(colleague, await world.addRole("Reader", ["tokens:read"]));
      await world.setRole(account, await world.addRole("Program", ["tokens:read"]));
      expect(await rotated(db, manager, weak.id)).toBe("mirrors_its_issuer");
      const program = await actingToken(db, manager, await world.addToken(manager, { roleId: null }));
      expect(await rotated(db, program, weak.id)).toBe("mirrors_its_issuer");
      const found = await getToken(manager, weak.id, contextOf(db));
      expect(found).toMatchObject({ ok: true, value: { withheld: "mirror", locked: null } });
      // Nothing of it is learned by letting it live longer; a role bounds what a token can become.
      expect(await extended(db, manager, weak.id, null)).toBe("ok");
      expect(await rotated(db, manager, narrow.id)).toBe("ok");
      expect(await rotated(db, manager, own.id)).toBe("ok");
      const token = await world.addToken(colleague, { roleId: null });
      expect(await rotated(db, await world.reload(colleague), token.id)).toBe("ok");
      expect(await rotated(db, world.admin, weak.id)).toBe("ok");
    }));
});

describe("an extension", () => {
  it("of what may do more than oneself is refused as its creation and rotation are", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { policy: { visibility: "permitted", expiry: "optional" } });
      const roleId = await world.addRole("Janitor", ["tokens:read", "tokens:manage", "tokens:oversee"]);
      const janitor = await world.addMember({ role: { roleId } });
      const strong = await world.addToken(world.admin, { expiresAt: days(1) });
      const weak = await world.addToken(world.admin, { roleId, expiresAt: days(1) });
      expect(await extended(db, janitor, strong.id, null)).toBe("extension_exceeds_yours");
      expect(await extended(db, janitor, weak.id, null)).toBe("ok");
    }));

  it("by somebody else is told to the issuer, in the console and by mail; one's own is not", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { policy: { expiry: "optional", tokensMayMint: true } });
      const { id } = await world.addToken(world.user, { name: "ci", expiresAt: days(3) });
      expect(await extended(db, world.user, id, days(5))).toBe("ok");
      expect(await db.$count(notifications)).toBe(0);
      expect(await extended(db, world.admin, id, days(9))).toBe("ok");
      const told = { memberId: world.user.memberId, event: "token_created", inApp: true };
      expect(await db.select().from(notifications)).toMatchObject([
        { ...told, details: { how: "extended", by: world.admin.name, token: { id } } },
      ]);
      expect(await db.select().from(outbox)).toMatchObject([{ memberId: world.user.memberId }]);
      const sibling = await actingToken(db, world.user, await world.addToken(world.user));
      expect(await extended(db, sibling, id, days(12))).toBe("ok");
      expect(await db.$count(outbox)).toBe(2);
    }));
});

describe("a token", () => {
  it("moves its own expiry by none of its ways, whatever the policy lets tokens create", () =>
    withRollback(async (db) => {
      const policy = { tokensMayMint: true, expiry: "fixed", expiryDays: 180 } as const;
      const world = await makeWorld(db, { policy });
      const wish = { createdAt: days(-20), expiresAt: days(1) };
      const [one, two, sibling] = [
        await world.addToken(world.user, wish),
        await world.addToken(world.user, wish),
        await world.addToken(world.user, wish),
      ];
      const itself = await actingToken(db, world.user, one);
      const ctx = contextOf(db);
      expect(await rotateOwnToken(itself, { overlap_days: 0 }, ctx)).toMatchObject({ ok: true });
      expect(await rotated(db, await actingToken(db, world.user, two), two.id)).toBe("ok");
      expect(await extended(db, itself, one.id)).toBe("expiry_not_its_own");
      for (const { id } of [one, two]) {
        const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
        expect(row).toMatchObject({ pendingExpiresAt: null, expiresAt: days(1) });
      }
      // Where it may create tokens, it may as well renew another.
      expect(await rotated(db, itself, sibling.id)).toBe("ok");
      const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, sibling.id));
      expect(row).toMatchObject({ pendingExpiresAt: days(180) });
    }));

  it("does not take over another of its issuer in silence: it is told as somebody else's doing", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const [leaked, sibling] = [await world.addToken(world.user), await world.addToken(world.user)];
      const actor = await actingToken(db, world.user, leaked);
      expect(await rotated(db, actor, sibling.id)).toBe("ok");
      expect(await db.select().from(notifications)).toMatchObject([
        {
          memberId: world.user.memberId,
          event: "token_created",
          inApp: true,
          details: { how: "rotated", by: `${world.user.name} (through the API)`, token: { id: sibling.id } },
        },
      ]);
      expect(await db.select().from(outbox)).toMatchObject([{ memberId: world.user.memberId }]);
    }));
});
