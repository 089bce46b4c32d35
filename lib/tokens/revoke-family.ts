import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens, endedSecrets } from "@/db/schema";
import type { Context } from "@/lib/context";
import { loadRules } from "./load-rules";
import { markDeleted } from "./mark-deleted";
import { mintingKeys } from "./minting-keys";
import { type HashedToken, hashToken, type PlainToken, parseToken, sameHash } from "./token-secret";

/**
 * Asked of a credential that was refused where it asked for a new secret. One that was a token's secret and has ended is in
 * the hands of somebody who should not have it, or of a program that was forgotten: which, nobody can tell, so the token is
 * deleted with all its secrets, and its issuer and the administrators are told. Returns whether that was so.
 */
export async function revokeFamily(credential: PlainToken, ctx: Context): Promise<boolean> {
  const parsed = parseToken(credential.reveal());
  const organizationId = parsed && (await endedSecretOf(ctx.db, parsed.id, credential, ctx.now));
  if (!organizationId) return false;
  return ctx.db.transaction(async (tx) => {
    const { policy } = await loadRules(tx, organizationId);
    const rows = await markDeleted(
      tx,
      {
        organizationId,
        which: eq(apiTokens.id, parsed.id),
        by: "system",
        policy,
        details: () => ({ old_secret_presented: true }),
        told: { event: "token_leaked", how: "old_secret", from: ctx.origin.ip },
      },
      ctx,
    );
    return rows.length > 0;
  });
}

/** The organization of the token that lives and of which this was a secret that has ended; null where it was none. */
async function endedSecretOf(db: Db, id: string, credential: PlainToken, now: Date): Promise<string | null> {
  const [rows, [token]] = await Promise.all([
    db
      .select({ hash: endedSecrets.hash, pepperId: endedSecrets.pepperId })
      .from(endedSecrets)
      .innerJoin(
        apiTokens,
        and(eq(apiTokens.organizationId, endedSecrets.organizationId), eq(apiTokens.id, endedSecrets.tokenId)),
      )
      .where(eq(apiTokens.id, id)),
    db
      .select({
        organizationId: apiTokens.organizationId,
        hash: apiTokens.previousHash,
        pepperId: apiTokens.previousPepperId,
        endsAt: apiTokens.previousEndsAt,
      })
      .from(apiTokens)
      .where(and(eq(apiTokens.id, id), isNull(apiTokens.deletedAt))),
  ]);
  if (!token) return null;
  const previous = token.endsAt && token.endsAt <= now ? [token] : [];
  const { peppers } = mintingKeys();
  const hashes = new Map<string, HashedToken>();
  const isOne = [...rows, ...previous].some(({ hash, pepperId }) => {
    const pepper = pepperId ? peppers.byId.get(pepperId) : undefined;
    if (!hash || !pepper) return false;
    const hashed = hashes.get(pepper.id) ?? hashToken(credential, pepper);
    hashes.set(pepper.id, hashed);
    return sameHash(hashed, hash as HashedToken);
  });
  return isOne ? token.organizationId : null;
}
