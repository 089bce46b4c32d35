import { asc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { notifications, outbox, tokenPolicies } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { createToken } from "@/lib/tokens/create-token";
import { deleteOwnToken, deleteToken } from "@/lib/tokens/delete-token";
import { expireTokens } from "@/lib/tokens/expire-tokens";
import { loadRules } from "@/lib/tokens/load-rules";
import { policyOf } from "@/lib/tokens/token-policy-input";
import { PRESETS, type Preset, TOKEN_PRESETS } from "@/lib/tokens/token-presets";
import { updatePolicy } from "@/lib/tokens/update-policy";
import { days, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { lookAt, watchLongAgo } from "@/test/inactivity";
import { actingToken, contextOf, makeWorld, type World } from "@/test/world";

type Way = (db: Db, world: World) => Promise<unknown>;

/** Where the issuer, who is the administrator, is told of what was done: "app", "mail", both or nothing. */
async function toldBy(preset: Preset, way: Way, event: "token_created" | "token_deleted"): Promise<string> {
  return withRollback(async (db) => {
    const world = await makeWorld(db, { preset });
    await way(db, world);
    const { memberId } = world.admin;
    const shown = await db.select().from(notifications).where(eq(notifications.memberId, memberId));
    const mails = await db.select().from(outbox).where(eq(outbox.memberId, memberId)).orderBy(asc(outbox.id));
    const app = shown.filter((row) => row.inApp && row.event === event).map(() => "app");
    return [...app, ...mails.filter(({ content }) => content.kind === event).map(() => "mail")].join(" ");
  });
}

/** A token that this preset lets one create. */
async function create(db: Db, world: World, actor: Actor = world.admin) {
  const { policy } = await loadRules(db, world.organizationId);
  const wish = {
    name: "ci",
    description: policy.description === "required" ? "What it is for" : null,
    role_id: policy.access === "assigned_role" ? world.roleIds.viewer : null,
    expires_at: policy.expiry === "optional" ? null : undefined,
  };
  const outcome = await createToken(actor, wish, contextOf(db));
  if (!outcome.ok) throw new Error(outcome.refusal.code);
}

const allow = (db: Db, world: World, values: Partial<typeof tokenPolicies.$inferInsert>) =>
  db.update(tokenPolicies).set(values).where(eq(tokenPolicies.organizationId, world.organizationId));

const expired = { createdAt: days(-200), expiresAt: NOW };
const asked = (mails: boolean, app = "") => [app, mails ? "mail" : ""].filter(Boolean).join(" ");

describe.each(PRESETS)("by the preset %s", (preset) => {
  const { mailOnCreate, mailOnDelete } = TOKEN_PRESETS[preset];

  it("a token that one creates in the console is told there, and by mail where the policy asks for it", async () => {
    expect(await toldBy(preset, (db, world) => create(db, world), "token_created")).toBe(asked(mailOnCreate, "app"));
  });

  it("a token that a token creates through the API is told both ways, whatever the policy asks for", async () => {
    const way: Way = async (db, world) => {
      await allow(db, world, { tokensMayMint: true, maxPerIssuer: null });
      const token = await world.addToken(world.admin, { name: "minting", roleId: null });
      await create(db, world, await actingToken(db, world.admin, token));
    };
    expect(await toldBy(preset, way, "token_created")).toBe("app mail");
  });

  it("a token that one ends oneself is told by mail alone, and only where the policy asks for it", async () => {
    const way: Way = async (db, world) => {
      const { id } = await world.addToken(world.admin);
      expect(await deleteToken(world.admin, { id }, contextOf(db))).toMatchObject({ ok: true });
    };
    expect(await toldBy(preset, way, "token_deleted")).toBe(asked(mailOnDelete));
  });

  it("a token that ends itself or another through the API is told both ways, whatever the policy asks for", async () => {
    const itself: Way = async (db, world) => {
      const token = await world.addToken(world.admin);
      const actor = await actingToken(db, world.admin, token);
      expect(await deleteOwnToken(actor, contextOf(db))).toMatchObject({ ok: true });
    };
    const another: Way = async (db, world) => {
      const [token, { id }] = [await world.addToken(world.admin), await world.addToken(world.admin)];
      const actor = await actingToken(db, world.admin, token);
      expect(await deleteToken(actor, { id }, contextOf(db))).toMatchObject({ ok: true });
    };
    for (const way of [itself, another]) expect(await toldBy(preset, way, "token_deleted")).toBe("app mail");
  });

  it("a token that the policy ends by itself is told in the console, and by mail where the policy asks for it", async () => {
    const atItsExpiry: Way = async (db, world) => {
      await allow(db, world, { deleteExpired: true });
      await world.addToken(world.admin, expired);
      expect(await expireTokens({ db, now: NOW })).toMatchObject({ deleted: 1 });
    };
    const unused: Way = async (db, world) => {
      await allow(db, world, { inactiveDays: 90 });
      await watchLongAgo(db, world);
      await world.addToken(world.admin, { createdAt: days(-300), lastUsedAt: days(-90) });
      await lookAt(db, NOW);
      expect(await lookAt(db, days(7.1))).toMatchObject({ deleted: 1 });
    };
    for (const way of [atItsExpiry, unused]) {
      expect(await toldBy(preset, way, "token_deleted")).toBe(asked(mailOnDelete, "app"));
    }
  });

  it("a token that somebody else's change of the policy ends is told both ways, whatever the policy asks for", async () => {
    const way: Way = async (db, world) => {
      await allow(db, world, { expiry: "optional", expiryDays: null, deleteExpired: false });
      await world.addToken(world.admin, expired);
      const other = await world.addMember({ role: "administrator" });
      const { policy } = await loadRules(db, world.organizationId);
      const { version } = policy;
      const change = { policy: { ...policyOf(policy), deleteExpired: true }, preset, version };
      expect(await updatePolicy(other, change, contextOf(db))).toMatchObject({ ok: true, value: { deleted: 1 } });
    };
    expect(await toldBy(preset, way, "token_deleted")).toBe("app mail");
  });
});
