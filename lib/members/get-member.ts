import { eq } from "drizzle-orm";
import { members } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { type MemberRow, readMembers } from "./read-members";

/** One member that the actor sees. */
export async function getMember(actor: Actor, id: string, ctx: Context): Promise<Outcome<MemberRow>> {
  const [member] = await readMembers(ctx.db, actor, { where: eq(members.id, id), limit: 1 });
  return member ? done(member) : refused("not_found");
}
