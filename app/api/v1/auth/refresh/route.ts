import { openChange, otherMethods } from "@/lib/auth/open-route";
import { withinMisses } from "@/lib/auth/within-misses";
import { loginTokensResource } from "@/lib/http/login-resource";
import { readBody } from "@/lib/http/read-input";
import { refreshInput } from "@/lib/logins/login-input";
import { refreshLogin } from "@/lib/logins/refresh-login";

export const dynamic = "force-dynamic";

export const POST = openChange(
  async (request, ctx) => {
    const input = await readBody(request, refreshInput);
    return withinMisses(ctx.origin.ip, () => refreshLogin(input, ctx));
  },
  (tokens, { now }) => loginTokensResource(tokens, now),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
