import type { TokenActor } from "@/lib/access/actor";
import { withinMisses } from "@/lib/auth/within-misses";
import type { AccessTokenFacts, Allowed } from "@/lib/authority/outcome";
import type { Verify } from "@/lib/authority/verify";
import type { Context } from "@/lib/context";
import { OAuthError } from "@/lib/http/oauth-error";
import { Problem } from "@/lib/http/problem";
import { logOutByRefreshToken } from "@/lib/logins/log-out";
import { deleteOwnToken } from "@/lib/tokens/delete-token";
import { type PlainToken, parseToken } from "@/lib/tokens/token-secret";
import { endAccessToken } from "./end-access-token";

/**
 * Takes a credential back, for whoever has it (RFC 7009). A client, which has proven who it is, takes back its own access
 * tokens, and by its own secret itself; nothing of anybody else's. Without a client it is somebody who holds a refresh token,
 * an access token of a login, or a token, and ends that: a refresh token ends the login. Of what is unknown, over, or
 * somebody else's nothing is told: that is what RFC 7009, 2.2 has answered with 200. Throws `OAuthError` where a client would
 * have to show who it is, and `Problem` where what it is cannot be known now.
 */
export async function revokeCredential(
  client: TokenActor | null,
  credential: PlainToken,
  { verify, ctx }: { verify: Verify; ctx: Context },
): Promise<void> {
  // A refresh token was given to no client of anybody's.
  if (parseToken(credential.reveal())?.kind === "tmp") {
    if (!client) await withinMisses(ctx.origin.ip, () => logOutByRefreshToken(credential.reveal(), ctx));
    return;
  }
  const found = await verify(credential, ctx.origin.ip);
  switch (found.outcome) {
    case "unavailable":
      throw new Problem("unavailable");
    case "too_many_misses":
      throw new Problem("too_many_misses", { headers: { "Retry-After": String(found.retryAfter) } });
    case "client_secret":
      if (!client) throw unproven();
      if (client.tokenId === found.known.tokenId) await deleteOwnToken(client, ctx);
      return;
    case "allowed":
      if (found.access) await revokeAccessToken(client, found, found.access, ctx);
      else if (!client && found.actor.kind === "token") await deleteOwnToken(found.actor, ctx);
      return;
    default:
      return;
  }
}

async function revokeAccessToken(
  client: TokenActor | null,
  { actor, known: { loginOf } }: Allowed,
  access: AccessTokenFacts,
  ctx: Context,
): Promise<void> {
  const isOfLogin = loginOf !== undefined;
  if (!client && !isOfLogin) throw unproven();
  if (client && (isOfLogin || client.tokenId !== access.clientId)) return;
  await endAccessToken(actor, access, ctx);
}

const unproven = () =>
  new OAuthError("invalid_client", "That was given to a client, which has to show its ID and secret to take it back.");
