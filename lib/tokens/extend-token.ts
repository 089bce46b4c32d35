import { apiTokens } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { authorOf } from "@/lib/notices/author-of";
import { noteTokens } from "@/lib/notices/note-tokens";
import { done, type Outcome, refused } from "@/lib/refusal";
import { holdToken, isToken } from "./hold-token";
import { loadRules } from "./load-rules";
import { readToken } from "./read-tokens";
import { decideExtension } from "./token-extension";
import type { ExtendTokenInput } from "./token-input";
import type { TokenRow } from "./token-row";

/**
 * Lets a live token live longer, as far as the policy lets one be created now; nothing else of it changes. Extensions of one
 * token and the first use of a new secret of it take turns on its row: each is later than what was before.
 */
export async function extendToken(
  actor: Actor,
  { id, expires_at: expiresAt }: ExtendTokenInput & { id: string },
  ctx: Context,
): Promise<Outcome<TokenRow>> {
  return ctx.db.transaction(async (tx) => {
    const rules = await loadRules(tx, actor.organizationId, { lock: true });
    await holdToken(tx, actor, id);
    const token = await readToken(tx, actor, rules, id, ctx.now);
    if (!token) return refused("not_found");
    if (token.locked) return refused(token.locked);
    const decision = decideExtension(actor, token, expiresAt, rules, ctx.now);
    if (!decision.ok) return decision;
    const rows = await tx
      .update(apiTokens)
      .set({ expiresAt: decision.value, expirySetAt: ctx.now })
      .where(isToken(actor, id))
      .returning({
        id: apiTokens.id,
        name: apiTokens.name,
        kind: apiTokens.kind,
        prefix: apiTokens.prefix,
        issuerId: apiTokens.issuerId,
        expiresAt: apiTokens.expiresAt,
      });
    await recordAudit(
      tx,
      actor,
      {
        organizationId: actor.organizationId,
        action: "token.extended",
        subject: { kind: "token", id },
        details: { name: token.name, expires_at: { from: token.expiresAt, to: decision.value } },
      },
      ctx,
    );
    // Whoever has the token would never hear that it is about to end.
    if (token.issuedBy.id !== actor.memberId || actor.kind === "token") {
      await noteTokens(
        tx,
        {
          event: "token_created",
          how: "extended",
          organizationId: actor.organizationId,
          tokens: rows,
          by: await authorOf(tx, actor),
        },
        { policy: rules.policy, now: ctx.now },
      );
    }
    return done((await readToken(tx, actor, rules, id, ctx.now)) ?? token);
  });
}
