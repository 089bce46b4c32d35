import { type SQL, sql } from "drizzle-orm";
import { groupMembers, members, roles, users } from "@/db/schema";

/**
 * Who is told of tokens, as a subquery of `issuer_id` and `member_id`: the issuer, or, for a service account, whoever
 * answers for it; and the administrators who see the token, where `administrators` says so. `issuers` gives the ids of
 * the issuers. Only active people are in it.
 */
export function toldMembers(organizationId: string, issuers: SQL, administrators: SQL<boolean>): SQL {
  return sql`(
    with administrator as (
      select member.id, member.sees_all from (
        select ${members.id}, policy.visibility = 'administrators'
            or (policy.visibility = 'permitted' and 'tokens:oversee' = any(${roles.permissions})) as sees_all
        from ${members}
        join ${roles} on ${roles.organizationId} = ${members.organizationId} and ${roles.id} = ${members.roleId}
        join token_policies policy on policy.organization_id = ${members.organizationId}
        where ${members.organizationId} = ${organizationId} and 'organization:manage' = any(${roles.permissions})
      ) member
    ), issuer as (
      select ${members.id}, ${users.kind}, ${members.ownerMemberId}, ${members.ownerGroupId}
      from ${members} join ${users} on ${users.id} = ${members.userId}
      where ${members.organizationId} = ${organizationId} and ${members.id} in (${issuers})
    ), told as (
      select id as issuer_id, id as member_id from issuer where kind = 'person'
      union select id, owner_member_id from issuer where kind = 'service' and owner_member_id is not null
      union select issuer.id, ${groupMembers.memberId} from issuer
        join ${groupMembers} on ${groupMembers.organizationId} = ${organizationId}
          and ${groupMembers.groupId} = issuer.owner_group_id and ${groupMembers.isAdministrator}
        where kind = 'service'
      union select issuer.id, administrator.id from issuer cross join administrator
        where kind = 'service' and owner_member_id is null and owner_group_id is null
      union select issuer.id, administrator.id from issuer cross join administrator
        where ${administrators} and administrator.sees_all
    )
    select told.issuer_id, told.member_id from told
    join ${members} on ${members.organizationId} = ${organizationId} and ${members.id} = told.member_id
    join ${users} on ${users.id} = ${members.userId}
    where ${members.status} = 'active' and ${users.kind} = 'person'
  )`;
}
