import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { type ListPage, type ListQuery, pageOf, startAfter } from "@/lib/http/list-query";
import { done, type Outcome, refused } from "@/lib/refusal";
import { type GroupRow, readGroups } from "./view-groups";

/** A page of the groups that open to the actor. Throws `InvalidCursor` for a cursor that this list did not make. */
export async function listGroups(actor: Actor, query: ListQuery, ctx: Context): Promise<ListPage<GroupRow>> {
  const page = { after: startAfter("groups", query), limit: query.limit + 1 };
  return pageOf("groups", await readGroups(actor, ctx, { page }), query);
}

/** One group that opens to the actor. */
export async function getGroup(actor: Actor, id: string, ctx: Context): Promise<Outcome<GroupRow>> {
  const [group] = await readGroups(actor, ctx, { id });
  return group ? done(group) : refused("not_found");
}
