import { and, arrayContains, eq, not, sql } from "drizzle-orm";
import type { z } from "zod";
import { organizationPermissions, roles } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { lockAccess } from "@/lib/members/lock-access";
import { done, type Outcome, refused } from "@/lib/refusal";
import type { deletePermissionInput } from "./permission-input";

/**
 * Takes a permission out of the organization's own catalogue. Refused while a role holds it that does not administer the
 * organization: those who administer got it without asking and lose it so. Refused to whoever does not hold it.
 */
export async function deletePermission(
  actor: Actor,
  { name }: z.output<typeof deletePermissionInput>,
  ctx: Context,
): Promise<Outcome<{ name: string }>> {
  const refusal = decidePermission(actor, "organization:manage");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  const row = and(eq(organizationPermissions.organizationId, organizationId), eq(organizationPermissions.name, name));
  return ctx.db.transaction(async (tx) => {
    // No role takes it up meanwhile: changes of roles wait for the same lock.
    await lockAccess(tx, organizationId);
    const [found] = await tx
      .select({ description: organizationPermissions.description })
      .from(organizationPermissions)
      .where(row);
    if (!found) return refused("not_found");
    // Whoever makes one holds it at once: deleting and making anew what one lacks would be a grant to oneself.
    if (!actor.permissions.has(name)) return refused("not_permitted");
    const holding = and(eq(roles.organizationId, organizationId), arrayContains(roles.permissions, [name]));
    const [held] = await tx
      .select({ id: roles.id })
      .from(roles)
      .where(and(holding, not(arrayContains(roles.permissions, ["organization:manage"]))))
      .limit(1);
    if (held) return refused("permission_in_use");
    await tx
      .update(roles)
      .set({ permissions: sql`array_remove(${roles.permissions}, ${name})` })
      .where(holding);
    await tx.delete(organizationPermissions).where(row);
    await recordAudit(
      tx,
      actor,
      {
        organizationId,
        action: "permission.deleted",
        subject: { kind: "permission", id: name },
        details: { description: found.description },
      },
      ctx,
    );
    return done({ name });
  });
}
