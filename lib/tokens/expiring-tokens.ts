import { sql } from "drizzle-orm";
import { apiTokens } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { loadRules, type TokenRules } from "./load-rules";
import { visibleCondition } from "./read-tokens";
import { statusCondition } from "./status-condition";
import { DAY, EXPIRES_SOON_DAYS } from "./token-status";

/** The live tokens that the actor sees and that expire within seven days: how many, and the first of them. */
export async function expiringTokens(
  actor: Actor,
  ctx: Context,
  known?: TokenRules,
): Promise<{ count: number; first: { id: string; name: string; expiresAt: Date } | null }> {
  const { policy } = known ?? (await loadRules(ctx.db, actor.organizationId));
  const bound = new Date(ctx.now.getTime() + EXPIRES_SOON_DAYS * DAY).toISOString();
  const rows = await ctx.db
    .select({
      id: apiTokens.id,
      name: apiTokens.name,
      expiresAt: apiTokens.expiresAt,
      count: sql<number>`(count(*) over ())::int`,
    })
    .from(apiTokens)
    .where(
      sql`${visibleCondition(actor, policy)} and ${statusCondition("active", ctx.now)} and ${apiTokens.expiresAt} <= ${bound}`,
    )
    .orderBy(apiTokens.expiresAt, apiTokens.id)
    .limit(1);
  const [row] = rows;
  return {
    count: row?.count ?? 0,
    first: row?.expiresAt ? { id: row.id, name: row.name, expiresAt: row.expiresAt } : null,
  };
}
