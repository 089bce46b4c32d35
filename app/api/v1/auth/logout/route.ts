import { openChange, otherMethods } from "@/lib/auth/open-route";
import { readCredential } from "@/lib/auth/read-credential";
import { showLogin } from "@/lib/auth/show-login";
import { withinMisses } from "@/lib/auth/within-misses";
import { INVALID_TOKEN_CHALLENGE } from "@/lib/http/admission-headers";
import { endedLoginResource } from "@/lib/http/login-resource";
import { Problem } from "@/lib/http/problem";
import { readBody } from "@/lib/http/read-input";
import { logOut, logOutByRefreshToken } from "@/lib/logins/log-out";
import { logOutInput } from "@/lib/logins/login-input";

export const dynamic = "force-dynamic";

export const POST = openChange(async (request, ctx) => {
  const { refresh_token } = await readBody(request, logOutInput, { optional: true });
  if (refresh_token !== undefined && request.headers.has("authorization")) throw new Problem("two_credentials");
  if (refresh_token !== undefined) return withinMisses(ctx.origin.ip, () => logOutByRefreshToken(refresh_token, ctx));
  const ended = await logOut(await showLogin(readCredential(request), ctx), ctx);
  // It had ended by then, and so had what was sent.
  if (!ended.ok) throw new Problem("invalid_token", { headers: { "WWW-Authenticate": INVALID_TOKEN_CHALLENGE } });
  return ended;
}, endedLoginResource);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
