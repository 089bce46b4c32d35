import type { Refusal } from "@/lib/refusal";
import type { Actor } from "./actor";
import type { BuiltInPermission } from "./permission";

/** The rule that a verb asks first: whether the actor holds the permission at this moment. */
export function decidePermission(actor: Pick<Actor, "permissions">, permission: BuiltInPermission): Refusal | null {
  return actor.permissions.has(permission) ? null : { code: "not_permitted" };
}
