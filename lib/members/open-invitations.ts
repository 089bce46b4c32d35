import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { invitations, members, roles, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import type { Context } from "@/lib/context";

/** How many invitations of an organization may be open at once; the list shows them all. */
export const MOST_OPEN_INVITATIONS = 200;

/** An invitation that nobody has accepted or withdrawn; it may be too old. */
export interface InvitationRow {
  id: string;
  email: string;
  role: { id: string; name: string };
  portal: "console" | "hub";
  groupIds: string[];
  invitedBy: { id: string; name: string };
  createdAt: Date;
  expiresAt: Date;
}

/** The open invitations that the actor sees, newest first; none without `members:write`. */
export async function listInvitations(actor: Actor, ctx: Context): Promise<InvitationRow[]> {
  if (decidePermission(actor, "members:write")) return [];
  const rows = await readOpenInvitations(ctx.db, actor);
  const seen = (id: string) => !actor.bounded || actor.groups.some((group) => group.id === id);
  return rows.map(({ permissions, ...row }) => ({ ...row, groupIds: row.groupIds.filter(seen) }));
}

/** The condition on invitations that those of an organization are open: neither accepted nor withdrawn. */
export const isOpenInvitation = ({ organizationId }: Pick<Actor, "organizationId">) =>
  and(eq(invitations.organizationId, organizationId), isNull(invitations.acceptedAt), isNull(invitations.withdrawnAt));

/** Where groups bound the actor: its own invitations, and those into a group of its. */
export function visibleInvitation({ bounded, memberId, groups }: Actor): SQL {
  if (!bounded) return sql`true`;
  const own = groups.map(({ id }) => id);
  const shared =
    own.length > 0
      ? sql`or ${invitations.groupIds} && array[${sql.join(
          own.map((id) => sql`${id}::uuid`),
          sql`, `,
        )}]`
      : sql``;
  return sql`(${invitations.invitedBy} = ${memberId} ${shared})`;
}

/** Open invitations that the actor sees, as they are stored, with what their role allows; newest first. */
export function readOpenInvitations(
  db: Db | Tx,
  actor: Actor,
  where?: SQL,
): Promise<(InvitationRow & { permissions: string[] })[]> {
  return db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: { id: roles.id, name: roles.name },
      permissions: roles.permissions,
      portal: invitations.portal,
      groupIds: invitations.groupIds,
      invitedBy: { id: members.id, name: users.name },
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .innerJoin(roles, and(eq(roles.organizationId, invitations.organizationId), eq(roles.id, invitations.roleId)))
    .innerJoin(
      members,
      and(eq(members.organizationId, invitations.organizationId), eq(members.id, invitations.invitedBy)),
    )
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(isOpenInvitation(actor), visibleInvitation(actor), where))
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(MOST_OPEN_INVITATIONS);
}
