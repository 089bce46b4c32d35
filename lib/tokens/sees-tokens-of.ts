import { sql } from "drizzle-orm";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { visibleMember } from "@/lib/members/visible-members";
import { loadRules } from "./load-rules";
import { visibleTokens } from "./token-policy";

/** Whether an actor would see a token that a member of its organization issued, where there is none to ask about. */
export async function seesTokensOf(actor: Actor, memberId: string, { db }: Pick<Context, "db">): Promise<boolean> {
  if (memberId === actor.memberId) return true;
  const { policy } = await loadRules(db, actor.organizationId);
  if (visibleTokens(actor, policy) !== "all") return false;
  const [row] = await db.execute<{ seen: boolean }>(
    sql`select ${visibleMember(actor, sql`${memberId}::uuid`)} as seen`,
  );
  return row?.seen === true;
}
