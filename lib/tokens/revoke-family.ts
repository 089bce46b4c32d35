import { and, eq, exists, inArray, isNull, lte, or } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens, endedSecrets } from "@/db/schema";
import type { Context } from "@/lib/context";
import { loadRules } from "./load-rules";
import { markDeleted } from "./mark-deleted";
import { mintingKeys } from "./minting-keys";
import { hashToken, type PlainToken, parseToken } from "./token-secret";

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

/**
 * The organization of the token that lives and of which this was a secret that has ended; null where it was none. One
 * statement by keys, whatever was sent and however often the token was rotated. That the database compares hashes tells
 * nothing: they are made with a key.
 */
async function endedSecretOf(db: Db, id: string, credential: PlainToken, now: Date): Promise<string | null> {
  const hashes = [...mintingKeys().peppers.byId.values()].map((pepper) => hashToken(credential, pepper));
  const [token] = await db
    .select({ organizationId: apiTokens.organizationId })
    .from(apiTokens)
    .where(
      and(
        eq(apiTokens.id, id),
        isNull(apiTokens.deletedAt),
        or(
          and(inArray(apiTokens.previousHash, hashes), lte(apiTokens.previousEndsAt, now)),
          exists(
            db
              .select({ id: endedSecrets.tokenId })
              .from(endedSecrets)
              .where(
                and(
                  eq(endedSecrets.organizationId, apiTokens.organizationId),
                  eq(endedSecrets.tokenId, apiTokens.id),
                  inArray(endedSecrets.hash, hashes),
                  lte(endedSecrets.endedAt, now),
                ),
              ),
          ),
        ),
      ),
    );
  return token?.organizationId ?? null;
}
