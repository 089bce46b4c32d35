import { sql } from "drizzle-orm";
import { apiTokens } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { expiresSoonCondition, unacknowledgedCondition } from "@/lib/tokens/expiry-condition";
import { loadRules } from "@/lib/tokens/load-rules";
import { visibleCondition } from "@/lib/tokens/read-tokens";
import { type TokenDoor, viewTokenDoor } from "@/lib/tokens/view-token-door";
import { unreadCount } from "./list-notifications";

/** What stands around every page of a member: where its tokens are, and what wants attention. */
export interface ShellView extends TokenDoor {
  /** Live tokens that the member sees, that expire within seven days and that it has not acknowledged. */
  expiring: number;
  /** The number at the bell, 100 at most. */
  unread: number;
}

/** Both counts come with one statement: every page asks for them. */
export async function viewShell(member: MemberActor, ctx: Context): Promise<ShellView> {
  const rules = await loadRules(ctx.db, member.organizationId);
  const [row] = await ctx.db.execute<{ expiring: number; unread: number }>(sql`
    select (select count(*)::int from ${apiTokens} where ${visibleCondition(member, rules.policy)}
        and ${expiresSoonCondition(ctx.now)} and ${unacknowledgedCondition(member, ctx.now)}) as expiring,
      ${unreadCount(member)} as unread`);
  return { ...(await viewTokenDoor(member, ctx, rules)), expiring: row?.expiring ?? 0, unread: row?.unread ?? 0 };
}
