import { refreshInput } from "@/lib/auth/login-input";
import { openRoute, otherMethods } from "@/lib/auth/open-route";
import { refuseInAddress } from "@/lib/auth/read-credential";
import { refreshLogin } from "@/lib/auth/refresh-login";
import { contextFrom } from "@/lib/auth/request-context";
import { withinMisses } from "@/lib/auth/within-misses";
import { catchUp } from "@/lib/authority/authority";
import { accepted } from "@/lib/http/answer";
import { loginTokensResource } from "@/lib/http/login-resource";
import { readBody } from "@/lib/http/read-input";

export const dynamic = "force-dynamic";

export const POST = openRoute(async (request, origin) => {
  refuseInAddress(request.url);
  const input = await readBody(request, refreshInput);
  const ctx = contextFrom(origin);
  const outcome = await withinMisses(origin.ip, () => refreshLogin(input, ctx));
  if (outcome.endedLogin) await catchUp();
  return loginTokensResource(accepted(outcome), ctx.now);
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
