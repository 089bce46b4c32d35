import { eq } from "drizzle-orm";
import type { z } from "zod";
import { organizations } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { lockTokenRules } from "@/lib/tokens/lock-token-rules";
import { loadOrganization } from "./load-organization";
import type { OrganizationSettings, updateOrganizationInput } from "./organization-input";

const FIELDS = ["name", "group_noun", "groups_enabled", "allowed_origins"] as const;

/** Lists are compared in their order. */
const differs = (one: OrganizationSettings, other: OrganizationSettings) => (field: (typeof FIELDS)[number]) =>
  String(one[field]) !== String(other[field]);

/**
 * Changes what an organization is called, what it calls its groups, whether these bound what members see, and scripts of
 * which sites may call the API. The groups take effect at the next request of everybody they concern, the sites within
 * seconds.
 */
export async function updateOrganization(
  actor: Actor,
  { was, to }: z.output<typeof updateOrganizationInput>,
  ctx: Context,
): Promise<Outcome<OrganizationSettings>> {
  const refusal = decidePermission(actor, "organization:manage");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  return ctx.db.transaction(async (tx) => {
    await lockTokenRules(tx, organizationId);
    const found = await loadOrganization(tx, organizationId);
    if (!found) return refused("not_found");
    const now = {
      name: found.name,
      group_noun: found.groupNoun,
      groups_enabled: found.teamsEnabled,
      allowed_origins: found.allowedOrigins,
    };
    const changed = FIELDS.filter(differs(now, to));
    // The same change made before, perhaps by this very form whose answer was lost, is no quarrel.
    if (changed.length === 0) return done(to);
    if (FIELDS.some(differs(now, was))) return refused("organization_changed");
    await tx
      .update(organizations)
      .set({
        name: to.name,
        groupNoun: to.group_noun,
        teamsEnabled: to.groups_enabled,
        allowedOrigins: to.allowed_origins,
      })
      .where(eq(organizations.id, organizationId));
    await recordAudit(
      tx,
      actor,
      {
        organizationId,
        action: "organization.updated",
        subject: { kind: "organization", id: organizationId },
        details: Object.fromEntries(changed.map((field) => [field, { from: now[field], to: to[field] }])),
      },
      ctx,
    );
    return done(to);
  });
}
