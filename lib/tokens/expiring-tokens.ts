import { sql } from "drizzle-orm";
import { apiTokens } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { expiresSoonCondition, unacknowledgedCondition } from "./expiry-condition";
import { loadRules, type TokenRules } from "./load-rules";
import { visibleCondition } from "./read-tokens";

export interface ExpiringTokens {
  /** Live tokens that the actor sees and that expire within seven days. */
  soon: number;
  /** Those of them that the actor has not acknowledged. */
  count: number;
  /** The first of these to expire. */
  first: { id: string; name: string; expiresAt: Date } | null;
}

/** The live tokens that the actor sees and that expire within seven days: how many, and the first of them. */
export async function expiringTokens(actor: Actor, ctx: Context, known?: TokenRules): Promise<ExpiringTokens> {
  const { policy } = known ?? (await loadRules(ctx.db, actor.organizationId));
  const [row] = await ctx.db.execute<{ id: string; name: string; expires_at: string; soon: number; open: number }>(sql`
    select id, name, expires_at, (count(*) over ())::int as soon, (count(*) filter (where is_open) over ())::int as open
    from (
      select ${apiTokens.id}, ${apiTokens.name}, ${apiTokens.expiresAt}, ${unacknowledgedCondition(actor, ctx.now)} as is_open
      from ${apiTokens} where ${visibleCondition(actor, policy)} and ${expiresSoonCondition(ctx.now)}
    ) token
    order by is_open desc, expires_at, id limit 1`);
  const count = row?.open ?? 0;
  return {
    soon: row?.soon ?? 0,
    count,
    first: row && count > 0 ? { id: row.id, name: row.name, expiresAt: new Date(row.expires_at) } : null,
  };
}
