import { asc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { auditEvents } from "@/db/schema";
import { days } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { createToken } from "./create-token";
import { getPolicy } from "./get-policy";
import { listTokens } from "./list-tokens";
import { createTokenInput, tokenQuery } from "./token-input";
import type { TokenPolicy } from "./token-policy";
import { TOKEN_PRESETS } from "./token-presets";
import { updatePolicy } from "./update-policy";

const base = TOKEN_PRESETS.role_scoped;

async function eventsOf(db: Db, organizationId: string) {
  const rows = await db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.organizationId, organizationId))
    .orderBy(asc(auditEvents.id));
  return rows.filter(({ action }) => action === "policy.updated" || action === "token.deleted");
}

describe("updatePolicy", () => {
  it("saves the whole policy and its preset, and writes what changed from what to what", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const ctx = contextOf(db);
      const policy: TokenPolicy = {
        ...base,
        description: "required",
        noticeDays: [14],
        allowedNetworks: ["10.0.0.0/8", "2001:db8::/32"],
        callsPerToken: 60,
        callsPerOrganization: 600,
      };
      const saved = await updatePolicy(world.admin, { policy, preset: "client_credentials", version: 1 }, ctx);
      expect(saved).toEqual({ ok: true, value: { version: 2, deleted: 0 } });
      expect(await getPolicy(world.admin, ctx)).toMatchObject({
        value: { policy, preset: "client_credentials", version: 2, updatedAt: ctx.now },
      });
      expect(await eventsOf(db, world.organizationId)).toMatchObject([
        {
          action: "policy.updated",
          actorMemberId: world.admin.memberId,
          subjectKind: "policy",
          details: {
            version: 2,
            changes: {
              preset: { from: "role_scoped", to: "client_credentials" },
              description: { from: "optional", to: "required" },
              noticeDays: { from: [7, 1], to: [14] },
              allowedNetworks: { from: [], to: ["10.0.0.0/8", "2001:db8::/32"] },
              callsPerToken: { from: null, to: 60 },
              callsPerOrganization: { from: null, to: 600 },
            },
          },
        },
      ]);
    }));

  it("refuses a change of a policy that is no longer the one that was seen, and keeps the other's", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const ctx = contextOf(db);
      const theirs: TokenPolicy = { ...base, maxPerIssuer: 3 };
      await updatePolicy(world.admin, { policy: theirs, preset: "role_scoped", version: 1 }, ctx);
      const mine: TokenPolicy = { ...base, deleteExpired: true };
      await world.addToken(world.user, { name: "over", expiresAt: days(-1) });
      expect(await updatePolicy(world.admin, { policy: mine, preset: "role_scoped", version: 1 }, ctx)).toEqual({
        ok: false,
        refusal: { code: "policy_changed" },
      });
      expect(await getPolicy(world.admin, ctx)).toMatchObject({ value: { policy: theirs, version: 2 } });
      expect(await eventsOf(db, world.organizationId)).toHaveLength(1);
    }));

  it("writes nothing where nothing changes", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const saved = await updatePolicy(world.admin, { policy: base, preset: "role_scoped", version: 1 }, contextOf(db));
      expect(saved).toEqual({ ok: true, value: { version: 1, deleted: 0 } });
      expect(await eventsOf(db, world.organizationId)).toEqual([]);
    }));

  it("deletes the expired tokens where that is switched on, with an event for each, and no other organization's", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const other = await makeWorld(db);
      const ctx = contextOf(db);
      await world.addToken(world.user, { name: "over", expiresAt: days(-1) });
      await world.addToken(world.viewer, { name: "over too", expiresAt: ctx.now });
      await world.addToken(world.user, { name: "living", expiresAt: days(1) });
      await other.addToken(other.user, { name: "elsewhere", expiresAt: days(-1) });
      const policy: TokenPolicy = { ...base, deleteExpired: true };
      expect(await updatePolicy(world.admin, { policy, preset: "role_scoped", version: 1 }, ctx)).toMatchObject({
        value: { deleted: 2 },
      });
      const rows = async (of: typeof world) =>
        (await listTokens(of.admin, tokenQuery.parse({}), ctx)).rows.map(({ name, status }) => `${name}: ${status}`);
      expect((await rows(world)).sort()).toEqual(["living: active", "over too: deleted", "over: deleted"]);
      expect(await rows(other)).toEqual(["elsewhere: expired"]);
      const events = await eventsOf(db, world.organizationId);
      expect(events.map(({ action, details }) => [action, (details as { name?: string }).name])).toEqual(
        expect.arrayContaining([
          ["token.deleted", "over"],
          ["token.deleted", "over too"],
          ["policy.updated", undefined],
        ]),
      );
      expect(events).toHaveLength(3);
    }));
});

it("lets one of two administrators save who saw the same policy, and lets no creation slip past the new rule", async () => {
  const { db } = await freshDatabase();
  const world = await makeWorld(db);
  const ctx = contextOf(db);
  const wish = (name: string) => createTokenInput.parse({ name, role_id: world.roleIds.viewer });
  const save = (change: Partial<TokenPolicy>) =>
    updatePolicy(world.admin, { policy: { ...base, ...change }, preset: "role_scoped", version: 1 }, ctx);
  const [creations, saves] = await Promise.all([
    Promise.all(Array.from({ length: 20 }, (_, n) => createToken(world.user, wish(`before or after ${n}`), ctx))),
    Promise.all([save({ issuers: "administrators" }), save({ issuers: "administrators", maxPerIssuer: 9 })]),
  ]);
  expect(saves.map((saved) => (saved.ok ? "saved" : saved.refusal.code)).sort()).toEqual(["policy_changed", "saved"]);
  const refusals = creations.flatMap((created) => (created.ok ? [] : [created.refusal.code]));
  expect(new Set(refusals)).toEqual(refusals.length > 0 ? new Set(["not_an_issuer"]) : new Set());
  expect(await createToken(world.user, wish("after"), ctx)).toMatchObject({ refusal: { code: "not_an_issuer" } });
});
