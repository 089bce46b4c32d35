import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { invitations } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { type Invited, newLink } from "./invite-member";
import { loadGroups } from "./load-member";
import { decideGivenGroups, decideOnMember, decidePortal } from "./member-policy";
import { readOpenInvitations } from "./open-invitations";

/**
 * Makes a new link for an open invitation, for another seven days, as if the actor had sent it: only who could. The old link
 * stops working.
 */
export async function renewInvitation(actor: Actor, { id }: { id: string }, ctx: Context): Promise<Outcome<Invited>> {
  return changeOpen(actor, id, ctx, async (tx, { email, portal, groupIds, permissions }) => {
    // Groups that are gone since then are left out of it, as its acceptance does.
    const found = await loadGroups(tx, actor.organizationId, groupIds);
    if (decideGivenGroups(actor, { asked: found, found }, "group_ids")) return refused("group_not_found");
    const refusal = decidePortal(portal, { permissions }, "portal");
    if (refusal) return refused(refusal.code);
    const { code, codeHash, expiresAt } = newLink(ctx.now);
    await tx.update(invitations).set({ codeHash, expiresAt, invitedBy: actor.memberId }).where(isInvitation(actor, id));
    const subject = { kind: "invitation", id } as const;
    const details = { email, renewed: true };
    const { organizationId } = actor;
    await recordAudit(tx, actor, { organizationId, action: "member.invited", subject, details }, ctx);
    return done({ id, email, code, expiresAt });
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
    return done({ id });
  });
}

const isInvitation = (actor: Actor, id: string) =>
  and(eq(invitations.organizationId, actor.organizationId), eq(invitations.id, id));

type OpenInvitation = Awaited<ReturnType<typeof readOpenInvitations>>[number];

/** Changes an open invitation under its lock, which an acceptance waits for and is waited for by. */
async function changeOpen<T>(
  actor: Actor,
  id: string,
  ctx: Context,
  change: (tx: Tx, invitation: OpenInvitation) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const refusal = decidePermission(actor, "members:write");
  if (refusal) return { ok: false, refusal };
  return ctx.db.transaction(async (tx) => {
    await tx.select({ id: invitations.id }).from(invitations).where(isInvitation(actor, id)).for("update");
    const [invitation] = await readOpenInvitations(tx, actor, eq(invitations.id, id));
    if (!invitation) return refused("not_found");
    const refusal = decideOnMember(actor, invitation.permissions);
    if (refusal) return { ok: false, refusal };
    return change(tx, invitation);
  });
}
