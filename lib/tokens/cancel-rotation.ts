import { apiTokens } from "@/db/schema";
import type { Actor, TokenActor } from "@/lib/access/actor";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { holdToken, isToken } from "./hold-token";
import { loadRules } from "./load-rules";
import { readToken } from "./read-tokens";
import { actsAs } from "./token-reach";
import type { TokenRow } from "./token-row";

/** What a row has where no secret waits. */
export const NOTHING_PENDING = {
  pendingHash: null,
  pendingPepperId: null,
  pendingLastFour: null,
  pendingAt: null,
  pendingBy: null,
  pendingOverlapDays: null,
  pendingExpiresAt: null,
} as const;

/** Takes back a secret that waits: it never works. One that was used meanwhile is the token's and stays. */
export const cancelRotation = (actor: Actor, { id }: { id: string }, ctx: Context) => cancel(actor, id, ctx, false);

/** Takes back what the very token that asks got itself, whatever the policy and its permissions. */
export const cancelOwnRotation = (actor: TokenActor, ctx: Context) => cancel(actor, actor.tokenId, ctx, true);

async function cancel(actor: Actor, id: string, ctx: Context, asItself: boolean): Promise<Outcome<TokenRow>> {
  return ctx.db.transaction(async (tx) => {
    const rules = await loadRules(tx, actor.organizationId);
    const held = await holdToken(tx, actor, id);
    const token = await readToken(tx, actor, rules, id, ctx.now);
    if (!held || !token) return refused("not_found");
    if (token.status === "deleted") return refused("already_deleted");
    if (!asItself && token.locked) return refused(token.locked);
    if (!held.waitingSince) return refused("no_rotation");
    if (actsAs(actor, { id }) && held.lastAsker !== id) return refused("other_secret_waits");
    await tx.update(apiTokens).set(NOTHING_PENDING).where(isToken(actor, id));
    await recordAudit(
      tx,
      actor,
      {
        organizationId: actor.organizationId,
        action: "token.rotation_cancelled",
        subject: { kind: "token", id },
        details: { name: token.name },
      },
      ctx,
    );
    return done((await readToken(tx, actor, rules, id, ctx.now)) ?? token);
  });
}
