import { and, eq } from "drizzle-orm";
import { roles } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { hasOtherAdministrator } from "@/lib/members/last-administrator";
import { lockAccess } from "@/lib/members/lock-access";
import { done, type Outcome, refused } from "@/lib/refusal";
import { decideOnRole, isRoleName, lockRole, refuseGrant } from "./role-facts";
import type { UpdateRoleInput } from "./role-input";

/**
 * Changes a role of the organization's own. It bears on the next request of every member who has it, and on the next call
 * of their tokens and of its own.
 */
export async function updateRole(
  actor: Actor,
  { id, change }: UpdateRoleInput,
  ctx: Context,
): Promise<Outcome<{ id: string }>> {
  const refusal = decidePermission(actor, "roles:write");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  return ctx.db.transaction(async (tx) => {
    await lockAccess(tx, organizationId);
    const role = await lockRole(tx, organizationId, id);
    if (!role) return refused("not_found");
    const granted = change.grant.filter((permission) => !role.permissions.includes(permission));
    const taken = change.take.filter((permission) => role.permissions.includes(permission));
    const refusal = decideOnRole(actor, role) ?? (await refuseGrant(tx, actor, granted));
    if (refusal) return { ok: false, refusal };
    const name = change.name ?? role.name;
    if (name !== role.name && (await isRoleName(tx, organizationId, name, id))) {
      return refused("role_name_taken", "name");
    }
    if (taken.includes("organization:manage") && !(await hasOtherAdministrator(tx, organizationId, { roleId: id }))) {
      return refused("last_administrator", "permissions");
    }
    if (name === role.name && granted.length + taken.length === 0) return done({ id });
    const permissions = [...role.permissions.filter((permission) => !taken.includes(permission)), ...granted].sort();
    await tx
      .update(roles)
      .set({ name, permissions })
      .where(and(eq(roles.organizationId, organizationId), eq(roles.id, id)));
    const details = {
      ...(name === role.name ? {} : { name: { from: role.name, to: name } }),
      ...(granted.length > 0 ? { granted } : {}),
      ...(taken.length > 0 ? { taken } : {}),
    };
    const subject = { kind: "role", id } as const;
    await recordAudit(tx, actor, { organizationId, action: "role.updated", subject, details }, ctx);
    return done({ id });
  });
}
