import { logOut, logOutByRefreshToken } from "@/lib/auth/log-out";
import { logOutInput } from "@/lib/auth/login-input";
import { openRoute, otherMethods } from "@/lib/auth/open-route";
import { readCredential, refuseInAddress } from "@/lib/auth/read-credential";
import { contextFrom } from "@/lib/auth/request-context";
import { showLogin } from "@/lib/auth/show-login";
import { withinMisses } from "@/lib/auth/within-misses";
import { catchUp } from "@/lib/authority/authority";
import { accepted } from "@/lib/http/answer";
import { endedLoginResource } from "@/lib/http/login-resource";
import { Problem } from "@/lib/http/problem";
import { readBody } from "@/lib/http/read-input";

export const dynamic = "force-dynamic";

export const POST = openRoute(async (request, origin) => {
  refuseInAddress(request.url);
  const { refresh_token } = await readBody(request, logOutInput, { optional: true });
  if (refresh_token !== undefined && request.headers.has("authorization")) throw new Problem("two_credentials");
  const ctx = contextFrom(origin);
  const ended =
    refresh_token === undefined
      ? await logOut(await showLogin(readCredential(request), ctx), ctx)
      : await withinMisses(origin.ip, () => logOutByRefreshToken(refresh_token, ctx));
  await catchUp();
  return endedLoginResource(accepted(ended));
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
