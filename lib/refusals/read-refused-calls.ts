import { and, desc, eq, gt, or, type SQL, sql } from "drizzle-orm";
import { apiTokens, refusedCalls } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import type { TokenRules } from "@/lib/tokens/load-rules";
import { visibleCondition } from "@/lib/tokens/read-tokens";
import { DAY } from "@/lib/tokens/token-status";
import { type RefusedCall, refusalFacts } from "./refusal-facts";
import type { RefusedCode } from "./refused-code";
import { operationOf } from "./refused-operation";

/** Days for which a refused call is kept. */
export const KEPT_DAYS = 7;

/**
 * Refused calls that the actor may know of, latest first: those of tokens that it sees, by the rule of their pages, and of
 * its own API logins.
 */
export async function readRefusedCalls(
  actor: Actor,
  { policy }: TokenRules,
  { where, limit }: { where: SQL; limit: number },
  { db, now }: Context,
): Promise<RefusedCall[]> {
  const rows = await db
    .select({
      id: refusedCalls.id,
      requestId: refusedCalls.requestId,
      at: refusedCalls.at,
      server: refusedCalls.server,
      method: refusedCalls.method,
      path: refusedCalls.path,
      status: refusedCalls.status,
      code: refusedCalls.code,
      facts: refusedCalls.facts,
      ip: sql<string | null>`host(${refusedCalls.ip})`,
      agent: refusedCalls.agent,
      tokenId: apiTokens.id,
      tokenName: apiTokens.name,
    })
    .from(refusedCalls)
    .leftJoin(apiTokens, and(eq(apiTokens.id, refusedCalls.tokenId), visibleCondition(actor, policy)))
    .where(
      and(
        eq(refusedCalls.organizationId, actor.organizationId),
        gt(refusedCalls.at, new Date(now.getTime() - KEPT_DAYS * DAY)),
        or(
          sql`${apiTokens.id} is not null`,
          actor.kind === "member" ? eq(refusedCalls.memberId, actor.memberId) : undefined,
        ),
        where,
      ),
    )
    .orderBy(desc(refusedCalls.at), desc(refusedCalls.id))
    .limit(limit);
  return rows.map(({ tokenId, tokenName, facts, code, ...row }) => ({
    ...row,
    operation: operationOf(row),
    code: code as RefusedCode,
    facts: refusalFacts.parse(facts),
    token: tokenId !== null && tokenName !== null ? { id: tokenId, name: tokenName } : null,
  }));
}
