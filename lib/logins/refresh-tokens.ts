import { and, desc, eq, inArray, isNotNull } from "drizzle-orm";
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
import { USED_KEPT } from "./login-life";

/** A refresh token that somebody holds: which it is, and of which login. */
export interface HeldRefreshToken {
  organizationId: string;
  loginId: string;
  id: string;
  memberId: string;
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
  const { organizationId, loginId, id, memberId } = row;
  return { organizationId, loginId, id, memberId };
}

/** Gives a login its next refresh token, and forgets used ones beyond those that are kept. */
export async function addRefreshToken(
  tx: Tx,
  { organizationId, loginId, expiresAt }: { organizationId: string; loginId: string; expiresAt: Date },
  now: Date,
): Promise<PlainToken> {
  const { prefix, peppers } = mintingKeys();
  const { id, plain } = mintToken(prefix, "tmp");
  const ofLogin = and(eq(refreshTokens.organizationId, organizationId), eq(refreshTokens.loginId, loginId));
  const beyond = tx
    .select({ id: refreshTokens.id })
    .from(refreshTokens)
    .where(and(ofLogin, isNotNull(refreshTokens.usedAt)))
    .orderBy(desc(refreshTokens.usedAt))
    .offset(USED_KEPT);
  await tx.delete(refreshTokens).where(and(ofLogin, inArray(refreshTokens.id, beyond)));
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
