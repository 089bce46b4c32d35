import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { type ListPage, type ListQuery, pageOf, startAfter } from "@/lib/http/list-query";
import { type MemberRow, readMembers } from "./read-members";

/** A page of the members that the actor sees. Throws `InvalidCursor` for a cursor that this list did not make. */
export async function listMembers(actor: Actor, query: ListQuery, ctx: Context): Promise<ListPage<MemberRow>> {
  const after = startAfter("members", query);
  const found = await readMembers(ctx.db, actor, { after, limit: query.limit + 1 });
  return pageOf("members", found, query);
}
