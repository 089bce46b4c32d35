import { and, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Tx } from "@/db/client";
import { invitations, members, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { hashInvitationCode, INVITATION_LIFE, newInvitationCode } from "./invitation-code";
import { loadGroups, loadRole } from "./load-member";
import { lockAccess } from "./lock-access";
import type { InviteMemberInput } from "./member-input";
import { decideInvitation, decidePortal } from "./member-policy";
import { isOpenInvitation, MOST_OPEN_INVITATIONS, readOpenInvitations } from "./open-invitations";

/** The one answer that carries the secret of an invitation; the database keeps its hash. */
export interface Invited {
  id: string;
  email: string;
  code: string;
  expiresAt: Date;
}

/**
 * Invites somebody to become a member. An open invitation for the same address ends: the newest link is the one. Refused
 * where that invitation is not the actor's to take back.
 */
export async function inviteMember(actor: Actor, input: InviteMemberInput, ctx: Context): Promise<Outcome<Invited>> {
  const refusal = decidePermission(actor, "members:write");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  return ctx.db.transaction(async (tx) => {
    await lockAccess(tx, organizationId);
    const role = await loadRole(tx, organizationId, input.role_id);
    const found = await loadGroups(tx, organizationId, input.group_ids);
    const refusal =
      decideInvitation(actor, role, { asked: input.group_ids, found }) ?? decidePortal(input.portal, role, "portal");
    if (refusal) return { ok: false, refusal };
    if (await isMember(tx, organizationId, input.email)) return refused("already_member", "email");
    const replaced = await withdrawOpen(tx, actor, input.email, ctx);
    if (!replaced.ok) return replaced;
    if ((await tx.$count(invitations, isOpenInvitation(actor))) >= MOST_OPEN_INVITATIONS) {
      return refused("too_many_invitations");
    }
    const id = uuidv7({ msecs: ctx.now.getTime() });
    const made = newLink(ctx.now);
    await tx.insert(invitations).values({
      organizationId,
      id,
      email: input.email,
      roleId: input.role_id,
      portal: input.portal,
      groupIds: input.group_ids,
      codeHash: made.codeHash,
      invitedBy: actor.memberId,
      createdAt: ctx.now,
      expiresAt: made.expiresAt,
    });
    const details = { email: input.email, role_id: input.role_id, portal: input.portal, group_ids: input.group_ids };
    const subject = { kind: "invitation", id } as const;
    await recordAudit(tx, actor, { organizationId, action: "member.invited", subject, details }, ctx);
    return done({ id, email: input.email, code: made.code, expiresAt: made.expiresAt });
  });
}

/** Withdraws the open invitation for an address, where there is one; one that is too old is anybody's to replace. */
async function withdrawOpen(tx: Tx, actor: Actor, email: string, ctx: Context): Promise<Outcome<null>> {
  const { organizationId } = actor;
  const [open] = await tx
    .select({ id: invitations.id, email: invitations.email, expiresAt: invitations.expiresAt })
    .from(invitations)
    .where(and(isOpenInvitation(actor), sql`lower(${invitations.email}) = lower(${email})`))
    .for("update");
  if (!open) return done(null);
  if (open.expiresAt > ctx.now && !(await mayReplace(tx, actor, open.id))) return refused("already_invited", "email");
  await tx
    .update(invitations)
    .set({ withdrawnAt: ctx.now })
    .where(and(eq(invitations.organizationId, organizationId), eq(invitations.id, open.id)));
  const subject = { kind: "invitation", id: open.id } as const;
  const details = { email: open.email, replaced: true };
  await recordAudit(tx, actor, { organizationId, action: "invitation.withdrawn", subject, details }, ctx);
  return done(null);
}

/** Whether the actor sees an open invitation, and could give all that it gives. */
async function mayReplace(tx: Tx, actor: Actor, id: string): Promise<boolean> {
  const [seen] = await readOpenInvitations(tx, actor, eq(invitations.id, id));
  if (!seen) return false;
  const found = await loadGroups(tx, actor.organizationId, seen.groupIds);
  return decideInvitation(actor, seen, { asked: found, found }) === null;
}

/** A fresh secret and what the table holds of it. */
export function newLink(now: Date): { code: string; codeHash: Buffer; expiresAt: Date } {
  const code = newInvitationCode();
  const codeHash = hashInvitationCode(code);
  if (!codeHash) throw new Error("a new invitation code has no hash");
  return { code, codeHash, expiresAt: new Date(now.getTime() + INVITATION_LIFE) };
}

async function isMember(tx: Tx, organizationId: string, email: string): Promise<boolean> {
  const found = await tx
    .select({ id: members.id })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.organizationId, organizationId), sql`lower(${users.email}) = lower(${email})`));
  return found.length > 0;
}
