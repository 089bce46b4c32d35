import { and, asc, eq } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { members, organizations, roles } from "@/db/schema";
import type { Permission } from "@/lib/access/permission";

/** A member who signs in to the API: where, and what the member may do there now. */
export interface LoginMember {
  memberId: string;
  organization: { id: string; slug: string; name: string; tokensEnabled: boolean };
  permissions: readonly Permission[];
}

const columns = {
  memberId: members.id,
  organization: {
    id: organizations.id,
    slug: organizations.slug,
    name: organizations.name,
    tokensEnabled: organizations.tokensEnabled,
  },
  permissions: roles.permissions,
};

const from = (db: Db) =>
  db
    .select(columns)
    .from(members)
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .innerJoin(roles, and(eq(roles.organizationId, members.organizationId), eq(roles.id, members.roleId)))
    .$dynamic();

/** The active memberships of a person, by the organization's slug. */
export const readLoginMembers = (db: Db, userId: string): Promise<LoginMember[]> =>
  from(db)
    .where(and(eq(members.userId, userId), eq(members.status, "active")))
    .orderBy(asc(organizations.slug));

/** One that is active at this moment, held until the transaction ends where `lock` says so; null where it is not any more. */
export async function readLoginMember(
  tx: Tx,
  { organizationId, memberId }: { organizationId: string; memberId: string },
  { lock = false } = {},
): Promise<LoginMember | null> {
  const query = from(tx).where(
    and(eq(members.organizationId, organizationId), eq(members.id, memberId), eq(members.status, "active")),
  );
  const [row] = await (lock ? query.for("no key update", { of: members }) : query);
  return row ?? null;
}
