import { sql } from "drizzle-orm";
import type { z } from "zod";
import { apiTokens, members, roles } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import type { Context } from "@/lib/context";
import { visibleMember } from "@/lib/members/visible-members";
import { done, type Outcome, refused } from "@/lib/refusal";
import { loadRules } from "@/lib/tokens/load-rules";
import { visibleCondition } from "@/lib/tokens/read-tokens";
import { statusCondition } from "@/lib/tokens/status-condition";
import type { roleLossInput } from "./role-input";

/** What would go with one permission of a role. */
export interface RoleLoss extends Record<string, unknown> {
  permission: string;
  /** Active members who could do it and no longer may; null where members are not the reader's to read. */
  members: number | null;
  /** Live tokens that could do it and no longer may: those with the role, and those whose issuer has it. */
  tokens: number;
}

/** Who loses what when a role loses these permissions, as far as the actor sees them. Nothing is changed. */
export async function previewRoleLoss(
  actor: Actor,
  { id, take }: z.output<typeof roleLossInput>,
  ctx: Context,
): Promise<Outcome<RoleLoss[]>> {
  const refusal = decidePermission(actor, "roles:write");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  const [role] = await ctx.db.execute(
    sql`select 1 from ${roles} where ${roles.organizationId} = ${organizationId} and ${roles.id} = ${id}`,
  );
  if (!role) return refused("not_found");
  if (take.length === 0) return done([]);
  const { policy } = await loadRules(ctx.db, organizationId);
  const rows = await ctx.db.execute<RoleLoss>(sql`
    select lost.permission,
      (select count(*)::int from ${members}
        where ${members.organizationId} = ${organizationId} and ${members.roleId} = ${id}
          and ${members.status} = 'active' and ${visibleMember(actor, sql`${members.id}`)}) as members,
      (select count(*)::int from ${apiTokens}
        join ${members} on ${members.organizationId} = ${apiTokens.organizationId} and ${members.id} = ${apiTokens.issuerId}
        join ${roles} issuers on issuers.organization_id = ${members.organizationId} and issuers.id = ${members.roleId}
        left join ${roles} assigned
          on assigned.organization_id = ${apiTokens.organizationId} and assigned.id = ${apiTokens.roleId}
        where ${visibleCondition(actor, policy)} and ${statusCondition("active", ctx.now)}
          and ${members.status} = 'active' and (${apiTokens.roleId} = ${id} or ${members.roleId} = ${id})
          and lost.permission = any(issuers.permissions)
          and (${apiTokens.roleId} is null or lost.permission = any(assigned.permissions))) as tokens
    from (
      select permission from ${roles}, unnest(${roles.permissions}) as permission
      where ${roles.organizationId} = ${organizationId} and ${roles.id} = ${id} and permission in ${take}
    ) lost
    order by lost.permission`);
  const seesMembers = actor.permissions.has("members:read");
  return done(rows.map((row) => ({ ...row, members: seesMembers ? row.members : null })));
}
