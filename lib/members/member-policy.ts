import { type Actor, isAdministrator } from "@/lib/access/actor";
import { isSubset, type Permission } from "@/lib/access/permission";
import { type Refusal, refused } from "@/lib/refusal";

/** A role that is to be given: what it allows, or that the organization has none of that id. */
export type GivenRole = { permissions: readonly Permission[] } | null;

/** Whether an actor may give a role: nobody gives what they do not hold. */
export function decideGivenRole(actor: Pick<Actor, "permissions">, role: GivenRole): Refusal | null {
  if (!role) return refused("role_not_found", "role_id").refusal;
  return isSubset(role.permissions, actor.permissions) ? null : refused("role_exceeds_yours", "role_id").refusal;
}

/** Whether an actor may change somebody, or what waits for somebody: never who may do more than the actor. */
export function decideOnMember(actor: Pick<Actor, "permissions">, theirs: readonly Permission[]): Refusal | null {
  return isSubset(theirs, actor.permissions) ? null : { code: "member_outranks_you" };
}

/** The groups of an organization that an actor may put somebody into and take them out of: all, or its own. */
export function givableGroups<Group extends { id: string }>(
  actor: Pick<Actor, "permissions" | "groups">,
  groups: readonly Group[],
): Group[] {
  if (isAdministrator(actor)) return [...groups];
  const own = new Set(actor.groups.map(({ id }) => id));
  return groups.filter(({ id }) => own.has(id));
}
