import { and, eq, gt, sql } from "drizzle-orm";
import { groupMembers, groups, members, roles, users } from "@/db/schema";
import type { Actor, MemberActor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { decideOnGroupMember, mayManageGroup } from "@/lib/members/member-policy";
import { visibleMember } from "@/lib/members/visible-members";
import { done, type Outcome, refused } from "@/lib/refusal";
import { mayReadGroups, readableGroup } from "./group-access";

export interface GroupRow {
  id: string;
  name: string;
  members: number;
  /** Null where who is in it is not the reader's to know. */
  administrators: { id: string; name: string }[] | null;
  /** Service accounts that its administrators answer for: while there are some, it cannot be deleted. */
  accounts: number;
  /** Whether the reader is in it. */
  isYours: boolean;
  /** Whether the reader may say who is in it. */
  mayManage: boolean;
  createdAt: Date;
}

export interface GroupsView {
  rows: GroupRow[];
  /** Whether the reader may add, rename and delete groups. */
  mayWrite: boolean;
}

/** The groups that open to a reader, by name. */
export async function viewGroups(actor: MemberActor, ctx: Context): Promise<Outcome<GroupsView>> {
  if (!mayReadGroups(actor)) return refused("not_permitted");
  return done({ rows: await readGroups(actor, ctx), mayWrite: actor.permissions.has("groups:write") });
}

interface Selected extends Record<string, unknown> {
  id: string;
  name: string;
  members: number;
  administrators: { id: string; name: string }[];
  accounts: number;
  created_at: string;
}

/** The groups that open to an actor: all of them by name, one of them, or a page of them in the order of their ids. */
export async function readGroups(
  actor: Actor,
  ctx: Context,
  { id, page }: { id?: string; page?: { after: string | null; limit: number } } = {},
): Promise<GroupRow[]> {
  const own = new Set(actor.groups.map((group) => group.id));
  const rows = await ctx.db.execute<Selected>(sql`
    select ${groups.id}, ${groups.name}, ${groups.createdAt},
      (select count(*)::int from ${groupMembers}
        where ${groupMembers.organizationId} = ${groups.organizationId} and ${groupMembers.groupId} = ${groups.id}) as members,
      (select coalesce(json_agg(json_build_object('id', ${members.id}, 'name', ${users.name}) order by ${users.name}), '[]')
        from ${groupMembers}
        join ${members} on ${members.organizationId} = ${groupMembers.organizationId} and ${members.id} = ${groupMembers.memberId}
        join ${users} on ${users.id} = ${members.userId}
        where ${groupMembers.organizationId} = ${groups.organizationId} and ${groupMembers.groupId} = ${groups.id}
          and ${groupMembers.isAdministrator}) as administrators,
      (select count(*)::int from ${members}
        where ${members.organizationId} = ${groups.organizationId} and ${members.ownerGroupId} = ${groups.id}) as accounts
    from ${groups}
    where ${and(readableGroup(actor), id ? eq(groups.id, id) : undefined, page?.after ? gt(groups.id, page.after) : undefined)}
    order by ${page ? sql`` : sql`lower(${groups.name}),`} ${groups.id} ${page ? sql`limit ${page.limit}` : sql``}`);
  const seesMembers = actor.permissions.has("members:read");
  return rows.map(({ created_at, ...row }) => {
    const manages = mayManageGroup(actor, row.id);
    const administrators = seesMembers || manages ? row.administrators : null;
    return { ...row, administrators, isYours: own.has(row.id), mayManage: manages, createdAt: new Date(created_at) };
  });
}

export interface GroupMemberRow {
  id: string;
  name: string;
  /** Null for a service account. */
  email: string | null;
  kind: "person" | "service";
  status: "active" | "deactivated";
  isAdministrator: boolean;
  /** Whether the reader may take it out or appoint it, as `decideOnGroupMember` says. */
  mayChange: boolean;
}

export interface GroupView {
  group: GroupRow;
  members: GroupMemberRow[];
  mayWrite: boolean;
  /** Whom the reader may choose to add; null where it adds by email alone. */
  candidates: { id: string; name: string; email: string | null }[] | null;
}

const roleOfMember = and(eq(roles.organizationId, members.organizationId), eq(roles.id, members.roleId));

/** Whom one can choose from without typing; beyond that, by email. */
const MOST_CANDIDATES = 500;

/** One group with who is in it. A group that does not open to the reader is not found. */
export async function viewGroup(actor: MemberActor, id: string, ctx: Context): Promise<Outcome<GroupView>> {
  if (!mayReadGroups(actor)) return refused("not_found");
  const [group] = await readGroups(actor, ctx, { id });
  if (!group) return refused("not_found");
  const mayWrite = actor.permissions.has("groups:write");
  // Who is in one's own group is no secret to its administrators.
  const seesMembers = group.mayManage || actor.permissions.has("members:read");
  const [inside, candidates] = await Promise.all([
    seesMembers ? readGroupMembers(actor, id, ctx) : [],
    mayWrite && actor.permissions.has("members:read") ? readCandidates(actor, id, ctx) : null,
  ]);
  return done({ group, members: inside, mayWrite, candidates });
}

async function readGroupMembers(actor: Actor, id: string, { db }: Context): Promise<GroupMemberRow[]> {
  const rows = await db
    .select({
      id: members.id,
      name: users.name,
      email: users.email,
      kind: users.kind,
      status: members.status,
      isAdministrator: groupMembers.isAdministrator,
      permissions: roles.permissions,
    })
    .from(groupMembers)
    .innerJoin(
      members,
      and(eq(members.organizationId, groupMembers.organizationId), eq(members.id, groupMembers.memberId)),
    )
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(roles, roleOfMember)
    .where(and(eq(groupMembers.organizationId, actor.organizationId), eq(groupMembers.groupId, id)))
    .orderBy(sql`${groupMembers.isAdministrator} desc, lower(${users.name}), ${members.id}`);
  return rows.map(({ permissions, ...row }) => ({
    ...row,
    mayChange: decideOnGroupMember(actor, id, permissions) === null,
  }));
}

async function readCandidates(actor: Actor, id: string, { db }: Context) {
  const rows = await db
    .select({ id: members.id, name: users.name, email: users.email, permissions: roles.permissions })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(roles, roleOfMember)
    .where(
      and(
        eq(members.organizationId, actor.organizationId),
        eq(members.status, "active"),
        visibleMember(actor, sql`${members.id}`),
        sql`not exists (select 1 from group_members already where already.organization_id = ${actor.organizationId}
          and already.group_id = ${id} and already.member_id = ${members.id})`,
      ),
    )
    .orderBy(sql`lower(${users.name}), ${members.id}`)
    .limit(MOST_CANDIDATES);
  return rows
    .filter(({ permissions }) => decideOnGroupMember(actor, id, permissions) === null)
    .map(({ permissions, ...row }) => row);
}
