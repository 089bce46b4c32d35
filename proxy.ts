import { randomBytes, randomUUID } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "@/lib/auth/content-security-policy";
import { PATH_HEADER } from "@/lib/auth/safe-return-to";
import { isSecure } from "@/lib/auth/session-cookie";
import { isDevelopment } from "@/lib/env";
import { searchWithoutSecret } from "@/lib/tokens/token-search-params";

/** What every page request gets: a nonce for its scripts, a number, and the path it asks for, to come back to. */
export function proxy(request: NextRequest) {
  // Next takes the header for an address, and would fail on one that is none.
  const sentFrom = request.headers.get("origin");
  if (sentFrom !== null && sentFrom !== "null" && !URL.canParse(sentFrom))
    return new NextResponse(null, { status: 400 });
  // Before anything is rendered: the address with a secret in it reaches no history as a page.
  const safe = searchWithoutSecret(request.nextUrl.search);
  if (safe !== null) {
    const target = request.nextUrl.clone();
    target.search = safe;
    return NextResponse.redirect(target);
  }
  const nonce = randomBytes(16).toString("base64");
  const secure = isSecure();
  const policy = contentSecurityPolicy(nonce, { development: isDevelopment(), secure });
  const requestId = randomUUID();
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  headers.set("x-request-id", requestId);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-request-id", requestId);
  response.headers.set("cache-control", "no-store");
  if (secure) response.headers.set("strict-transport-security", "max-age=31536000");
  return response;
}

export const config = {
  // A covered route loses half its throughput, so what programs call stays out, and so do files. A dot in an address is no
  // sign of a file: what there is none of is answered by a page.
  matcher: [
    "/((?!api/|_next/static/|_next/image|healthz$|readyz$|\\.well-known/(?:jwks\\.json|oauth-authorization-server)$|icon\\.svg$|favicon\\.ico$).*)",
  ],
};
