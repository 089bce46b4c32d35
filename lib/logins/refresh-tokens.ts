import { and, desc, eq, gt, isNotNull } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { apiLogins, refreshTokens } from "@/db/schema";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import {
  type HashedToken,
  hashToken,
  mintToken,
  type PlainToken,
  parseToken,
  sameHash,
} from "@/lib/tokens/token-secret";
import { REFRESHES_A_DAY } from "./login-life";

/** A refresh token that somebody holds: which it is, and of which login. */
export interface HeldRefreshToken {
  organizationId: string;
  loginId: string;
  id: string;
  memberId: string;
  /** Null while it was not ended; its expiry is another matter. */
  loginEndedAt: Date | null;
}

/** Compared with where there is no such token, so that an unknown id takes as long as a wrong secret. */
const NO_HASH = Buffer.alloc(32) as HashedToken;

/** Of whichever state; null where it is none of ours. */
export async function findRefreshToken(db: Db, credential: PlainToken): Promise<HeldRefreshToken | null> {
  const parsed = parseToken(credential.reveal());
  if (parsed?.kind !== "tmp") return null;
  const [row] = await db
    .select({
      organizationId: refreshTokens.organizationId,
      loginId: refreshTokens.loginId,
      id: refreshTokens.id,
      memberId: apiLogins.memberId,
      loginEndedAt: apiLogins.endedAt,
      hash: refreshTokens.hash,
      pepperId: refreshTokens.pepperId,
    })
    .from(refreshTokens)
    .innerJoin(
      apiLogins,
      and(eq(apiLogins.organizationId, refreshTokens.organizationId), eq(apiLogins.id, refreshTokens.loginId)),
    )
    .where(eq(refreshTokens.id, parsed.id));
  const { peppers } = mintingKeys();
  const pepper = row ? peppers.byId.get(row.pepperId) : peppers.current;
  const isRight = sameHash(hashToken(credential, pepper ?? peppers.current), (row?.hash as HashedToken) ?? NO_HASH);
  if (!row || !pepper || !isRight) return null;
  const { organizationId, loginId, id, memberId, loginEndedAt } = row;
  return { organizationId, loginId, id, memberId, loginEndedAt };
}

/**
 * When a login that was refreshed too often may be refreshed again; null where it was not. To be asked under the lock of the
 * login's row, with the one that is being used marked so.
 */
export async function refreshableAgainAt(
  tx: Tx,
  { organizationId, loginId }: { organizationId: string; loginId: string },
  now: Date,
): Promise<Date | null> {
  const [beyond] = await tx
    .select({ expiresAt: refreshTokens.expiresAt })
    .from(refreshTokens)
    .where(
      and(
        eq(refreshTokens.organizationId, organizationId),
        eq(refreshTokens.loginId, loginId),
        isNotNull(refreshTokens.usedAt),
        gt(refreshTokens.expiresAt, now),
      ),
    )
    .orderBy(desc(refreshTokens.expiresAt))
    .offset(REFRESHES_A_DAY)
    .limit(1);
  return beyond?.expiresAt ?? null;
}

/** Gives a login its next refresh token. */
export async function addRefreshToken(
  tx: Tx,
  { organizationId, loginId, expiresAt }: { organizationId: string; loginId: string; expiresAt: Date },
  now: Date,
): Promise<PlainToken> {
  const { prefix, peppers } = mintingKeys();
  const { id, plain } = mintToken(prefix, "tmp");
  await tx.insert(refreshTokens).values({
    organizationId,
    loginId,
    id,
    hash: hashToken(plain, peppers.current),
    pepperId: peppers.current.id,
    createdAt: now,
    expiresAt,
  });
  return plain;
}
