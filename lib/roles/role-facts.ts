import { and, eq, inArray, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { organizationPermissions, roles } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { isBuiltInPermission, isSubset, type Permission } from "@/lib/access/permission";
import { type Refusal, refused } from "@/lib/refusal";
import type { RoleRow } from "./list-roles";

/** A role of the organization, held until the transaction ends against whoever would give or delete it meanwhile. */
export async function lockRole(tx: Tx, organizationId: string, id: string) {
  const [role] = await tx
    .select({ id: roles.id, name: roles.name, builtIn: roles.builtIn, permissions: roles.permissions })
    .from(roles)
    .where(and(eq(roles.organizationId, organizationId), eq(roles.id, id)))
    .for("update");
  return role ?? null;
}

/** Why an actor may not touch a role: the built-in ones stay as they are, and nobody reaches above themselves. */
export function decideOnRole(
  actor: Pick<Actor, "permissions">,
  role: Pick<RoleRow, "builtIn" | "permissions">,
): Refusal | null {
  if (role.builtIn) return { code: "role_built_in" };
  return isSubset(role.permissions, actor.permissions) ? null : { code: "role_exceeds_yours" };
}

/** Why an actor may not give these: there is no such permission, or it does not hold it itself. */
export async function refuseGrant(tx: Tx, actor: Actor, wanted: readonly Permission[]): Promise<Refusal | null> {
  const own = wanted.filter((name) => !isBuiltInPermission(name));
  const known =
    own.length === 0
      ? []
      : await tx
          .select({ name: organizationPermissions.name })
          .from(organizationPermissions)
          .where(
            and(
              eq(organizationPermissions.organizationId, actor.organizationId),
              inArray(organizationPermissions.name, own),
            ),
          );
  if (known.length < own.length) return refused("permission_not_found", "permissions").refusal;
  return isSubset(wanted, actor.permissions) ? null : refused("role_exceeds_yours", "permissions").refusal;
}

/** Whether another role of the organization has this name. */
export async function isRoleName(tx: Tx, organizationId: string, name: string, except?: string): Promise<boolean> {
  const [other] = await tx
    .select({ id: roles.id })
    .from(roles)
    .where(
      and(eq(roles.organizationId, organizationId), eq(roles.name, name), except ? ne(roles.id, except) : undefined),
    );
  return other !== undefined;
}
