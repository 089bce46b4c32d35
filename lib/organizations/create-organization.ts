import { v7 as uuidv7 } from "uuid";
import type { Tx } from "@/db/client";
import { organizations, roles, tokenPolicies } from "@/db/schema";
import { BUILT_IN_ROLES, type BuiltInRole } from "@/lib/access/permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { type Preset, TOKEN_PRESETS } from "@/lib/tokens/token-presets";

export interface NewOrganization {
  name: string;
  /** Unique; see `organizationSlug`. */
  slug: string;
  preset: Preset;
  plan: "starter" | "pro" | "premium" | "enterprise";
  tokensEnabled: boolean;
  teamsEnabled: boolean;
  groupNoun: "group" | "team" | "business_unit" | "visibility_group";
}

/**
 * Makes an organization with its four built-in roles and the token policy of its preset, in the caller's transaction.
 * Nobody is a member yet, so the event is the system's. Throws a unique violation where the slug is taken.
 */
export async function createOrganization(
  tx: Tx,
  { preset, ...organization }: NewOrganization,
  ctx: Pick<Context, "now" | "origin">,
): Promise<{ organizationId: string; roles: Record<BuiltInRole, string> }> {
  const newId = () => uuidv7({ msecs: ctx.now.getTime() });
  const organizationId = newId();
  await tx.insert(organizations).values({ ...organization, id: organizationId, createdAt: ctx.now });

  const builtIn = (Object.keys(BUILT_IN_ROLES) as BuiltInRole[]).map((key) => ({
    organizationId,
    id: newId(),
    builtIn: key,
    name: BUILT_IN_ROLES[key].name,
    permissions: [...BUILT_IN_ROLES[key].permissions],
    createdAt: ctx.now,
  }));
  await tx.insert(roles).values(builtIn);
  await tx.insert(tokenPolicies).values({ ...TOKEN_PRESETS[preset], organizationId, preset, updatedAt: ctx.now });
  await recordAudit(
    tx,
    "system",
    {
      organizationId,
      action: "organization.created",
      subject: { kind: "organization", id: organizationId },
      details: { name: organization.name, preset },
    },
    ctx,
  );
  return {
    organizationId,
    roles: Object.fromEntries(builtIn.map((role) => [role.builtIn, role.id])) as Record<BuiltInRole, string>,
  };
}
