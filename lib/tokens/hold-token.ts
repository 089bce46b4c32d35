import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { apiTokens, auditEvents } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { SAME_MOMENT_SECONDS } from "./token-rotation";
import { waitingSince } from "./waiting-since";

export const isToken = (actor: Actor, id: string): SQL | undefined =>
  and(eq(apiTokens.organizationId, actor.organizationId), eq(apiTokens.id, id));

/**
 * A token's row, held until the transaction ends: what is done to its secrets and its expiry takes turns, and the first use
 * of a secret that waits is one of it. What the token is to the actor is read after this.
 */
export async function holdToken(tx: Tx, actor: Actor, id: string) {
  const [row] = await tx
    .select({
      kind: apiTokens.kind,
      prefix: apiTokens.prefix,
      issuerId: apiTokens.issuerId,
      createdAt: apiTokens.createdAt,
      expirySetAt: apiTokens.expirySetAt,
      expiresAt: apiTokens.expiresAt,
      pendingHash: apiTokens.pendingHash,
      pendingPepperId: apiTokens.pendingPepperId,
      waitingSince,
      lastAsker,
      settlesIn,
    })
    .from(apiTokens)
    .where(isToken(actor, id))
    .for("no key update");
  return row;
}

/** The token that asked for the secret which waits, or for the one that was made last; null where a person did. */
const lastAsker = sql<string | null>`(
  select asked.actor_token_id from ${auditEvents} asked
  where asked.organization_id = api_tokens.organization_id and asked.subject_kind = 'token'
    and asked.subject_id = api_tokens.id and asked.action = 'token.rotated'
  order by asked.at desc, asked.id desc limit 1)`;

/**
 * Seconds until a secret that was made or taken up just now is one of before; 0 where none was. All of it by the database's
 * clock, since each instance has its own.
 */
const settlesIn = sql<number>`coalesce(least(${SAME_MOMENT_SECONDS}::int, greatest(0, ceil(
  extract(epoch from greatest(api_tokens.pending_at, api_tokens.rotated_at) - now()) + ${SAME_MOMENT_SECONDS}::int)::int)), 0)`;
