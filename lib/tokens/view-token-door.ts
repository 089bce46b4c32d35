import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { expiringTokens } from "./expiring-tokens";
import { loadRules } from "./load-rules";
import { isSingle, visibleTokens } from "./token-policy";

/** Where a member finds its tokens, and whether something there wants attention. */
export interface TokenDoor {
  /** False where the member has a single token at most and sees nobody else's: then its profile has it. */
  hasList: boolean;
  /** Live tokens that the member sees and that expire within seven days. */
  expiring: number;
}

export async function viewTokenDoor(actor: Actor, ctx: Context): Promise<TokenDoor> {
  const rules = await loadRules(ctx.db, actor.organizationId);
  const { count } = await expiringTokens(actor, ctx, rules);
  return { hasList: !isSingle(rules.policy) || visibleTokens(actor, rules.policy) === "all", expiring: count };
}
