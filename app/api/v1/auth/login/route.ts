import { logIn } from "@/lib/auth/log-in";
import { logInInput } from "@/lib/auth/login-input";
import { openRoute, otherMethods } from "@/lib/auth/open-route";
import { refuseInAddress } from "@/lib/auth/read-credential";
import { contextFrom } from "@/lib/auth/request-context";
import { catchUp } from "@/lib/authority/authority";
import { NO_CREDENTIAL_CHALLENGE } from "@/lib/http/admission-headers";
import { accepted } from "@/lib/http/answer";
import { loginTokensResource } from "@/lib/http/login-resource";
import { Problem } from "@/lib/http/problem";
import { readBody } from "@/lib/http/read-input";

export const dynamic = "force-dynamic";

export const POST = openRoute(async (request, origin) => {
  refuseInAddress(request.url);
  const input = await readBody(request, logInInput);
  const ctx = contextFrom(origin);
  const outcome = await logIn(input, { agent: request.headers.get("user-agent") }, ctx);
  if (!outcome.ok && outcome.refusal.code === "sign_in_failed") {
    throw new Problem("sign_in_failed", { headers: { "WWW-Authenticate": NO_CREDENTIAL_CHALLENGE } });
  }
  const tokens = accepted(outcome);
  // It may have taken the place of another.
  await catchUp();
  return loginTokensResource(tokens, ctx.now);
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
