import type { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import type { Authority } from "@/lib/authority/create-authority";
import type { Allowed, Verification } from "@/lib/authority/outcome";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import { getToken } from "@/lib/tokens/get-token";
import { seesTokensOf } from "@/lib/tokens/sees-tokens-of";
import type { PlainToken } from "@/lib/tokens/token-secret";
import type { introspectionAnswer } from "./introspection-answer";

/** What there is to say of a token (RFC 7662, 2.2). Times in seconds since 1970. */
type Introspection = z.output<typeof introspectionAnswer>;

const INACTIVE: Introspection = { active: false };
const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);

/** The check itself, and what a use of a token goes through. */
export type Checking = Pick<Authority, "verify" | "takeUp"> & { usage: Pick<Authority["usage"], "record"> };

/**
 * Tells an actor what a token is. Whatever is wrong with it, and whatever the actor does not see, is the same: not active.
 * A client hears of its own access tokens whatever it may do. Whoever hears that one is active lets somebody in by it: that
 * is a use of the token, of the client where it is an access token, and the first one of a secret that waits. By whom is not
 * known, and it takes nothing from the token's limits. Throws `Problem`: 503 where it cannot be known, 429 where too many
 * that the actor asked for were looked up in vain: of what is not looked up, nobody knows that it is not active.
 */
export async function introspect(
  actor: Actor,
  asked: PlainToken,
  { checking, issuer, ctx }: { checking: Checking; issuer: string; ctx: Context },
): Promise<Introspection> {
  const { verify, takeUp, usage } = checking;
  // By the caller: those who presented the tokens have addresses of their own.
  const check = () => verify(asked, `introspection by ${actor.kind === "token" ? actor.tokenId : actor.memberId}`);
  const found = allowedOrNot(await check());
  if (!found || found.known.organizationId !== actor.organizationId) return INACTIVE;
  if (!(await mayHearOf(actor, found, ctx))) return INACTIVE;
  const { requestId } = ctx.origin;
  const usable = allowedOrNot(await takeUp(found, { ip: null, agent: null, requestId, again: check }));
  if (!usable) return INACTIVE;
  const { organizationId, tokenId, secret, loginOf } = usable.known;
  if (loginOf === undefined) {
    usage.record({ organizationId, tokenId, secret, outcome: "allowed", ip: null, agent: null });
  }
  return activeToken(usable, issuer);
}

async function mayHearOf(actor: Actor, { access, known }: Allowed, ctx: Context): Promise<boolean> {
  if (access && actor.kind === "token" && access.clientId === actor.tokenId) return true;
  if (!actor.permissions.has("tokens:read")) return false;
  if (known.loginOf !== undefined) return seesTokensOf(actor, known.loginOf, ctx);
  return (await getToken(actor, known.tokenId, ctx)).ok;
}

function activeToken({ token, actor: bearer, known, access }: Allowed, issuer: string): Introspection {
  const isClients = access !== undefined && known.loginOf === undefined;
  return {
    active: true,
    client_id: access?.clientId ?? token.id,
    username: token.issuer.name,
    sub: isClients ? access.clientId : bearer.memberId,
    scope: [...bearer.permissions].sort().join(" "),
    token_type: "Bearer",
    iss: issuer,
    iat: seconds(access?.issuedAt ?? token.createdAt),
    ...(token.expiresAt ? { exp: seconds(token.expiresAt) } : {}),
    ...(access ? { aud: access.audience, jti: access.id } : {}),
  };
}

/** Null where it is not active. Throws where that is not known. */
function allowedOrNot(verification: Verification): Allowed | null {
  if (verification.outcome === "unavailable") throw new Problem("unavailable");
  if (verification.outcome === "too_many_misses") {
    const headers = { "Retry-After": String(verification.retryAfter) };
    throw new Problem("too_many_misses", { headers, detail: "Too many of the tokens in question were not active." });
  }
  return verification.outcome === "allowed" ? verification : null;
}
