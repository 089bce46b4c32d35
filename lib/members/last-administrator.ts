import { and, eq, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { members, roles, users } from "@/db/schema";

/**
 * Whether somebody can still administer the organization when this member, or this role, no longer does: an active member
 * who can sign in to the console and holds `organization:manage`. Asked under `lockAccess`; where it is false, the change is
 * refused as `last_administrator`.
 */
export async function hasOtherAdministrator(
  tx: Tx,
  organizationId: string,
  without: { memberId: string } | { roleId: string },
): Promise<boolean> {
  const [other] = await tx
    .select({ id: members.id })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(roles, and(eq(roles.organizationId, members.organizationId), eq(roles.id, members.roleId)))
    .where(
      and(
        eq(members.organizationId, organizationId),
        eq(members.status, "active"),
        // In the hub nobody administers anything.
        eq(members.portal, "console"),
        eq(users.kind, "person"),
        sql`'organization:manage' = any(${roles.permissions})`,
        "memberId" in without ? ne(members.id, without.memberId) : ne(members.roleId, without.roleId),
      ),
    )
    .limit(1);
  return other !== undefined;
}
