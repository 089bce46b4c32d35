import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { members, organizations, refusedCalls, roles, tokenPolicies } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { recordAudit } from "@/lib/audit/record-audit";
import { deleteToken } from "@/lib/tokens/delete-token";
import { loadRules } from "@/lib/tokens/load-rules";
import { days, hours, minutes, NOW } from "@/test/clock";
import { freshDatabase } from "@/test/database";
import { contextOf, makeWorld, type World, type WorldOptions } from "@/test/world";
import { clearRefusedCalls } from "./clear-refused-calls";
import { explainRefusal } from "./explain-refusal";
import { listRefusedCalls } from "./list-refused-calls";
import type { RefusedCode } from "./refused-code";

interface Refused {
  code: RefusedCode;
  facts?: Record<string, unknown>;
  at?: Date;
  requestId?: string;
}

const REQUEST = "request-4711";

async function scene(options: WorldOptions = {}) {
  const { db } = await freshDatabase();
  const world = await makeWorld(db, options);
  return { db, world, ctx: contextOf(db), ask: asker(db) };
}

const asker =
  (db: Db) =>
  async (actor: MemberActor, requestId = REQUEST, now = NOW) => {
    const found = await explainRefusal(actor, { request_id: requestId }, contextOf(db, now));
    return found.ok ? found.value : found.refusal.code;
  };

async function keep(
  db: Db,
  { organizationId }: Pick<World, "organizationId">,
  of: { tokenId: string } | { memberId: string },
  { code, facts = {}, at = minutes(-5), requestId = REQUEST }: Refused,
) {
  await db.insert(refusedCalls).values({
    organizationId,
    id: uuidv7(),
    requestId,
    tokenId: "tokenId" in of ? of.tokenId : null,
    memberId: "memberId" in of ? of.memberId : null,
    at,
    server: "app",
    method: "PATCH",
    path: "/api/v1/members/7",
    status: 403,
    code,
    facts,
    ip: "198.51.100.1",
    agent: null,
  });
}

describe("who is explained a refusal", () => {
  it("is whoever sees the token: its issuer and administrators, and nobody else of the organization", async () => {
    const { db, world, ask } = await scene();
    const token = await world.addToken(world.user);
    await keep(db, world, { tokenId: token.id }, { code: "rate_limited", facts: { limit: 5, of: "token" } });
    expect(await ask(world.user)).toMatchObject([{ call: { token: { id: token.id } } }]);
    expect(await ask(world.admin)).toHaveLength(1);
    expect(await ask(world.engineer)).toBe("not_found");
    expect(await ask(world.viewer)).toBe("not_found");
  });

  it("is nobody of another organization, administrator or not, whose own calls of the same id are shown alone", async () => {
    const { db, world, ask } = await scene();
    const other = await makeWorld(db);
    const token = await world.addToken(world.user);
    await keep(db, world, { tokenId: token.id }, { code: "rate_limited" });
    expect(await ask(other.admin)).toBe("not_found");
    const theirs = await other.addToken(other.admin);
    await keep(db, other, { tokenId: theirs.id }, { code: "expired" });
    expect(await ask(other.admin)).toMatchObject([{ call: { token: { id: theirs.id }, code: "expired" } }]);
  });

  it("is the person alone whose API login it was", async () => {
    const { db, world, ask } = await scene();
    await keep(db, world, { memberId: world.user.memberId }, { code: "not_found" });
    expect(await ask(world.user)).toMatchObject([{ call: { token: null } }]);
    expect(await ask(world.admin)).toBe("not_found");
  });

  it("where groups bound sight is nobody outside of them", async () => {
    const { db, world, ask } = await scene({
      teamsEnabled: true,
      policy: { visibility: "permitted" },
    });
    const roleId = await world.addRole("Overseer", ["tokens:read", "tokens:oversee"]);
    const near = await world.addMember({ role: { roleId } });
    const far = await world.addMember({ role: { roleId } });
    await world.addGroup("Near", [near, world.user]);
    const token = await world.addToken(world.user);
    await keep(db, world, { tokenId: token.id }, { code: "rate_limited" });
    expect(await ask(await world.reload(near))).toHaveLength(1);
    expect(await ask(await world.reload(far))).toBe("not_found");
  });

  it("finds all calls of one id, the latest first, and none of an id that nobody knows or after seven days", async () => {
    const { db, world, ask, ctx } = await scene();
    const token = await world.addToken(world.user);
    await keep(db, world, { tokenId: token.id }, { code: "rate_limited", at: hours(-2) });
    await keep(db, world, { tokenId: token.id }, { code: "not_found", at: hours(-1) });
    await keep(db, world, { tokenId: token.id }, { code: "expired", at: days(-8) });
    expect(await ask(world.user)).toMatchObject([{ call: { code: "not_found" } }, { call: { code: "rate_limited" } }]);
    expect(await ask(world.user, "request-none")).toBe("not_found");
    expect(await ask(world.user, REQUEST, days(8))).toBe("not_found");
    const rules = await loadRules(db, world.organizationId);
    expect(await listRefusedCalls(world.user, token, rules, ctx)).toHaveLength(2);
    expect(await listRefusedCalls(world.engineer, token, rules, ctx)).toEqual([]);
    expect(await clearRefusedCalls({ db, now: NOW })).toEqual({ refused_calls: 1 });
    expect(await db.select().from(refusedCalls)).toHaveLength(2);
  });
});

describe("what is explained", () => {
  it("is the role that lost the permission, since when, and that it would be let in once the role has it again", async () => {
    const { db, world, ask } = await scene();
    const roleId = await world.addRole("Reader", ["organization:read"]);
    const token = await world.addToken(world.admin, { roleId });
    const role = { kind: "role" as const, id: roleId };
    const lost = (permission: string, now: Date) =>
      db.transaction((tx) =>
        recordAudit(
          tx,
          world.admin,
          {
            organizationId: world.organizationId,
            action: "role.updated",
            subject: role,
            details: { taken: [permission] },
          },
          { ...contextOf(db), now },
        ),
      );
    await lost("members:write", days(-3));
    await lost("members:write", days(-2));
    await lost("groups:write", days(-1));
    // After the call: not what refused it.
    await lost("members:write", minutes(-1));
    await keep(
      db,
      world,
      { tokenId: token.id },
      {
        code: "insufficient_scope",
        facts: {
          needed: ["members:write"],
          missing: ["members:write"],
          role: { id: roleId, name: "Reader", lacks: ["members:write"] },
          issuerRole: { id: world.roleIds.administrator, name: "Administrator", lacks: [] },
        },
      },
    );
    expect(await ask(world.admin)).toMatchObject([
      {
        since: { words: "The role Reader lost `members:write`", at: days(-2) },
        now: { outcome: "refused" },
        changes: [{ link: { href: "/roles" } }],
      },
    ]);
    // Of several the one that was missing first, and nothing of one that the call did not lack.
    const lacks = ["groups:write", "members:write"];
    const several = { needed: lacks, missing: lacks, role: { id: roleId, name: "Reader", lacks } };
    await keep(
      db,
      world,
      { tokenId: token.id },
      { code: "insufficient_scope", facts: several, requestId: "request-2" },
    );
    expect(await ask(world.admin, "request-2")).toMatchObject([
      { since: { words: "The role Reader lost `members:write`", at: days(-2) } },
    ]);
    await db
      .update(roles)
      .set({ permissions: ["organization:read", "members:write"] })
      .where(eq(roles.id, roleId));
    expect(await ask(world.admin)).toMatchObject([{ now: { outcome: "let_in" }, changes: [] }]);
  });

  it("is a role that never had the permission since the token was made with it, or its issuer or one's own got it", async () => {
    const { db, world, ask, ctx } = await scene();
    const viewer = { id: world.roleIds.viewer, name: "Viewer", lacks: ["members:write"] };
    const users = { id: world.roleIds.user, name: "User", lacks: ["members:write"] };
    const lacking = (role: object | null, issuerRole: object) => ({
      code: "insufficient_scope" as const,
      facts: { needed: ["members:write"], missing: ["members:write"], role, issuerRole },
    });
    await db
      .update(members)
      .set({ createdAt: days(-90) })
      .where(eq(members.id, world.user.memberId));
    const token = await world.addToken(world.user, { roleId: world.roleIds.viewer, createdAt: days(-7) });
    await keep(db, world, { tokenId: token.id }, { ...lacking(viewer, users), requestId: "request-role" });
    expect(await ask(world.user, "request-role")).toMatchObject([
      { since: { words: "The API token was created with the role Viewer", at: days(-7) } },
    ]);
    const mirror = await world.addToken(world.user, { roleId: null, createdAt: days(-7) });
    await keep(db, world, { tokenId: mirror.id }, { ...lacking(null, users), requestId: "request-issuer" });
    await keep(db, world, { memberId: world.user.memberId }, { ...lacking(null, users), requestId: "request-own" });
    const since = async (requestId: string) => {
      const found = await ask(world.user, requestId);
      return typeof found === "string" ? found : found[0]?.since;
    };
    expect(await since("request-issuer")).toEqual({ words: "Its issuer joined with the role User", at: days(-90) });
    expect(await since("request-own")).toEqual({ words: "You joined with the role User", at: days(-90) });
    await db.transaction((tx) =>
      recordAudit(
        tx,
        world.admin,
        {
          organizationId: world.organizationId,
          action: "member.updated",
          subject: { kind: "member", id: world.user.memberId },
          details: { role_id: { from: world.roleIds.engineer, to: world.roleIds.user } },
        },
        { ...ctx, now: days(-2) },
      ),
    );
    expect(await since("request-issuer")).toEqual({ words: "Its issuer got the role User", at: days(-2) });
    expect(await since("request-own")).toEqual({ words: "You got the role User", at: days(-2) });
    // The token's own role came first.
    expect(await since("request-role")).toMatchObject({ at: days(-7) });
  });

  it("is an access token that was made for less since it was issued, and one that is over without its client's own end", async () => {
    const { db, world, ask } = await scene();
    const client = await world.addToken(world.admin, { kind: "cls", expiresAt: days(30) });
    const access = { scope: ["organization:read"], issuedAt: minutes(-20).getTime() };
    const administrator = { id: world.roleIds.administrator, name: "Administrator", lacks: [] };
    const facts = { needed: ["tokens:read"], missing: ["tokens:read"], role: administrator, issuerRole: administrator };
    await keep(db, world, { tokenId: client.id }, { code: "insufficient_scope", facts: { ...facts, access } });
    expect(await ask(world.admin)).toMatchObject([
      {
        since: { words: "The access token was issued", at: minutes(-20) },
        now: { outcome: "refused" },
        changes: [{ link: { href: "/docs/guide#client-credentials" } }],
      },
    ]);
    await keep(
      db,
      world,
      { tokenId: client.id },
      { code: "expired", facts: { access: {} }, requestId: "request-over" },
    );
    expect(await ask(world.admin, "request-over")).toMatchObject([
      { title: "The access token had expired.", since: null, now: { outcome: "refused" } },
    ]);
  });

  it("is the expiry, the deletion, the issuer and the operator's switch, each since its moment", async () => {
    const { db, world, ask, ctx } = await scene();
    const expired = await world.addToken(world.user, { expiresAt: hours(-3) });
    await keep(db, world, { tokenId: expired.id }, { code: "expired", requestId: "request-expired" });
    expect(await ask(world.user, "request-expired")).toMatchObject([
      { since: { at: hours(-3) }, now: { outcome: "refused" }, title: "The API token had expired." },
    ]);
    const deleted = await world.addToken(world.user);
    await deleteToken(world.user, { id: deleted.id }, { ...ctx, now: hours(-2) });
    await keep(db, world, { tokenId: deleted.id }, { code: "deleted", requestId: "request-deleted" });
    expect(await ask(world.user, "request-deleted")).toMatchObject([{ since: { at: hours(-2) } }]);
    const live = await world.addToken(world.user);
    await db
      .update(members)
      .set({ status: "deactivated", deactivatedAt: hours(-1) })
      .where(eq(members.id, world.user.memberId));
    await keep(db, world, { tokenId: live.id }, { code: "issuer_deactivated", requestId: "request-issuer" });
    expect(await ask(world.admin, "request-issuer")).toMatchObject([
      {
        since: { at: hours(-1) },
        now: { outcome: "refused" },
        changes: [{ link: { href: `/members/${world.user.memberId}` } }],
      },
    ]);
    await db.update(organizations).set({ tokensEnabled: false }).where(eq(organizations.id, world.organizationId));
    await db.transaction((tx) =>
      recordAudit(
        tx,
        "system",
        {
          organizationId: world.organizationId,
          action: "tokens.switched",
          subject: { kind: "organization", id: world.organizationId },
          details: { enabled: false, reason: null },
        },
        { ...ctx, now: hours(-1) },
      ),
    );
    const admins = await world.addToken(world.admin);
    await keep(db, world, { tokenId: admins.id }, { code: "tokens_disabled", requestId: "request-off" });
    expect(await ask(world.admin, "request-off")).toMatchObject([
      { since: { at: hours(-1) }, now: { outcome: "refused" } },
    ]);
  });

  it("is the policy's list since it was changed, and a link for administrators alone", async () => {
    const { db, world, ask, ctx } = await scene({ policy: { allowedNetworks: ["203.0.113.0/24"] } });
    const token = await world.addToken(world.user);
    const change = (details: Record<string, unknown>, now: Date) =>
      db.transaction((tx) =>
        recordAudit(
          tx,
          world.admin,
          {
            organizationId: world.organizationId,
            action: "policy.updated",
            subject: { kind: "policy", id: world.organizationId },
            details: { changes: details },
          },
          { ...ctx, now },
        ),
      );
    await change({ allowedNetworks: { from: [], to: ["203.0.113.0/24"] } }, days(-4));
    await change({ maxPerIssuer: { from: null, to: 2 } }, days(-3));
    await change({ inactiveDays: { from: null, to: 90 } }, days(-1));
    await keep(
      db,
      world,
      { tokenId: token.id },
      {
        code: "address_not_allowed",
        facts: { address: "198.51.100.1", policy: ["203.0.113.0/24"], token: [], needed: [] },
      },
    );
    expect(await ask(world.admin)).toMatchObject([
      { since: { at: days(-4) }, now: { outcome: "refused" }, changes: [{ link: { href: "/settings/token-policy" } }] },
    ]);
    expect(await ask(world.user)).toMatchObject([{ changes: [{ link: null }] }]);
    // A rule of the policy: since the change of its own field, and since nothing where that never changed.
    await keep(db, world, { tokenId: token.id }, { code: "issuer_limit_reached", requestId: "request-limit" });
    await keep(db, world, { tokenId: token.id }, { code: "token_cannot_mint", requestId: "request-mint" });
    expect(await ask(world.admin, "request-limit")).toMatchObject([
      { since: { words: "The policy was last changed in this", at: days(-3) } },
    ]);
    expect(await ask(world.admin, "request-mint")).toMatchObject([{ since: null }]);
    await db
      .update(tokenPolicies)
      .set({ allowedNetworks: [] })
      .where(eq(tokenPolicies.organizationId, world.organizationId));
    expect(await ask(world.user)).toMatchObject([{ now: { outcome: "let_in" } }]);
  });
});
