import { sql } from "drizzle-orm";
import { apiTokens, endedSecrets } from "@/db/schema";
import type { Actor, TokenActor } from "@/lib/access/actor";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { authorOf } from "@/lib/notices/author-of";
import { noteTokens } from "@/lib/notices/note-tokens";
import { done, type Outcome, refused } from "@/lib/refusal";
import { readActorNetworks } from "./actor-networks";
import { holdToken, isToken } from "./hold-token";
import { loadRules } from "./load-rules";
import { mintingKeys } from "./minting-keys";
import { readToken } from "./read-tokens";
import type { RotateTokenInput } from "./token-input";
import { actsAs, isItself } from "./token-reach";
import { decideRotation, renewedExpiry } from "./token-rotation";
import type { TokenRow } from "./token-row";
import { hashToken, mintToken, type PlainToken } from "./token-secret";

/**
 * Makes a new secret for a token and returns it, this once. It waits: the token goes on as it is until the new secret is
 * first used, whoever lost it asks again, and one that waited before is replaced, but never by the token itself where
 * somebody else asked for it. Rotations of one token take turns on its row; of those that come at once the first is done.
 */
export const rotateToken = (actor: Actor, input: RotateTokenInput & { id: string }, ctx: Context) =>
  rotate(actor, input, ctx, false);

/** A new secret for the very token that asks. It may always do so, whatever the policy and its permissions. */
export const rotateOwnToken = (actor: TokenActor, input: RotateTokenInput, ctx: Context) =>
  rotate(actor, { ...input, id: actor.tokenId }, ctx, true);

async function rotate(
  actor: Actor,
  { id, overlap_days: overlapDays }: RotateTokenInput & { id: string },
  ctx: Context,
  asItself: boolean,
): Promise<Outcome<{ token: TokenRow; secret: PlainToken }>> {
  return ctx.db.transaction(async (tx) => {
    const rules = await loadRules(tx, actor.organizationId);
    const held = await holdToken(tx, actor, id);
    const token = await readToken(tx, actor, rules, id, ctx.now);
    if (!held || !token) return refused("not_found");
    const isSelf = isItself(actor, { id });
    const refusal = decideRotation(actor, {
      token,
      organization: rules.organization,
      isSelf,
      asItself,
      othersWait: actsAs(actor, { id }) && held.waitingSince !== null && held.lastAsker !== id,
      // Whoever has a leaked secret rotates as often as they like: no person waits for that.
      settlesIn: actor.kind === "member" && held.lastAsker ? 0 : held.settlesIn,
      actorNetworks: await readActorNetworks(tx, actor),
    });
    if (refusal) return { ok: false, refusal };

    const asker = actor.kind === "token" ? actor.tokenId : null;
    if (held.pendingHash && held.pendingPepperId && held.lastAsker !== asker) {
      // Somebody else has it, and one of the two is a program: as an ended one it tells of itself where it asks for another.
      await tx.insert(endedSecrets).values({
        organizationId: actor.organizationId,
        tokenId: id,
        hash: held.pendingHash,
        pepperId: held.pendingPepperId,
        endedAt: ctx.now,
      });
    }
    const { peppers } = mintingKeys();
    const { lastFour, plain } = mintToken(held.prefix, held.kind, id);
    const expiresAt = renewedExpiry(actor, { id, ...held }, rules, ctx.now);
    const [made] = await tx
      .update(apiTokens)
      .set({
        pendingHash: hashToken(plain, peppers.current),
        pendingPepperId: peppers.current.id,
        pendingLastFour: lastFour,
        pendingAt: sql`date_trunc('milliseconds', clock_timestamp())`,
        pendingBy: actor.memberId,
        pendingOverlapDays: overlapDays,
        pendingExpiresAt: expiresAt,
      })
      .where(isToken(actor, id))
      .returning({ at: apiTokens.pendingAt });
    await recordAudit(
      tx,
      actor,
      {
        organizationId: actor.organizationId,
        action: "token.rotated",
        subject: { kind: "token", id },
        details: {
          name: token.name,
          overlap_days: overlapDays,
          ...(expiresAt ? { expires_at: { from: held.expiresAt, to: expiresAt } } : {}),
          ...(held.waitingSince ? { replaced_secret_of: held.waitingSince } : {}),
        },
      },
      // By the clock that says when the secret was made, and later when it was first used.
      { ...ctx, now: made?.at ?? ctx.now },
    );
    // Whoever has one secret of a token gains nothing by the next.
    if (!isSelf) {
      await noteTokens(
        tx,
        {
          event: "token_created",
          how: "rotated",
          organizationId: actor.organizationId,
          tokens: [{ ...held, id, name: token.name }],
          by: await authorOf(tx, actor),
        },
        { policy: rules.policy, now: ctx.now },
      );
    }
    const after = await readToken(tx, actor, rules, id, ctx.now);
    return done({ token: after ?? token, secret: plain });
  });
}
