import { eq } from "drizzle-orm";
import type { z } from "zod";
import { accessRequests, organizations } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Session } from "@/lib/auth/read-session";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { lockTokenRules } from "@/lib/tokens/lock-token-rules";
import { loadOrganization } from "./load-organization";
import type { switchTokensInput } from "./operator-input";
import { assertOperator, byOperator } from "./operator-proof";
import { planIncludesTokens } from "./plans";

/**
 * Switches an organization's API tokens on or off. Nothing is deleted: while they are off every token is refused at its
 * next call, and works again once they are on. Switching on answers all requests for it. Done twice, the second does
 * nothing and writes no event; the reason of the first stays.
 */
export async function switchTokens(
  operator: Session,
  { organization_id: organizationId, enabled, reason }: z.output<typeof switchTokensInput>,
  ctx: Context,
): Promise<Outcome<{ tokensEnabled: boolean }>> {
  assertOperator(operator);
  return ctx.db.transaction(async (tx) => {
    await lockTokenRules(tx, organizationId);
    const was = await loadOrganization(tx, organizationId);
    if (!was) return refused("not_found");
    if (enabled && !planIncludesTokens(was.plan)) return refused("plan_excludes_tokens");
    if (was.tokensEnabled === enabled) return done({ tokensEnabled: enabled });
    await tx
      .update(organizations)
      .set({ tokensEnabled: enabled, tokensDisabledReason: enabled ? null : reason })
      .where(eq(organizations.id, organizationId));
    if (enabled) await tx.delete(accessRequests).where(eq(accessRequests.organizationId, organizationId));
    await recordAudit(
      tx,
      "system",
      {
        organizationId,
        action: "tokens.switched",
        subject: { kind: "organization", id: organizationId },
        details: { enabled, reason, ...byOperator(operator) },
      },
      ctx,
    );
    return done({ tokensEnabled: enabled });
  });
}
