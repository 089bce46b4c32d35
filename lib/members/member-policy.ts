import { type Actor, isAdministrator } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { isSubset, type Permission } from "@/lib/access/permission";
import { type Refusal, refused } from "@/lib/refusal";

type Giver = Pick<Actor, "permissions" | "groups" | "bounded">;

/** A role that is to be given: what it allows, or that the organization has none of that id. */
export type GivenRole = { permissions: readonly Permission[] } | null;

/** Groups that are to be given, and those of them that the organization has. */
interface GivenGroups {
  asked: readonly string[];
  found: readonly string[];
}

/** Whether an actor may give a role: nobody gives what they do not hold. */
export function decideGivenRole(actor: Pick<Actor, "permissions">, role: GivenRole): Refusal | null {
  if (!role) return refused("role_not_found", "role_id").refusal;
  return isSubset(role.permissions, actor.permissions) ? null : refused("role_exceeds_yours", "role_id").refusal;
}

/** Whether a role may be somebody's in a portal: in the hub nobody administers anything. */
export function decidePortal(portal: "console" | "hub", role: GivenRole, field: string): Refusal | null {
  const administers = role?.permissions.some((held) => held === "organization:manage" || held === "members:write");
  return portal === "hub" && administers ? refused("not_in_hub", field).refusal : null;
}

/** Whether an actor may change somebody, or what waits for somebody: never who may do more than the actor. */
export function decideOnMember(actor: Pick<Actor, "permissions">, theirs: readonly Permission[]): Refusal | null {
  return isSubset(theirs, actor.permissions) ? null : { code: "member_outranks_you" };
}

/**
 * Whether an actor may say who is in a group: the administrators of the organization, those of the group, and who may write
 * groups and sees this one. Whether it may act on this or that member is `decideOnMember`'s to say, by whichever door.
 */
export function mayManageGroup(actor: Giver, id: string): boolean {
  if (isAdministrator(actor)) return true;
  const own = actor.groups.find((group) => group.id === id);
  if (own?.isAdministrator) return true;
  const sees = actor.permissions.has("groups:read") && (own !== undefined || !actor.bounded);
  return sees && actor.permissions.has("groups:write");
}

/** Whether an actor may put this member into a group, take it out or appoint it there. */
export function decideOnGroupMember(actor: Giver, groupId: string, theirs: readonly Permission[]): Refusal | null {
  return mayManageGroup(actor, groupId) ? decideOnMember(actor, theirs) : { code: "not_permitted" };
}

/** Whether an actor may put somebody into groups: all of them are there, and the actor's to manage. */
export function decideGivenGroups(actor: Giver, { asked, found }: GivenGroups, field: string): Refusal | null {
  const given = asked.every((id) => found.includes(id) && mayManageGroup(actor, id));
  return given ? null : refused("group_not_found", field).refusal;
}

/** Whether a member may send an invitation, and so whether one that it sent still counts. */
export function decideInvitation(inviter: Giver, role: GivenRole, groups: GivenGroups): Refusal | null {
  return (
    decidePermission(inviter, "members:write") ??
    decideGivenRole(inviter, role) ??
    decideGivenGroups(inviter, groups, "group_ids")
  );
}
