import { SignJWT } from "jose";
import { v4 as uuidv4 } from "uuid";
import type { Db } from "@/db/client";
import { env } from "@/lib/env";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { PlainToken } from "@/lib/tokens/token-secret";
import {
  ACCESS_TOKEN_SECONDS,
  ACCESS_TOKEN_TYPE,
  type AccessTokenClaims,
  PERSONS_CLIENT_ID,
} from "./access-token-claims";
import { apiAudience } from "./audiences";
import { currentSigningKey } from "./signing-keys";

/** For whom an access token is made, and for what. */
export interface AccessTokenWish {
  organizationId: string;
  /** A client, by the reading that found its secret right; or a member, in one API login. */
  bearer: { clientId: string; secretGeneration: number } | { memberId: string; loginId: string };
  /** Permissions. What it may do is these, cut down at every check to what its bearer may then. */
  scope: Iterable<string>;
  /** Whom it is for; this API unless said otherwise. */
  audience?: string;
  /** Milliseconds since 1970, where something around it ends before its hour is over; null where nothing does. */
  notAfter?: number | null;
}

export interface AccessToken {
  plain: PlainToken;
  /** `jti`. */
  id: string;
  /** Seconds. */
  expiresIn: number;
  issuedAt: Date;
  expiresAt: Date;
  /** As in the token: sorted, with one space between. */
  scope: string;
}

/**
 * Makes an access token (RFC 9068). Its times are the database's, as those are by which it is checked, so that no server
 * whose clock is wrong makes one that is over or not there yet. Nothing of it is kept.
 */
export async function signAccessToken(wish: AccessTokenWish, { db }: { db: Db }): Promise<AccessToken> {
  const { kid, privateKey, now } = await currentSigningKey(db, mintingKeys().peppers);
  const claims = claimsOf(wish, now);
  const jwt = await new SignJWT(claims)
    .setProtectedHeader({ alg: "ES256", kid, typ: ACCESS_TOKEN_TYPE })
    .sign(privateKey);
  return {
    plain: new PlainToken(jwt),
    id: claims.jti,
    expiresIn: claims.exp - claims.iat,
    issuedAt: new Date(claims.iat * 1000),
    expiresAt: new Date(claims.exp * 1000),
    scope: claims.scope,
  };
}

function claimsOf(
  { organizationId, bearer, scope, audience, notAfter }: AccessTokenWish,
  now: Date,
): AccessTokenClaims {
  const iat = Math.floor(now.getTime() / 1000);
  const hour = iat + ACCESS_TOKEN_SECONDS;
  const common = {
    iss: env().PUBLIC_URL,
    aud: audience ?? apiAudience(),
    scope: [...new Set(scope)].sort().join(" "),
    jti: uuidv4(),
    iat,
    exp: notAfter ? Math.min(hour, Math.floor(notAfter / 1000)) : hour,
    org: organizationId,
  };
  return "loginId" in bearer
    ? { ...common, sub: bearer.memberId, client_id: PERSONS_CLIENT_ID, login: bearer.loginId }
    : {
        ...common,
        sub: bearer.clientId,
        client_id: bearer.clientId,
        secret_generation: bearer.secretGeneration,
      };
}
