import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { loadRules, type TokenRules } from "./load-rules";
import { isSingle, visibleTokens } from "./token-policy";

/** Where a member finds its tokens. */
export interface TokenDoor {
  /** False where the member has a single token at most and sees nobody else's: then its profile has it. */
  hasList: boolean;
}

export async function viewTokenDoor(actor: Actor, ctx: Context, known?: TokenRules): Promise<TokenDoor> {
  const { policy } = known ?? (await loadRules(ctx.db, actor.organizationId));
  return { hasList: !isSingle(policy) || visibleTokens(actor, policy) === "all" };
}
