import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groups, members, roles, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { done, type Outcome, refused } from "@/lib/refusal";
import type { OwnerWish } from "./member-input";
import { decideGivenGroups, type GivenRole } from "./member-policy";
import { visibleMember, withinSight } from "./visible-members";

/** A member whom an actor sees, as far as changing it goes; null where there is none or it is not the actor's to see. */
export async function loadMember(tx: Tx, actor: Actor, id: string) {
  const [member] = await tx
    .select({
      id: members.id,
      kind: users.kind,
      name: users.name,
      roleId: members.roleId,
      permissions: roles.permissions,
      portal: members.portal,
      status: members.status,
      ownerMemberId: members.ownerMemberId,
      ownerGroupId: members.ownerGroupId,
      isWithinSight: withinSight(actor, sql`${members.id}`),
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(roles, and(eq(roles.organizationId, members.organizationId), eq(roles.id, members.roleId)))
    .where(
      and(
        eq(members.organizationId, actor.organizationId),
        eq(members.id, id),
        visibleMember(actor, sql`${members.id}`),
      ),
    );
  return member ?? null;
}
export type LoadedMember = NonNullable<Awaited<ReturnType<typeof loadMember>>>;

/** True for who counts when the last administrator is asked for. */
export const isActiveAdministrator = ({ kind, status, portal, permissions }: LoadedMember) =>
  kind === "person" && status === "active" && portal === "console" && permissions.includes("organization:manage");

/** A role of the organization, held against deletion until the transaction ends; null where there is none of that id. */
export async function loadRole(tx: Tx, organizationId: string, id: string): Promise<GivenRole> {
  const [role] = await tx
    .select({ permissions: roles.permissions })
    .from(roles)
    .where(and(eq(roles.organizationId, organizationId), eq(roles.id, id)))
    .for("share");
  return role ?? null;
}

/** Those of these groups that the organization has, held against deletion until the transaction ends. */
export async function loadGroups(tx: Tx, organizationId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await tx
    .select({ id: groups.id })
    .from(groups)
    .where(and(eq(groups.organizationId, organizationId), inArray(groups.id, [...ids])))
    .for("key share");
  return found.map(({ id }) => id);
}

/** The columns that say who answers for a service account: an active person whom the actor sees, or a group it manages. */
export async function ownerColumns(
  tx: Tx,
  actor: Actor,
  owner: OwnerWish,
): Promise<Outcome<{ ownerMemberId: string | null; ownerGroupId: string | null }>> {
  if (owner.kind === "group") {
    const asked = [owner.id];
    const found = await loadGroups(tx, actor.organizationId, asked);
    const refusal = decideGivenGroups(actor, { asked, found }, "owner");
    return refusal ? { ok: false, refusal } : done({ ownerMemberId: null, ownerGroupId: owner.id });
  }
  const member = await loadMember(tx, actor, owner.id);
  return member?.kind === "person" && member.status === "active"
    ? done({ ownerMemberId: member.id, ownerGroupId: null })
    : refused("member_not_found", "owner");
}
