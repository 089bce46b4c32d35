import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { inactivityWatches, organizations, tokenPolicies } from "@/db/schema";
import { lockTokenRules } from "./lock-token-rules";
import type { InactivityRule } from "./token-inactivity";
import type { TokenOrganization, TokenPolicy } from "./token-policy";
import type { Preset } from "./token-presets";

/** An organization's rules, and what of the organization bears on them. */
export interface TokenRules {
  policy: TokenPolicy & { preset: Preset; version: number; updatedAt: Date };
  organization: TokenOrganization & { tokensDisabledReason: string | null };
  /** The rule for unused tokens, from when somebody first looked by it on; null where there is none. */
  inactivity: InactivityRule | null;
}

/**
 * The organization's rules. With `lock`, the policy row is held until the transaction ends: creations then take turns,
 * and what is counted meanwhile stays true.
 */
export async function loadRules(db: Db, organizationId: string, { lock = false } = {}): Promise<TokenRules> {
  if (lock) await lockTokenRules(db, organizationId);
  const [row] = await db
    .select({
      policy: tokenPolicies,
      organization: {
        tokensEnabled: organizations.tokensEnabled,
        tokensDisabledReason: organizations.tokensDisabledReason,
        teamsEnabled: organizations.teamsEnabled,
      },
      since: inactivityWatches.since,
    })
    .from(tokenPolicies)
    .innerJoin(organizations, eq(organizations.id, tokenPolicies.organizationId))
    .leftJoin(inactivityWatches, eq(inactivityWatches.organizationId, tokenPolicies.organizationId))
    .where(eq(tokenPolicies.organizationId, organizationId));
  if (!row) throw new Error(`organization ${organizationId} has no token policy`);
  const { since, ...rules } = row;
  const { inactiveDays } = rules.policy;
  return { ...rules, inactivity: inactiveDays !== null && since ? { inactiveDays, since } : null };
}
