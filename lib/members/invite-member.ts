import { and, eq, isNull, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Tx } from "@/db/client";
import { invitations, members, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { hashInvitationCode, INVITATION_LIFE, newInvitationCode } from "./invitation-code";
import { lockAdministrators } from "./last-administrator";
import { loadGroups, loadRole } from "./load-member";
import type { InviteMemberInput } from "./member-input";
import { decideInvitation } from "./member-policy";

/** The one answer that carries the secret of an invitation; the database keeps its hash. */
export interface Invited {
  id: string;
  email: string;
  code: string;
  expiresAt: Date;
}

/** Invites somebody to become a member. An open invitation for the same address ends: the newest link is the one. */
export async function inviteMember(actor: Actor, input: InviteMemberInput, ctx: Context): Promise<Outcome<Invited>> {
  const refusal = decidePermission(actor, "members:write");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  return ctx.db.transaction(async (tx) => {
    await lockAdministrators(tx, organizationId);
    const role = await loadRole(tx, organizationId, input.role_id);
    const found = await loadGroups(tx, organizationId, input.group_ids);
    const refusal = decideInvitation(actor, role, { asked: input.group_ids, found });
    if (refusal) return { ok: false, refusal };
    if (await isMember(tx, organizationId, input.email)) return refused("already_member", "email");
    await tx
      .update(invitations)
      .set({ withdrawnAt: ctx.now })
      .where(
        and(
          eq(invitations.organizationId, organizationId),
          sql`lower(${invitations.email}) = lower(${input.email})`,
          isNull(invitations.acceptedAt),
          isNull(invitations.withdrawnAt),
        ),
      );
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
