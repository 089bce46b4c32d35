import { sql } from "drizzle-orm";
import { apiTokens } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import type { Context } from "@/lib/context";
import { getMember } from "@/lib/members/get-member";
import { done, type Outcome } from "@/lib/refusal";
import { isLive } from "./live-tokens";
import { loadRules } from "./load-rules";
import { selectTokens, visibleCondition } from "./read-tokens";
import type { TokenRow } from "./token-row";

/** Rows that are named one by one. */
const NAMED = 50;

/** The live tokens of a member as far as the actor sees them, the last used first. */
export interface TokensOfMember {
  live: number;
  named: Pick<TokenRow, "id" | "name" | "masked" | "lastUsedAt">[];
}

/**
 * What stops when a member is deactivated. Tokens that the actor does not see are neither named nor counted, and a member
 * that it does not see is not found.
 */
export async function tokensOfMember(
  actor: Actor,
  { id }: { id: string },
  ctx: Context,
): Promise<Outcome<TokensOfMember>> {
  const refusal = decidePermission(actor, "members:read") ?? decidePermission(actor, "tokens:read");
  if (refusal) return { ok: false, refusal };
  const member = await getMember(actor, id, ctx);
  if (!member.ok) return member;
  const rules = await loadRules(ctx.db, actor.organizationId);
  const where = sql`${visibleCondition(actor, rules.policy)} and ${apiTokens.issuerId} = ${id} and ${isLive(ctx.now)}`;
  const orderBy = sql`${apiTokens.lastUsedAt} desc nulls last, ${apiTokens.createdAt} desc`;
  const [rows, [count]] = await Promise.all([
    selectTokens(ctx.db, actor, rules, { where, orderBy, limit: NAMED }, ctx.now),
    ctx.db.select({ live: sql<number>`count(*)::int` }).from(apiTokens).where(where),
  ]);
  const named = rows.map(({ id, name, masked, lastUsedAt }) => ({ id, name, masked, lastUsedAt }));
  return done({ live: count?.live ?? 0, named });
}
