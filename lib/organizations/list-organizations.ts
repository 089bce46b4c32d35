import { asc, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { accessRequests, apiTokens, members, organizations, tokenPolicies } from "@/db/schema";
import type { Session } from "@/lib/auth/read-session";
import type { Context } from "@/lib/context";
import { isLive } from "@/lib/tokens/live-tokens";
import type { Preset } from "@/lib/tokens/token-presets";
import { assertOperator } from "./operator-proof";
import type { Plan } from "./plans";

/** Organizations that the operator's page shows at once; the search finds the others. */
export const ORGANIZATIONS_SHOWN = 200;

/** An organization as whoever hosts Latchkey sees it: what it is set to and how much it is used, and no token of it. */
export interface OrganizationRow {
  id: string;
  name: string;
  slug: string;
  plan: Plan;
  preset: Preset;
  tokensEnabled: boolean;
  tokensDisabledReason: string | null;
  createdAt: Date;
  /** Active ones. */
  members: number;
  liveTokens: number;
  /** Members who ask for tokens to be switched on. */
  requests: number;
}

export interface OrganizationList {
  rows: OrganizationRow[];
  /** How many there are that match; the rows are the first of them. */
  total: number;
}

/**
 * Organizations whose name or slug holds `q`, those that ask for something first, then by name. For the operator alone:
 * throws for anybody else.
 */
export async function listOrganizations(
  operator: Session,
  { q = "" }: { q?: string },
  ctx: Context,
): Promise<OrganizationList> {
  assertOperator(operator);
  const matches = q
    ? sql`position(lower(${q}) in lower(${organizations.name} || ' ' || ${organizations.slug})) > 0`
    : undefined;
  const [rows, counted] = await Promise.all([
    readOrganizations(ctx.db, matches, ctx.now),
    ctx.db.select({ total: sql<number>`count(*)::int` }).from(organizations).where(matches),
  ]);
  return { rows, total: counted[0]?.total ?? 0 };
}

/** The rows that meet the condition, all where there is none, at most `ORGANIZATIONS_SHOWN`. */
export function readOrganizations(db: Db, condition: SQL | undefined, now: Date): Promise<OrganizationRow[]> {
  const requests = sql<number>`(select count(*)::int from ${accessRequests}
    where ${accessRequests.organizationId} = ${organizations.id})`;
  return db
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
        where ${apiTokens.organizationId} = ${organizations.id} and ${isLive(now)})`,
      requests,
    })
    .from(organizations)
    .innerJoin(tokenPolicies, eq(tokenPolicies.organizationId, organizations.id))
    .where(condition)
    .orderBy(desc(requests), asc(organizations.name), asc(organizations.id))
    .limit(ORGANIZATIONS_SHOWN);
}
