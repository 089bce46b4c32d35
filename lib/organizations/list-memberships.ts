import { and, asc, eq } from "drizzle-orm";
import { members, organizations, roles } from "@/db/schema";
import type { Session } from "@/lib/auth/read-session";
import type { Context } from "@/lib/context";

/** An organization that the user can look at, and as what. */
export interface Membership {
  organizationId: string;
  name: string;
  role: string;
  portal: "console" | "hub";
}

/** The organizations in which the user is an active member, by name. */
export function listMemberships({ userId }: Pick<Session, "userId">, ctx: Context): Promise<Membership[]> {
  return ctx.db
    .select({
      organizationId: organizations.id,
      name: organizations.name,
      role: roles.name,
      portal: members.portal,
    })
    .from(members)
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .innerJoin(roles, and(eq(roles.organizationId, members.organizationId), eq(roles.id, members.roleId)))
    .where(and(eq(members.userId, userId), eq(members.status, "active")))
    .orderBy(asc(organizations.name), asc(organizations.id));
}
