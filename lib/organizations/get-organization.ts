import { eq } from "drizzle-orm";
import { organizations } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";

export type OrganizationRow = Awaited<ReturnType<typeof getOrganization>>;

/** The actor's own organization. */
export async function getOrganization(actor: Actor, ctx: Context) {
  const [organization] = await ctx.db
    .select({
      id: organizations.id,
      name: organizations.name,
      slug: organizations.slug,
      plan: organizations.plan,
      tokensEnabled: organizations.tokensEnabled,
      teamsEnabled: organizations.teamsEnabled,
      groupNoun: organizations.groupNoun,
      createdAt: organizations.createdAt,
    })
    .from(organizations)
    .where(eq(organizations.id, actor.organizationId));
  if (!organization) throw new Error(`organization ${actor.organizationId} is gone while its token acts`);
  return organization;
}
