import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { groupMembers, groups, members, roles, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { visibleGroup, visibleMember } from "./visible-members";

/** A member as every reader sees it. */
export interface MemberRow {
  id: string;
  kind: "person" | "service";
  name: string;
  /** Null for a service account. */
  email: string | null;
  role: { id: string; name: string };
  groups: { id: string; name: string; isAdministrator: boolean }[];
  portal: "console" | "hub";
  status: "active" | "deactivated";
  /** Who answers for a service account, as far as the actor sees them; null for a person, and where nobody does. */
  owner: { kind: "member" | "group"; id: string; name: string } | null;
  createdAt: Date;
  deactivatedAt: Date | null;
}

/** The members that the actor sees, each with those of its groups that the actor sees, in the order of ids, or of names: one statement. */
export async function readMembers(
  db: Db,
  actor: Pick<Actor, "organizationId" | "memberId" | "groups" | "bounded">,
  {
    where,
    after,
    limit,
    byName,
    outOfSight = false,
  }: {
    where?: SQL;
    after?: string | null;
    limit: number;
    byName?: { offset: number };
    /** Also members whom the actor sees no more, each with what of it the actor still sees. */
    outOfSight?: boolean;
  },
): Promise<MemberRow[]> {
  return db
    .select({
      id: members.id,
      kind: users.kind,
      name: users.name,
      email: users.email,
      role: { id: roles.id, name: roles.name },
      groups: sql<MemberRow["groups"]>`coalesce((
        select json_agg(json_build_object('id', ${groups.id}, 'name', ${groups.name},
          'isAdministrator', ${groupMembers.isAdministrator}) order by ${groups.name})
        from ${groupMembers} join ${groups}
          on ${groups.organizationId} = ${groupMembers.organizationId} and ${groups.id} = ${groupMembers.groupId}
        where ${groupMembers.organizationId} = ${members.organizationId} and ${groupMembers.memberId} = ${members.id}
          and ${visibleGroup(actor, sql`${groups.id}`)}
      ), '[]'::json)`,
      portal: members.portal,
      status: members.status,
      owner: sql<MemberRow["owner"]>`case
        when ${members.ownerMemberId} is not null and ${visibleMember(actor, sql`${members.ownerMemberId}`)} then (
          select json_build_object('kind', 'member', 'id', owner.id, 'name', person.name)
          from ${members} owner join ${users} person on person.id = owner.user_id
          where owner.organization_id = ${members.organizationId} and owner.id = ${members.ownerMemberId})
        when ${members.ownerGroupId} is not null and ${visibleGroup(actor, sql`${members.ownerGroupId}`)} then (
          select json_build_object('kind', 'group', 'id', owner.id, 'name', owner.name)
          from ${groups} owner
          where owner.organization_id = ${members.organizationId} and owner.id = ${members.ownerGroupId})
        end`,
      createdAt: members.createdAt,
      deactivatedAt: members.deactivatedAt,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(roles, and(eq(roles.organizationId, members.organizationId), eq(roles.id, members.roleId)))
    .where(
      and(
        eq(members.organizationId, actor.organizationId),
        outOfSight ? undefined : visibleMember(actor, sql`${members.id}`),
        after ? gt(members.id, after) : undefined,
        where,
      ),
    )
    .orderBy(...(byName ? [sql`lower(${users.name})`] : []), asc(members.id))
    .limit(limit)
    .offset(byName?.offset ?? 0);
}
