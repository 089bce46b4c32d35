import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { invitations, members, organizations, roles, users } from "@/db/schema";
import { type Actor, isBounded } from "@/lib/access/actor";
import type { Permission } from "@/lib/access/permission";
import { hashInvitationCode } from "@/lib/members/invitation-code";
import { decideInvitation } from "@/lib/members/member-policy";

/** An invitation as whoever holds its link sees it. */
export interface InvitationView {
  organization: string;
  role: string;
  portal: "console" | "hub";
  invitedBy: string;
  email: string;
  expiresAt: Date;
  /** Whether somebody with this email has an account already, who then signs in instead of choosing a password. */
  hasAccount: boolean;
}

/** An open invitation with what accepting it needs. */
export type OfferedInvitation = InvitationView & {
  organizationId: string;
  id: string;
  roleId: string;
  groupIds: string[];
};

/** Those who come second wait here, and find the invitation used. */
export async function lockOpen(tx: Tx, code: string, now: Date): Promise<OfferedInvitation | null> {
  const codeHash = hashInvitationCode(code);
  if (!codeHash) return null;
  await tx.select({ id: invitations.id }).from(invitations).where(eq(invitations.codeHash, codeHash)).for("update");
  return findOpen(tx, code, now);
}

/**
 * The invitation that a code opens now. One counts for as long as whoever sent it could still send it: a member who was
 * deactivated or lowered since then, or has no more say in a group of it, gives nothing any more.
 */
export async function findOpen(db: Db | Tx, code: string, now: Date): Promise<OfferedInvitation | null> {
  const codeHash = hashInvitationCode(code);
  if (!codeHash) return null;
  const [found] = await db
    .select({
      organizationId: invitations.organizationId,
      id: invitations.id,
      organization: organizations.name,
      roleId: roles.id,
      role: roles.name,
      permissions: roles.permissions,
      portal: invitations.portal,
      groupIds: groupsLeft,
      invitedBy: users.name,
      inviter: { permissions: inviterPermissions, groups: inviterGroups, groupsEnabled: organizations.teamsEnabled },
      email: invitations.email,
      expiresAt: invitations.expiresAt,
      hasAccount: sql<boolean>`exists (select 1 from users somebody where lower(somebody.email) = lower(${invitations.email}))`,
    })
    .from(invitations)
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .innerJoin(roles, and(eq(roles.organizationId, invitations.organizationId), eq(roles.id, invitations.roleId)))
    .innerJoin(
      members,
      and(eq(members.organizationId, invitations.organizationId), eq(members.id, invitations.invitedBy)),
    )
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(invitations.codeHash, codeHash),
        isNull(invitations.acceptedAt),
        isNull(invitations.withdrawnAt),
        gt(invitations.expiresAt, now),
        eq(members.status, "active"),
      ),
    );
  if (!found) return null;
  const { permissions, inviter: sender, ...invitation } = found;
  const inviter = {
    permissions: new Set(sender.permissions),
    groups: sender.groups,
    bounded: isBounded(sender.groupsEnabled, sender.permissions),
  };
  const given = { asked: invitation.groupIds, found: invitation.groupIds };
  return decideInvitation(inviter, { permissions }, given) ? null : invitation;
}

/** The groups of the invitation that are still there. */
const groupsLeft = sql<string[]>`array(select g.id from groups g
  where g.organization_id = ${invitations.organizationId} and g.id = any(${invitations.groupIds}))`;

const inviterPermissions = sql<Permission[]>`(select inviter.permissions from roles inviter
  where inviter.organization_id = ${members.organizationId} and inviter.id = ${members.roleId})`;

const inviterGroups = sql<Actor["groups"][number][]>`(
  select coalesce(json_agg(json_build_object('id', g.id, 'name', g.name, 'isAdministrator', gm.is_administrator)), '[]')
  from group_members gm
  join groups g on g.organization_id = gm.organization_id and g.id = gm.group_id
  where gm.organization_id = ${members.organizationId} and gm.member_id = ${members.id})`;
