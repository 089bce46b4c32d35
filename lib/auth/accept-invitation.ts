import { and, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import { DatabaseError } from "@/db/database-error";
import { groupMembers, groups, invitations, members, passwords, users } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import type { acceptAsNewInput, invitationInput } from "./invitation-input";
import { findOpen, type InvitationView, lockOpen, type OfferedInvitation } from "./open-invitation";
import { hashPassword, PasswordsBusy } from "./password";
import type { Session } from "./read-session";
import { invitationAttempt, invitationHeld } from "./sign-in-limits";

export interface Joined {
  organizationId: string;
  memberId: string;
  email: string;
}

/** What an invitation says. Codes that open nothing are counted by address. */
export function readInvitation(
  { code }: z.output<typeof invitationInput>,
  ctx: Context,
): Promise<Outcome<InvitationView>> {
  return counted(ctx, async () => {
    const found = await findOpen(ctx.db, code, ctx.now);
    if (!found) return refused("invitation_invalid");
    const { organization, role, portal, invitedBy, email, expiresAt, hasAccount } = found;
    return done({ organization, role, portal, invitedBy, email, expiresAt, hasAccount });
  });
}

/** Makes an account for the address of an invitation, with this password, and the membership; once, however often asked. */
export async function acceptAsNew(input: z.output<typeof acceptAsNewInput>, ctx: Context): Promise<Outcome<Joined>> {
  return counted(ctx, async () => {
    // Before a password costs anything, and again under the lock.
    const open = await findOpen(ctx.db, input.code, ctx.now);
    if (!open) return refused("invitation_invalid");
    if (open.hasAccount) return refused("sign_in_to_accept");
    // The rule of passwords was asked about the address that the page sends.
    if (input.email !== open.email) return refused("invitation_invalid");
    const hash = await hashPassword(input.password);
    try {
      return await ctx.db.transaction(async (tx): Promise<Outcome<Joined>> => {
        const invitation = await lockOpen(tx, input.code, ctx.now);
        if (!invitation) return refused("invitation_invalid");
        const userId = uuidv7({ msecs: ctx.now.getTime() });
        await tx.insert(users).values({ id: userId, name: input.name, email: invitation.email, createdAt: ctx.now });
        await tx.insert(passwords).values({ userId, hash, updatedAt: ctx.now });
        return join(tx, invitation, { userId, name: input.name }, ctx);
      });
    } catch (error) {
      // Two organizations invited the same address, and the other link was faster.
      if (error instanceof DatabaseError && error.constraint_name === "users_email")
        return refused("sign_in_to_accept");
      throw error;
    }
  });
}

/** Makes the person who is signed in a member, where the invitation is for this very address. */
export function acceptAsSelf(
  session: Pick<Session, "userId" | "email" | "name">,
  { code }: z.output<typeof invitationInput>,
  ctx: Context,
): Promise<Outcome<Joined>> {
  return counted(ctx, () =>
    ctx.db.transaction(async (tx): Promise<Outcome<Joined>> => {
      const invitation = await lockOpen(tx, code, ctx.now);
      if (!invitation) return refused("invitation_invalid");
      const [same] = await tx
        .select({ id: users.id })
        .from(users)
        .where(and(eq(users.id, session.userId), sql`lower(${users.email}) = lower(${invitation.email})`));
      if (!same) return refused("other_account");
      return join(tx, invitation, session, ctx);
    }),
  );
}

/** Runs a try of a code, counted by address before it is made; one that was right, or that nothing was checked in, is not. */
async function counted<T>(ctx: Context, attempt: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  const { ip } = ctx.origin;
  const wait = await invitationAttempt(ctx.db, ip);
  if (wait) return { ok: false, refusal: { code: "too_many_attempts", retryAfterSeconds: wait } };
  try {
    const outcome = await attempt();
    if (outcome.ok || outcome.refusal.code !== "invitation_invalid") await invitationHeld(ctx.db, ip);
    return outcome;
  } catch (error) {
    await invitationHeld(ctx.db, ip);
    if (error instanceof PasswordsBusy) {
      return { ok: false, refusal: { code: "too_many_attempts", retryAfterSeconds: 60 } };
    }
    throw error;
  }
}

/** The membership, its groups as far as they are still there, and the end of the invitation, with their event. */
async function join(
  tx: Tx,
  invitation: OfferedInvitation,
  { userId, name }: { userId: string; name: string },
  ctx: Context,
): Promise<Outcome<Joined>> {
  const { organizationId, id, roleId, portal, groupIds, email } = invitation;
  const memberId = uuidv7({ msecs: ctx.now.getTime() });
  const [member] = await tx
    .insert(members)
    .values({ organizationId, id: memberId, userId, roleId, portal, createdAt: ctx.now })
    .onConflictDoNothing({ target: [members.organizationId, members.userId] })
    .returning({ id: members.id });
  if (!member) return refused("already_member");
  if (groupIds.length > 0) {
    const groupList = sql.join(
      groupIds.map((group) => sql`${group}::uuid`),
      sql`, `,
    );
    await tx.insert(groupMembers).select(
      tx
        .select({
          organizationId: groups.organizationId,
          groupId: groups.id,
          memberId: sql<string>`${memberId}::uuid`.as("member_id"),
          isAdministrator: sql<boolean>`false`.as("is_administrator"),
        })
        .from(groups)
        .where(and(eq(groups.organizationId, organizationId), sql`${groups.id} in (${groupList})`)),
    );
  }
  await tx
    .update(invitations)
    .set({ acceptedAt: ctx.now })
    .where(and(eq(invitations.organizationId, organizationId), eq(invitations.id, id)));
  const details = { name, role_id: roleId, invitation_id: id };
  const subject = { kind: "member", id: memberId } as const;
  await recordAudit(
    tx,
    { kind: "member", memberId },
    { organizationId, action: "member.joined", subject, details },
    ctx,
  );
  return done({ organizationId, memberId, email });
}
