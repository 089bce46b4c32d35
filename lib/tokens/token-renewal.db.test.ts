import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "@/db/client";
import type { Actor, MemberActor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import type { Outcome } from "@/lib/refusal";
import { days } from "@/test/clock";
import { withRollback } from "@/test/database";
import { addMixedTokens } from "@/test/mixed-tokens";
import { contextOf, makeWorld, type World, type WorldOptions } from "@/test/world";
import { extendToken } from "./extend-token";
import { loadRules } from "./load-rules";
import { selectTokens, visibleCondition } from "./read-tokens";
import { rotateToken } from "./rotate-token";

/** What a verb says, and nothing of what it did. */
async function tried(ctx: Context, ask: (ctx: Context) => Promise<Outcome<unknown>>): Promise<string | null> {
  class Undone extends Error {}
  let said: string | null = null;
  const one = ctx.db.transaction(async (tx) => {
    const outcome = await ask({ ...ctx, db: tx });
    said = outcome.ok ? null : outcome.refusal.code;
    throw new Undone();
  });
  await one.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return said;
}

const rowsOf = async (db: Db, actor: Actor) => {
  const rules = await loadRules(db, actor.organizationId);
  const where = visibleCondition(actor, rules.policy);
  return selectTokens(db, actor, rules, { where, orderBy: sql`id`, limit: 100 }, contextOf(db).now);
};

it.each<[string, WorldOptions, (world: World) => Promise<MemberActor[]>]>([
  ["by role", { preset: "role_scoped" }, async ({ admin, engineer, user }) => [admin, engineer, user]],
  ["where administrators issue", { policy: { issuers: "administrators" } }, async ({ admin, user }) => [admin, user]],
  ["where expiries are fixed", { preset: "single_rotating" }, async ({ admin, user }) => [admin, user]],
  ["where nothing expires any more", { policy: { expiry: "never" } }, async ({ admin }) => [admin]],
  ["while tokens are off", { tokensEnabled: false }, async ({ admin, user }) => [admin, user]],
  [
    "to one who sees all and may less than the others",
    { policy: { visibility: "permitted" } },
    async (world) => {
      const roleId = await world.addRole("Janitor", ["tokens:oversee", "tokens:manage", "tokens:create"]);
      return [await world.addMember({ role: { roleId } })];
    },
  ],
])("a row says of each token what the verbs then do, %s", (_, options, readers) =>
  withRollback(async (db) => {
    const world = await makeWorld(db, options);
    await addMixedTokens(world);
    const seen = new Set<string | null | undefined>();
    for (const actor of await readers(world)) {
      for (const { id, expiresAt, rotationRefusal, extension } of await rowsOf(db, actor)) {
        const rotated = await tried(contextOf(db), (ctx) => rotateToken(actor, { id, overlap_days: 1 }, ctx));
        expect(rotationRefusal).toBe(rotated);
        const wish = { id, expires_at: new Date((expiresAt ?? days(1)).getTime() + 60_000) };
        const extended = await tried(contextOf(db), (ctx) => extendToken(actor, wish, ctx));
        if (extension) expect(extension.refusal).toBe(extended);
        else expect(extended).not.toBeNull();
        seen.add(rotationRefusal).add(extension?.refusal);
      }
    }
    expect(seen.size).toBeGreaterThan(1);
  }),
);
