import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { groups } from "@/db/schema";
import { type Actor, isAdministrator } from "@/lib/access/actor";
import { visibleGroup } from "@/lib/members/visible-members";

type Reader = Pick<Actor, "permissions" | "groups" | "bounded">;

const readsGroups = (actor: Pick<Actor, "permissions">) =>
  isAdministrator(actor) || actor.permissions.has("groups:read");

/** Whether any group opens to an actor: all that it sees with groups:read, or those that it administers. */
export const mayReadGroups = (actor: Reader) =>
  readsGroups(actor) || actor.groups.some(({ isAdministrator }) => isAdministrator);

/** Which groups open to an actor, as a condition on the table of groups. */
export function readableGroup(actor: Reader & Pick<Actor, "organizationId">) {
  const tenant = eq(groups.organizationId, actor.organizationId);
  if (readsGroups(actor)) return and(tenant, visibleGroup(actor, sql`${groups.id}`));
  const own = actor.groups.filter(({ isAdministrator }) => isAdministrator).map(({ id }) => id);
  return and(tenant, own.length > 0 ? sql`${groups.id} in ${own}` : sql`false`);
}

/** A group that opens to the actor, held until the transaction ends; null where there is none. */
export async function lockGroup(tx: Db, actor: Actor, id: string): Promise<{ id: string; name: string } | null> {
  const [group] = await tx
    .select({ id: groups.id, name: groups.name })
    .from(groups)
    .where(and(readableGroup(actor), eq(groups.id, id)))
    .for("update");
  return group ?? null;
}
