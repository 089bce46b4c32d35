import { and, arrayContains, eq, sql } from "drizzle-orm";
import { organizationPermissions, roles } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { lockAccess } from "@/lib/members/lock-access";
import { done, type Outcome, refused } from "@/lib/refusal";
import type { OwnPermission } from "./list-permissions";
import type { CreatePermissionInput } from "./permission-input";

/**
 * Adds a permission to the organization's own catalogue. Roles that administer the organization hold it from now on, the
 * built-in one included: nobody can grant what they do not hold, so somebody has to be the first.
 */
export async function createPermission(
  actor: Actor,
  { name, description }: CreatePermissionInput,
  ctx: Context,
): Promise<Outcome<OwnPermission>> {
  const refusal = decidePermission(actor, "organization:manage");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  return ctx.db.transaction(async (tx) => {
    await lockAccess(tx, organizationId);
    const [made] = await tx
      .insert(organizationPermissions)
      .values({ organizationId, name, description, createdAt: ctx.now })
      .onConflictDoNothing()
      .returning({ name: organizationPermissions.name });
    if (!made) return refused("permission_name_taken", "name");
    await tx
      .update(roles)
      .set({ permissions: sql`array_append(${roles.permissions}, ${name})` })
      .where(and(eq(roles.organizationId, organizationId), arrayContains(roles.permissions, ["organization:manage"])));
    await recordAudit(
      tx,
      actor,
      {
        organizationId,
        action: "permission.created",
        subject: { kind: "permission", id: name },
        details: { description },
      },
      ctx,
    );
    return done({ name, description, createdAt: ctx.now });
  });
}
