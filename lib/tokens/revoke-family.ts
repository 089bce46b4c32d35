import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens, endedSecrets } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { noteTokens } from "@/lib/notices/note-tokens";
import { loadRules } from "./load-rules";
import { mintingKeys } from "./minting-keys";
import { type HashedToken, hashToken, type PlainToken, parseToken, sameHash } from "./token-secret";

/**
 * Asked of a credential that was refused where it asked for a new secret. One that was a token's secret and has ended is in
 * the hands of somebody who should not have it, or of a program that was forgotten: which, nobody can tell, so the token is
 * deleted with all its secrets, and its issuer and the administrators are told. Returns whether that was so.
 */
export async function revokeFamily(credential: PlainToken, ctx: Context): Promise<boolean> {
  const parsed = parseToken(credential.reveal());
  if (!parsed || !(await isEndedSecret(ctx.db, parsed.id, credential, ctx.now))) return false;
  return ctx.db.transaction(async (tx) => {
    const rows = await tx
      .update(apiTokens)
      .set({ state: "deleted", deletedAt: ctx.now, deletedBy: null })
      .where(and(eq(apiTokens.id, parsed.id), isNull(apiTokens.deletedAt)))
      .returning({
        organizationId: apiTokens.organizationId,
        id: apiTokens.id,
        name: apiTokens.name,
        kind: apiTokens.kind,
        prefix: apiTokens.prefix,
        issuerId: apiTokens.issuerId,
        expiresAt: apiTokens.expiresAt,
      });
    const [token] = rows;
    if (!token) return false;
    const { organizationId } = token;
    await recordAudit(
      tx,
      "system",
      {
        organizationId,
        action: "token.deleted",
        subject: { kind: "token", id: token.id },
        details: { name: token.name, old_secret_presented: true },
      },
      ctx,
    );
    const { policy } = await loadRules(tx, organizationId);
    await noteTokens(
      tx,
      { event: "token_leaked", how: "old_secret", organizationId, tokens: rows, by: null },
      { policy, now: ctx.now },
    );
    return true;
  });
}

/** Whether this was the secret of a token that lives, and has ended. */
async function isEndedSecret(db: Db, id: string, credential: PlainToken, now: Date): Promise<boolean> {
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
        hash: apiTokens.previousHash,
        pepperId: apiTokens.previousPepperId,
        endsAt: apiTokens.previousEndsAt,
      })
      .from(apiTokens)
      .where(and(eq(apiTokens.id, id), isNull(apiTokens.deletedAt))),
  ]);
  if (!token) return false;
  const previous = token.endsAt && token.endsAt <= now ? [token] : [];
  const { peppers } = mintingKeys();
  const hashes = new Map<string, HashedToken>();
  return [...rows, ...previous].some(({ hash, pepperId }) => {
    const pepper = pepperId ? peppers.byId.get(pepperId) : undefined;
    if (!hash || !pepper) return false;
    const hashed = hashes.get(pepper.id) ?? hashToken(credential, pepper);
    hashes.set(pepper.id, hashed);
    return sameHash(hashed, hash as HashedToken);
  });
}
