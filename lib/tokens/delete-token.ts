import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { apiTokens } from "@/db/schema";
import type { Actor, TokenActor } from "@/lib/access/actor";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { authorOf } from "@/lib/notices/author-of";
import { noteTokens } from "@/lib/notices/note-tokens";
import { done, type Outcome, refused } from "@/lib/refusal";
import { loadRules, type TokenRules } from "./load-rules";
import { readToken } from "./read-tokens";
import type { TokenRow } from "./token-row";

/** Deletes a token for good: its next call is refused. Of several at once, one succeeds and the others hear that it was done. */
export async function deleteToken(actor: Actor, { id }: { id: string }, ctx: Context): Promise<Outcome<TokenRow>> {
  return ctx.db.transaction(async (tx) => {
    const rules = await loadRules(tx, actor.organizationId);
    const token = await readToken(tx, actor, rules, id, ctx.now);
    if (!token) return refused("not_found");
    if (token.locked) return refused(token.locked);
    if (!(await markDeleted(tx, actor, id, rules, ctx))) return refused("already_deleted");
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
    if (!(await markDeleted(tx, actor, actor.tokenId, rules, ctx))) return refused("already_deleted");
    return done({ id: actor.tokenId, deletedAt: ctx.now });
  });
}

/** The conditional update that settles the race: true for the one that did it. Its event, and who is told of it, are written with it. */
async function markDeleted(tx: Tx, actor: Actor, id: string, { policy }: TokenRules, ctx: Context): Promise<boolean> {
  const rows = await tx
    .update(apiTokens)
    .set({ state: "deleted", deletedAt: ctx.now, deletedBy: actor.memberId })
    .where(and(eq(apiTokens.organizationId, actor.organizationId), eq(apiTokens.id, id), isNull(apiTokens.deletedAt)))
    .returning({
      id: apiTokens.id,
      name: apiTokens.name,
      kind: apiTokens.kind,
      prefix: apiTokens.prefix,
      issuerId: apiTokens.issuerId,
      expiresAt: apiTokens.expiresAt,
    });
  const [token] = rows;
  if (!token) return false;
  await recordAudit(
    tx,
    actor,
    {
      organizationId: actor.organizationId,
      action: "token.deleted",
      subject: { kind: "token", id },
      details: { name: token.name },
    },
    ctx,
  );
  await noteTokens(
    tx,
    { event: "token_deleted", organizationId: actor.organizationId, tokens: rows, by: await authorOf(tx, actor) },
    { policy, now: ctx.now },
  );
  return true;
}
