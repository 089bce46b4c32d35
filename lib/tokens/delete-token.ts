import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { apiTokens } from "@/db/schema";
import type { Actor, TokenActor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { loadRules, type TokenRules } from "./load-rules";
import { markDeleted } from "./mark-deleted";
import { readToken } from "./read-tokens";
import type { TokenRow } from "./token-row";

/** Deletes a token for good: its next call is refused. Of several at once, one succeeds and the others hear that it was done. */
export async function deleteToken(actor: Actor, { id }: { id: string }, ctx: Context): Promise<Outcome<TokenRow>> {
  return ctx.db.transaction(async (tx) => {
    const rules = await loadRules(tx, actor.organizationId);
    const token = await readToken(tx, actor, rules, id, ctx.now);
    if (!token) return refused("not_found");
    if (token.locked) return refused(token.locked);
    if (!(await markOne(tx, actor, id, rules, ctx))) return refused("already_deleted");
    return done((await readToken(tx, actor, rules, id, ctx.now)) ?? token);
  });
}

/** Ends the very token that asks. It may always do so, whatever the policy and its permissions. */
export async function deleteOwnToken(
  actor: TokenActor,
  ctx: Context,
): Promise<Outcome<{ id: string; deletedAt: Date }>> {
  return ctx.db.transaction(async (tx) => {
    const rules = await loadRules(tx, actor.organizationId);
    if (!(await markOne(tx, actor, actor.tokenId, rules, ctx))) return refused("already_deleted");
    return done({ id: actor.tokenId, deletedAt: ctx.now });
  });
}

/** True for the one of several that did it. */
async function markOne(tx: Tx, actor: Actor, id: string, { policy }: TokenRules, ctx: Context): Promise<boolean> {
  const { organizationId } = actor;
  const rows = await markDeleted(tx, { organizationId, which: eq(apiTokens.id, id), by: actor, policy }, ctx);
  return rows.length > 0;
}
