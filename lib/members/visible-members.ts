import { type SQL, sql } from "drizzle-orm";
import { members, users } from "@/db/schema";
import { type Actor, isAdministrator } from "@/lib/access/actor";

/**
 * Which members an actor sees, as a condition on a column that holds a member's id: everybody, or, where groups bound the
 * actor, itself and those who share a group with it. The tenant is the caller's to say.
 */
export function visibleMember(
  actor: Pick<Actor, "organizationId" | "memberId" | "groups" | "bounded">,
  memberId: SQL,
): SQL {
  if (!actor.bounded) return sql`true`;
  if (actor.groups.length === 0) return sql`${memberId} = ${actor.memberId}`;
  return sql`(${memberId} = ${actor.memberId} or exists (
    select 1 from group_members shared where shared.organization_id = ${actor.organizationId}
      and shared.member_id = ${memberId} and shared.group_id in ${actor.groups.map(({ id }) => id)}))`;
}

/** Which groups an actor sees, as a condition on a column that holds a group's id: all, or its own where they bound it. */
export function visibleGroup(actor: Pick<Actor, "groups" | "bounded">, groupId: SQL): SQL {
  if (!actor.bounded) return sql`true`;
  return actor.groups.length > 0 ? sql`${groupId} in ${actor.groups.map(({ id }) => id)}` : sql`false`;
}

/**
 * Whether a member sees nothing that the actor does not: everybody's case but where groups bound the actor, and the member is
 * in one more or is bounded by none. A token sees what its issuer does, however little it may do. `memberId` is a column that
 * holds the member's id.
 */
export function withinSight(actor: Pick<Actor, "organizationId" | "groups" | "bounded">, memberId: SQL): SQL<boolean> {
  if (!actor.bounded) return sql`true`;
  const known = actor.groups.length > 0 ? sql`and further.group_id not in ${actor.groups.map(({ id }) => id)}` : sql``;
  return sql`(not exists (select 1 from group_members further
    where further.organization_id = ${actor.organizationId} and further.member_id = ${memberId} ${known})
    and not exists (select 1 from members unbounded
      join roles held on held.organization_id = unbounded.organization_id and held.id = unbounded.role_id
      where unbounded.organization_id = ${actor.organizationId} and unbounded.id = ${memberId}
        and 'organization:manage' = any(held.permissions)))`;
}

/**
 * The ids of the service accounts that an actor answers for, as a subquery: its own, those of groups that it administers,
 * and those that nobody else answers for where it is an administrator.
 */
export function accountsOf(actor: Pick<Actor, "organizationId" | "memberId" | "groups" | "permissions">): SQL {
  const administered = actor.groups.filter(({ isAdministrator }) => isAdministrator).map(({ id }) => id);
  const ofGroup = administered.length > 0 ? sql`or account.owner_group_id in ${administered}` : sql``;
  const ofNobody = isAdministrator(actor)
    ? sql`or (account.owner_member_id is null and account.owner_group_id is null)`
    : sql``;
  return sql`(select account.id from ${members} account join ${users} program on program.id = account.user_id
    where account.organization_id = ${actor.organizationId} and program.kind = 'service'
      and (account.owner_member_id = ${actor.memberId} ${ofGroup} ${ofNobody}))`;
}
