import { eq } from "drizzle-orm";
import type { z } from "zod";
import { organizations } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Session } from "@/lib/auth/read-session";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { lockTokenRules } from "@/lib/tokens/lock-token-rules";
import { loadOrganization } from "./load-organization";
import type { setPlanInput } from "./operator-input";
import { assertOperator, byOperator } from "./operator-proof";
import { type Plan, planIncludesTokens, planReason } from "./plans";

/**
 * Moves an organization to a plan. One without API tokens switches them off in the same transaction; one that includes
 * them leaves them as they are, since switching on is a decision of its own.
 */
export async function setPlan(
  operator: Session,
  { organization_id: organizationId, plan }: z.output<typeof setPlanInput>,
  ctx: Context,
): Promise<Outcome<{ plan: Plan; tokensEnabled: boolean }>> {
  assertOperator(operator);
  return ctx.db.transaction(async (tx) => {
    await lockTokenRules(tx, organizationId);
    const was = await loadOrganization(tx, organizationId);
    if (!was) return refused("not_found");
    if (was.plan === plan) return done({ plan, tokensEnabled: was.tokensEnabled });
    const stops = was.tokensEnabled && !planIncludesTokens(plan);
    const by = byOperator(operator);
    await tx
      .update(organizations)
      .set({ plan, ...(stops ? { tokensEnabled: false, tokensDisabledReason: planReason(plan) } : {}) })
      .where(eq(organizations.id, organizationId));
    const subject = { kind: "organization", id: organizationId } as const;
    const details = { plan: { from: was.plan, to: plan }, ...by };
    await recordAudit(tx, "system", { organizationId, action: "organization.updated", subject, details }, ctx);
    if (stops) {
      const off = { enabled: false, reason: planReason(plan), ...by };
      await recordAudit(tx, "system", { organizationId, action: "tokens.switched", subject, details: off }, ctx);
    }
    return done({ plan, tokensEnabled: was.tokensEnabled && !stops });
  });
}
