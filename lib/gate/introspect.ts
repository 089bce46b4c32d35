import type { TokenActor } from "@/lib/access/actor";
import type { Verify } from "@/lib/authority/verify";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import { getToken } from "@/lib/tokens/get-token";
import { PlainToken } from "@/lib/tokens/token-secret";

/** What there is to say of a token (RFC 7662, 2.2). Times in seconds since 1970. */
export type Introspection = { active: false } | ActiveToken;

export interface ActiveToken {
  active: true;
  client_id: string;
  username: string;
  sub: string;
  scope: string;
  token_type: "Bearer";
  iss: string;
  iat: number;
  exp?: number;
}

const INACTIVE: Introspection = { active: false };
const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);

/**
 * Tells an actor what a token is. Whatever is wrong with it, and whatever the actor does not see, is the same: not active.
 * It is no use of the token and takes nothing from its limits. Throws `Problem`: 503 where it cannot be known, 429 where too
 * many that the actor asked for were looked up in vain: of what is not looked up, nobody knows that it is not active.
 */
export async function introspect(
  actor: TokenActor,
  credential: string,
  { verify, issuer, ctx }: { verify: Verify; issuer: string; ctx: Context },
): Promise<Introspection> {
  // By the caller: those who presented the tokens have addresses of their own.
  const verification = await verify(new PlainToken(credential), `introspection by ${actor.tokenId}`);
  if (verification.outcome === "unavailable") throw new Problem("unavailable");
  if (verification.outcome === "too_many_misses") {
    const headers = { "Retry-After": String(verification.retryAfter) };
    throw new Problem("too_many_misses", { headers, detail: "Too many of the tokens in question were not active." });
  }
  if (verification.outcome !== "allowed" || verification.known.organizationId !== actor.organizationId) return INACTIVE;
  const seen = await getToken(actor, verification.known.tokenId, ctx);
  if (!seen.ok) return INACTIVE;
  const { token, actor: bearer } = verification;
  return {
    active: true,
    client_id: token.id,
    username: token.issuer.name,
    sub: bearer.memberId,
    scope: [...bearer.permissions].sort().join(" "),
    token_type: "Bearer",
    iss: issuer,
    iat: seconds(token.createdAt),
    ...(token.expiresAt ? { exp: seconds(token.expiresAt) } : {}),
  };
}
