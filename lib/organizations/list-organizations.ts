import { asc, eq, sql } from "drizzle-orm";
import { apiTokens, members, organizations, tokenPolicies } from "@/db/schema";
import type { Session } from "@/lib/auth/read-session";
import type { Context } from "@/lib/context";
import { isLive } from "@/lib/tokens/live-tokens";
import type { Preset } from "@/lib/tokens/token-presets";

/** Organizations that the operator's page shows at once. */
export const ORGANIZATIONS_SHOWN = 500;

/** An organization as whoever hosts Latchkey sees it: what it is set to and how much it is used, and no token of it. */
export interface OrganizationRow {
  id: string;
  name: string;
  slug: string;
  plan: "starter" | "pro" | "premium" | "enterprise";
  preset: Preset;
  tokensEnabled: boolean;
  tokensDisabledReason: string | null;
  createdAt: Date;
  /** Active ones. */
  members: number;
  liveTokens: number;
}

/** All organizations by name, for the operator alone: throws for anybody else, who cannot have come here by a door. */
export async function listOrganizations(operator: Session, ctx: Context): Promise<OrganizationRow[]> {
  if (!operator.isOperator) throw new Error("only the operator lists organizations");
  return ctx.db
    .select({
      id: organizations.id,
      name: organizations.name,
      slug: organizations.slug,
      plan: organizations.plan,
      preset: tokenPolicies.preset,
      tokensEnabled: organizations.tokensEnabled,
      tokensDisabledReason: organizations.tokensDisabledReason,
      createdAt: organizations.createdAt,
      members: sql<number>`(select count(*)::int from ${members}
        where ${members.organizationId} = ${organizations.id} and ${members.status} = 'active')`,
      liveTokens: sql<number>`(select count(*)::int from ${apiTokens}
        where ${apiTokens.organizationId} = ${organizations.id} and ${isLive(ctx.now)})`,
    })
    .from(organizations)
    .innerJoin(tokenPolicies, eq(tokenPolicies.organizationId, organizations.id))
    .orderBy(asc(organizations.name), asc(organizations.id))
    .limit(ORGANIZATIONS_SHOWN);
}
