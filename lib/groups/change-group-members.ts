import { and, eq, isNotNull, ne, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import { groupMembers, members, roles, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { decideOnGroupMember, mayManageGroup } from "@/lib/members/member-policy";
import { visibleMember } from "@/lib/members/visible-members";
import { done, type Outcome, type Refusal, refused } from "@/lib/refusal";
import { lockGroup } from "./group-access";
import type { AddGroupMemberInput, removeGroupMemberInput, setGroupAdministratorInput } from "./group-input";

/** Who was meant, to be told of. */
interface Meant {
  id: string;
  name: string;
}

/**
 * Puts a member into a group: one that the actor sees, or the person with exactly this email. Who is in it already stays as
 * it is. It bears on what everybody concerned sees at their next request.
 */
export async function addGroupMember(
  actor: Actor,
  { id, who }: AddGroupMemberInput,
  ctx: Context,
): Promise<Outcome<Meant>> {
  const missing = refused("member_not_found", "email" in who ? "who.email" : "who.member_id").refusal;
  const meant =
    "email" in who
      ? sql`lower(${users.email}) = lower(${who.email})`
      : and(eq(members.id, who.member_id), visibleMember(actor, sql`${members.id}`));
  return onMember({ actor, id, meant, missing }, ctx, async (tx, member, tell) => {
    const added = await tx
      .insert(groupMembers)
      .values({ organizationId: actor.organizationId, groupId: id, memberId: member.id })
      .onConflictDoNothing()
      .returning({ id: groupMembers.memberId });
    if (added.length > 0) await tell({ added: member });
  });
}

/** Takes a member out of a group. */
export async function removeGroupMember(
  actor: Actor,
  { id, member_id }: z.output<typeof removeGroupMemberInput>,
  ctx: Context,
): Promise<Outcome<Meant>> {
  return onMember({ actor, id, ...isInside(member_id) }, ctx, async (tx, member, tell) => {
    await tx.delete(groupMembers).where(membership(actor, id, member_id));
    await tell({ removed: member });
  });
}

/** Makes a member of a group one of its administrators, or no longer one. */
export async function setGroupAdministrator(
  actor: Actor,
  { id, member_id, is_administrator }: z.output<typeof setGroupAdministratorInput>,
  ctx: Context,
): Promise<Outcome<Meant>> {
  return onMember({ actor, id, ...isInside(member_id) }, ctx, async (tx, member, tell) => {
    const changed = await tx
      .update(groupMembers)
      .set({ isAdministrator: is_administrator })
      .where(and(membership(actor, id, member_id), ne(groupMembers.isAdministrator, is_administrator)))
      .returning({ id: groupMembers.memberId });
    if (changed.length > 0)
      await tell({ [is_administrator ? "made_administrator" : "no_longer_administrator"]: member });
  });
}

/** The condition that finds a member in the group, and what is said where it is not there. */
const isInside = (memberId: string) => ({
  meant: and(eq(members.id, memberId), isNotNull(groupMembers.memberId)),
  missing: refused("not_found").refusal,
});

interface Wish {
  actor: Actor;
  id: string;
  /** Which member, as a condition; its row in the group is there to ask of, or null. */
  meant: SQL | undefined;
  missing: Refusal;
}

/** Runs a change of who is in a group, for those who may: others may see the group, or find that there is none. */
async function onMember(
  { actor, id, meant, missing }: Wish,
  ctx: Context,
  change: (tx: Tx, member: Meant, tell: (details: Record<string, Meant>) => Promise<void>) => Promise<void>,
): Promise<Outcome<Meant>> {
  const { organizationId } = actor;
  return ctx.db.transaction(async (tx) => {
    const group = await lockGroup(tx, actor, id);
    if (!group) return refused("not_found");
    // Before anybody is looked for: who may not manage the group learns nothing of who is there.
    if (!mayManageGroup(actor, id)) return refused("not_permitted");
    const [found] = await tx
      .select({ id: members.id, name: users.name, permissions: roles.permissions })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .innerJoin(roles, and(eq(roles.organizationId, members.organizationId), eq(roles.id, members.roleId)))
      .leftJoin(groupMembers, membership(actor, id, members.id))
      .where(and(eq(members.organizationId, organizationId), meant))
      .for("share", { of: members });
    if (!found) return { ok: false, refusal: missing };
    const { permissions, ...member } = found;
    const refusal = decideOnGroupMember(actor, id, permissions);
    if (refusal) return { ok: false, refusal };
    const subject = { kind: "group", id } as const;
    await change(tx, member, (details) =>
      recordAudit(tx, actor, { organizationId, action: "group.updated", subject, details }, ctx),
    );
    return done(member);
  });
}

const membership = ({ organizationId }: Actor, groupId: string, memberId: string | typeof members.id) =>
  and(
    eq(groupMembers.organizationId, organizationId),
    eq(groupMembers.groupId, groupId),
    eq(groupMembers.memberId, memberId),
  );
