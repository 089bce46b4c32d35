import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import { groupMembers, members, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { visibleMember } from "@/lib/members/visible-members";
import { done, type Outcome, refused } from "@/lib/refusal";
import { lockGroup, mayManage } from "./group-access";
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
  return inGroup(actor, id, ctx, async (tx, tell) => {
    const member = await findMember(tx, actor, who);
    if (!member) return refused("member_not_found", "email" in who ? "who.email" : "who.member_id");
    const added = await tx
      .insert(groupMembers)
      .values({ organizationId: actor.organizationId, groupId: id, memberId: member.id })
      .onConflictDoNothing()
      .returning({ id: groupMembers.memberId });
    if (added.length > 0) await tell({ added: member });
    return done(member);
  });
}

/** Takes a member out of a group. */
export async function removeGroupMember(
  actor: Actor,
  { id, member_id }: z.output<typeof removeGroupMemberInput>,
  ctx: Context,
): Promise<Outcome<Meant>> {
  return inGroup(actor, id, ctx, async (tx, tell) => {
    const member = await memberOfGroup(tx, actor, id, member_id);
    if (!member) return refused("not_found");
    await tx.delete(groupMembers).where(membership(actor, id, member_id));
    const { isAdministrator, ...meant } = member;
    await tell({ removed: meant });
    return done(meant);
  });
}

/** Makes a member of a group one of its administrators, or no longer one. */
export async function setGroupAdministrator(
  actor: Actor,
  { id, member_id, is_administrator }: z.output<typeof setGroupAdministratorInput>,
  ctx: Context,
): Promise<Outcome<Meant>> {
  return inGroup(actor, id, ctx, async (tx, tell) => {
    const member = await memberOfGroup(tx, actor, id, member_id);
    if (!member) return refused("not_found");
    const { isAdministrator, ...meant } = member;
    if (isAdministrator === is_administrator) return done(meant);
    await tx
      .update(groupMembers)
      .set({ isAdministrator: is_administrator })
      .where(membership(actor, id, member_id));
    await tell({ [is_administrator ? "made_administrator" : "no_longer_administrator"]: meant });
    return done(meant);
  });
}

/** Runs a change of who is in a group, for those who may: others may see the group, or find that there is none. */
async function inGroup(
  actor: Actor,
  id: string,
  ctx: Context,
  change: (tx: Tx, tell: (details: Record<string, Meant>) => Promise<void>) => Promise<Outcome<Meant>>,
): Promise<Outcome<Meant>> {
  return ctx.db.transaction(async (tx) => {
    const group = await lockGroup(tx, actor, id);
    if (!group) return refused("not_found");
    if (!mayManage(actor, id)) return refused("not_permitted");
    const { organizationId } = actor;
    const subject = { kind: "group", id } as const;
    return change(tx, (details) =>
      recordAudit(tx, actor, { organizationId, action: "group.updated", subject, details }, ctx),
    );
  });
}

const membership = ({ organizationId }: Actor, groupId: string, memberId: string) =>
  and(
    eq(groupMembers.organizationId, organizationId),
    eq(groupMembers.groupId, groupId),
    eq(groupMembers.memberId, memberId),
  );

async function memberOfGroup(tx: Tx, actor: Actor, groupId: string, memberId: string) {
  const [member] = await tx
    .select({ id: members.id, name: users.name, isAdministrator: groupMembers.isAdministrator })
    .from(groupMembers)
    .innerJoin(
      members,
      and(eq(members.organizationId, groupMembers.organizationId), eq(members.id, groupMembers.memberId)),
    )
    .innerJoin(users, eq(users.id, members.userId))
    .where(membership(actor, groupId, memberId));
  return member ?? null;
}

async function findMember(tx: Tx, actor: Actor, who: AddGroupMemberInput["who"]): Promise<Meant | null> {
  const meant =
    "email" in who
      ? sql`lower(${users.email}) = lower(${who.email})`
      : and(eq(members.id, who.member_id), visibleMember(actor, sql`${members.id}`));
  const [member] = await tx
    .select({ id: members.id, name: users.name })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.organizationId, actor.organizationId), meant))
    .for("key share", { of: members });
  return member ?? null;
}
