import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groupMembers, members } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { hasOtherAdministrator } from "./last-administrator";
import { isActiveAdministrator, loadGroups, loadMember, loadRole, ownerColumns } from "./load-member";
import { lockAccess } from "./lock-access";
import type { UpdateMemberInput } from "./member-input";
import { decideGivenGroups, decideGivenRole, decideOnMember, decidePortal, mayManageGroup } from "./member-policy";

/**
 * Changes a member's role, portal, groups or owner. Of the groups only those are touched that the actor manages. It bears
 * on the member's next request and on the next call of its tokens.
 */
export async function updateMember(
  actor: Actor,
  { id, change }: UpdateMemberInput,
  ctx: Context,
): Promise<Outcome<{ id: string }>> {
  const refusal = decidePermission(actor, "members:write");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  return ctx.db.transaction(async (tx) => {
    await lockAccess(tx, organizationId);
    const member = await loadMember(tx, actor, id);
    if (!member) return refused("not_found");
    const role = change.role_id
      ? await loadRole(tx, organizationId, change.role_id)
      : { permissions: member.permissions };
    const asked = change.group_ids ?? [];
    const found = await loadGroups(tx, organizationId, asked);
    const refusal =
      decideOnMember(actor, member.permissions) ??
      (change.role_id ? decideGivenRole(actor, role) : null) ??
      decideGivenGroups(actor, { asked, found }, "group_ids");
    if (refusal || !role) return { ok: false, refusal: refusal ?? { code: "role_not_found", field: "role_id" } };
    if (change.owner && member.kind !== "service") return refused("not_a_service_account", "owner");
    // Whoever answers for it may read through its tokens what it sees.
    if (change.owner && !member.isWithinSight) return refused("account_sees_more", "owner");
    const owner = change.owner ? await ownerColumns(tx, actor, change.owner) : done({});
    if (!owner.ok) return owner;

    const next = { ...member, portal: change.portal ?? member.portal, permissions: role.permissions as string[] };
    const givesRole = change.role_id !== undefined && change.role_id !== member.roleId;
    const lowers = isActiveAdministrator(member) && !isActiveAdministrator(next);
    if (lowers && !(await hasOtherAdministrator(tx, organizationId, { memberId: id }))) {
      return refused("last_administrator", givesRole ? "role_id" : "portal");
    }
    const unfit = decidePortal(next.portal, next, givesRole ? "role_id" : "portal");
    if (unfit && (givesRole || next.portal !== member.portal)) return { ok: false, refusal: unfit };

    const columns = { roleId: change.role_id ?? member.roleId, portal: next.portal, ...owner.value };
    const changed = Object.fromEntries(
      Object.entries(columns).filter(([name, value]) => member[name as keyof typeof columns] !== value),
    );
    const groupsChanged = change.group_ids ? await setGroups(tx, actor, id, change.group_ids) : null;
    if (Object.keys(changed).length > 0) {
      await tx
        .update(members)
        .set(changed)
        .where(and(eq(members.organizationId, organizationId), eq(members.id, id)));
    }
    if (Object.keys(changed).length > 0 || groupsChanged) {
      const before = Object.fromEntries(
        Object.keys(changed).map((name) => [name, member[name as keyof typeof columns]]),
      );
      const details = { name: member.name, ...told(before, changed), ...groupsChanged };
      const subject = { kind: "member", id } as const;
      await recordAudit(tx, actor, { organizationId, action: "member.updated", subject, details }, ctx);
    }
    return done({ id });
  });
}

/** What changed as the audit log tells it: `role_id: { from, to }`. */
function told(before: Record<string, unknown>, after: Record<string, unknown>) {
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(Object.keys(after).map((name) => [snake(name), { from: before[name], to: after[name] }]));
}

/** Puts the member into these groups and no other of those that the actor manages; null where that changes nothing. */
async function setGroups(tx: Tx, actor: Actor, memberId: string, wanted: readonly string[]) {
  const { organizationId } = actor;
  const rows = await tx
    .select({ id: groupMembers.groupId })
    .from(groupMembers)
    .where(and(eq(groupMembers.organizationId, organizationId), eq(groupMembers.memberId, memberId)));
  const had = new Set(rows.map(({ id }) => id));
  const joined = wanted.filter((id) => !had.has(id));
  const left = [...had].filter((id) => mayManageGroup(actor, id) && !wanted.includes(id));
  if (joined.length > 0) {
    await tx.insert(groupMembers).values(joined.map((groupId) => ({ organizationId, groupId, memberId })));
  }
  if (left.length > 0) {
    await tx
      .delete(groupMembers)
      .where(
        and(
          eq(groupMembers.organizationId, organizationId),
          eq(groupMembers.memberId, memberId),
          inArray(groupMembers.groupId, left),
        ),
      );
  }
  return joined.length + left.length > 0 ? { groups_joined: joined, groups_left: left } : null;
}
