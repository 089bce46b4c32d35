import { asc, eq } from "drizzle-orm";
import { organizationPermissions } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";

/** A permission of an organization's own, beside the built-in catalogue. */
export interface OwnPermission {
  name: string;
  /** What it allows, in the organization's words. */
  description: string;
  createdAt: Date;
}

/** The permissions that the actor's organization has of its own, by name. */
export async function listPermissions(actor: Pick<Actor, "organizationId">, { db }: Pick<Context, "db">) {
  return db
    .select({
      name: organizationPermissions.name,
      description: organizationPermissions.description,
      createdAt: organizationPermissions.createdAt,
    })
    .from(organizationPermissions)
    .where(eq(organizationPermissions.organizationId, actor.organizationId))
    .orderBy(asc(organizationPermissions.name));
}
