import { and, eq, sql } from "drizzle-orm";
import { groupMembers, members, roles } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import type { Context } from "@/lib/context";
import { done, type Outcome } from "@/lib/refusal";
import { loadRules } from "@/lib/tokens/load-rules";
import { getOrganization, type OrganizationRow } from "./get-organization";
import { loadOrganization } from "./load-organization";

/** The organization's settings, and whom its groups would bound. */
export interface OrganizationView {
  organization: OrganizationRow & { tokensDisabledReason: string | null; allowedOrigins: string[] };
  /** Active members who are no administrators: what they see is bounded while groups are on. */
  bounded: number;
  /** Those of them who are in no group, and would see themselves alone. */
  groupless: number;
  /** Whether only administrators may create tokens once groups are on, though others may while they are off. */
  groupsTakeTokens: boolean;
}

export async function viewOrganization(actor: Actor, ctx: Context): Promise<Outcome<OrganizationView>> {
  const refusal = decidePermission(actor, "organization:manage");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  const isBoundable = sql`not (${roles.permissions} @> array['organization:manage'])`;
  const isGroupless = sql`not exists (select 1 from ${groupMembers}
    where ${groupMembers.organizationId} = ${members.organizationId} and ${groupMembers.memberId} = ${members.id})`;
  const [organization, found, rules, [counts]] = await Promise.all([
    getOrganization(actor, ctx),
    loadOrganization(ctx.db, organizationId),
    loadRules(ctx.db, organizationId),
    ctx.db
      .select({
        bounded: sql<number>`count(*)::int`,
        groupless: sql<number>`(count(*) filter (where ${isGroupless}))::int`,
      })
      .from(members)
      .innerJoin(roles, and(eq(roles.organizationId, members.organizationId), eq(roles.id, members.roleId)))
      .where(and(eq(members.organizationId, organizationId), eq(members.status, "active"), isBoundable)),
  ]);
  return done({
    organization: {
      ...organization,
      tokensDisabledReason: rules.organization.tokensDisabledReason,
      allowedOrigins: found?.allowedOrigins ?? [],
    },
    bounded: counts?.bounded ?? 0,
    groupless: counts?.groupless ?? 0,
    groupsTakeTokens: rules.policy.issuers === "administrators_with_teams",
  });
}
