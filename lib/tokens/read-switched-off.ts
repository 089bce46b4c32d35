import { and, eq } from "drizzle-orm";
import { accessRequests, organizations } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { PLAN_FACTS } from "@/lib/organizations/plans";
import type { TokenRules } from "./load-rules";
import { decideIssuer } from "./token-policy";

/** That tokens are switched off, and what somebody who meets it wants to know. */
export interface SwitchedOff {
  reason: string | null;
  plan: { name: string; includesTokens: boolean };
  /** When the member asked for them to be switched on; null where it did not. */
  requestedAt: Date | null;
  /** Who would create tokens once they are on, where the member would not; null where it would. */
  othersCreate: "administrators" | "permitted" | null;
}

/** Null while tokens are on. */
export async function readSwitchedOff(
  actor: Actor,
  { organization, policy }: TokenRules,
  ctx: Context,
): Promise<SwitchedOff | null> {
  if (organization.tokensEnabled) return null;
  const { organizationId, memberId } = actor;
  const [row] = await ctx.db
    .select({ plan: organizations.plan, requestedAt: accessRequests.createdAt })
    .from(organizations)
    .leftJoin(
      accessRequests,
      and(eq(accessRequests.organizationId, organizations.id), eq(accessRequests.memberId, memberId)),
    )
    .where(eq(organizations.id, organizationId));
  if (!row) throw new Error(`organization ${organizationId} is gone while its member looks at it`);
  const { name, tokens } = PLAN_FACTS[row.plan];
  return {
    reason: organization.tokensDisabledReason,
    plan: { name, includesTokens: tokens },
    requestedAt: row.requestedAt,
    othersCreate: decideIssuer(actor, policy, { ...organization, tokensEnabled: true })
      ? policy.issuers === "permitted"
        ? "permitted"
        : "administrators"
      : null,
  };
}
