import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { invitations, members, roles, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { type Invited, newLink } from "./invite-member";
import { decideOnMember } from "./member-policy";

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
  return decidePermission(actor, "members:write") ? [] : readOpen(ctx.db, actor);
}

/** Makes a new link for an open invitation, for another seven days. The old link stops working. */
export async function renewInvitation(actor: Actor, { id }: { id: string }, ctx: Context): Promise<Outcome<Invited>> {
  return changeOpen(actor, id, ctx, async (tx, { email }) => {
    const { code, codeHash, expiresAt } = newLink(ctx.now);
    await tx.update(invitations).set({ codeHash, expiresAt, invitedBy: actor.memberId }).where(isInvitation(actor, id));
    const subject = { kind: "invitation", id } as const;
    const details = { email, renewed: true };
    const { organizationId } = actor;
    await recordAudit(tx, actor, { organizationId, action: "member.invited", subject, details }, ctx);
    return { id, email, code, expiresAt };
  });
}

/** Takes an open invitation back: its link stops working. */
export async function withdrawInvitation(
  actor: Actor,
  { id }: { id: string },
  ctx: Context,
): Promise<Outcome<{ id: string }>> {
  return changeOpen(actor, id, ctx, async (tx, { email }) => {
    await tx.update(invitations).set({ withdrawnAt: ctx.now }).where(isInvitation(actor, id));
    const subject = { kind: "invitation", id } as const;
    const { organizationId } = actor;
    await recordAudit(tx, actor, { organizationId, action: "invitation.withdrawn", subject, details: { email } }, ctx);
    return { id };
  });
}

const isInvitation = (actor: Actor, id: string) =>
  and(eq(invitations.organizationId, actor.organizationId), eq(invitations.id, id));

/** Changes an open invitation under its lock, which an acceptance waits for and is waited for by. */
async function changeOpen<T>(
  actor: Actor,
  id: string,
  ctx: Context,
  change: (tx: Tx, invitation: InvitationRow) => Promise<T>,
): Promise<Outcome<T>> {
  const refusal = decidePermission(actor, "members:write");
  if (refusal) return { ok: false, refusal };
  return ctx.db.transaction(async (tx) => {
    await tx.select({ id: invitations.id }).from(invitations).where(isInvitation(actor, id)).for("update");
    const [invitation] = await readOpen(tx, actor, eq(invitations.id, id));
    if (!invitation) return refused("not_found");
    const refusal = decideOnMember(actor, invitation.permissions);
    if (refusal) return { ok: false, refusal };
    return done(await change(tx, invitation));
  });
}

/** Where groups bound the actor: its own invitations, and those into a group of its. */
function visibleInvitation({ bounded, memberId, groups }: Actor): SQL {
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

function readOpen(db: Db | Tx, actor: Actor, where?: SQL): Promise<(InvitationRow & { permissions: string[] })[]> {
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
    .where(
      and(
        eq(invitations.organizationId, actor.organizationId),
        isNull(invitations.acceptedAt),
        isNull(invitations.withdrawnAt),
        visibleInvitation(actor),
        where,
      ),
    )
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(200);
}
