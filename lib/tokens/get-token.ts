import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { loadRules } from "./load-rules";
import { readToken } from "./read-tokens";
import type { TokenRow } from "./token-row";

/** One token. From elsewhere, somebody else's and never made are the same: not found. */
export async function getToken(actor: Actor, id: string, ctx: Context): Promise<Outcome<TokenRow>> {
  const token = await readToken(ctx.db, actor, await loadRules(ctx.db, actor.organizationId), id, ctx.now);
  return token ? done(token) : refused("not_found");
}
