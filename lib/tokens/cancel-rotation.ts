import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { apiTokens } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { loadRules } from "./load-rules";
import { readToken } from "./read-tokens";
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
export async function cancelRotation(actor: Actor, { id }: { id: string }, ctx: Context): Promise<Outcome<TokenRow>> {
  return ctx.db.transaction(async (tx) => {
    const rules = await loadRules(tx, actor.organizationId);
    const token = await readToken(tx, actor, rules, id, ctx.now);
    if (!token) return refused("not_found");
    if (token.locked) return refused(token.locked);
    const rows = await tx
      .update(apiTokens)
      .set(NOTHING_PENDING)
      .where(
        and(
          eq(apiTokens.organizationId, actor.organizationId),
          eq(apiTokens.id, id),
          isNull(apiTokens.deletedAt),
          isNotNull(apiTokens.pendingHash),
        ),
      )
      .returning({ id: apiTokens.id });
    if (rows.length === 0) return refused("no_rotation");
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
