import { and, asc, eq, gt } from "drizzle-orm";
import { roles } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { BuiltInRole } from "@/lib/access/permission";
import type { Context } from "@/lib/context";
import { type ListPage, type ListQuery, pageOf, startAfter } from "@/lib/http/list-query";

export interface RoleRow {
  id: string;
  name: string;
  /** Null for a role of the organization's own. */
  builtIn: BuiltInRole | null;
  permissions: string[];
  createdAt: Date;
}

/** A page of the roles of the actor's organization. Throws `InvalidCursor` for a cursor that this list did not make. */
export async function listRoles(actor: Actor, query: ListQuery, ctx: Context): Promise<ListPage<RoleRow>> {
  const after = startAfter("roles", query);
  const found = await ctx.db
    .select({
      id: roles.id,
      name: roles.name,
      builtIn: roles.builtIn,
      permissions: roles.permissions,
      createdAt: roles.createdAt,
    })
    .from(roles)
    .where(and(eq(roles.organizationId, actor.organizationId), after ? gt(roles.id, after) : undefined))
    .orderBy(asc(roles.id))
    .limit(query.limit + 1);
  return pageOf("roles", found, query);
}
