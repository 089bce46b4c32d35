import { authority } from "@/lib/authority/authority";
import { ANSWERS } from "@/lib/authority/outcome";
import type { Context } from "@/lib/context";
import { INVALID_TOKEN_CHALLENGE } from "@/lib/http/admission-headers";
import { Problem } from "@/lib/http/problem";
import type { PlainToken } from "@/lib/tokens/token-secret";

/**
 * The login whose access token somebody shows to end it. From anywhere and however often: it takes nothing but itself away.
 * Throws `Problem`.
 */
export async function showLogin(
  credential: PlainToken,
  { origin: { ip } }: Pick<Context, "origin">,
): Promise<{ organizationId: string; loginId: string }> {
  const found = await authority().verify(credential, ip);
  if (found.outcome === "too_many_misses") {
    throw new Problem("too_many_misses", { headers: { "Retry-After": String(found.retryAfter) } });
  }
  if (found.outcome !== "allowed") {
    const code = ANSWERS[found.outcome];
    throw new Problem(code, code === "unavailable" ? {} : { headers: { "WWW-Authenticate": INVALID_TOKEN_CHALLENGE } });
  }
  if (!found.known.loginOf) throw new Problem("not_a_login");
  return { organizationId: found.known.organizationId, loginId: found.known.tokenId };
}
