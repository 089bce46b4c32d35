import { logIn } from "@/lib/auth/log-in";
import { openChange, otherMethods } from "@/lib/auth/open-route";
import { NO_CREDENTIAL_CHALLENGE } from "@/lib/http/admission-headers";
import { loginTokensResource } from "@/lib/http/login-resource";
import { Problem } from "@/lib/http/problem";
import { readBody } from "@/lib/http/read-input";
import { logInInput } from "@/lib/logins/login-input";

export const dynamic = "force-dynamic";

export const POST = openChange(
  async (request, ctx) => {
    const input = await readBody(request, logInInput);
    const outcome = await logIn(input, { agent: request.headers.get("user-agent") }, ctx);
    if (!outcome.ok && outcome.refusal.code === "sign_in_failed") {
      throw new Problem("sign_in_failed", { headers: { "WWW-Authenticate": NO_CREDENTIAL_CHALLENGE } });
    }
    return outcome;
  },
  (tokens, { now }) => loginTokensResource(tokens, now),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
