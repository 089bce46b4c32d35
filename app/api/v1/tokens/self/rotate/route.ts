import { otherMethods } from "@/lib/auth/open-route";
import { asItself, withToken } from "@/lib/auth/with-token";
import { accepted } from "@/lib/http/answer";
import { readBody } from "@/lib/http/read-input";
import { rotatedOwnResource } from "@/lib/http/token-resource";
import { revokeFamily } from "@/lib/tokens/revoke-family";
import { rotateOwnToken } from "@/lib/tokens/rotate-token";
import { rotateTokenInput } from "@/lib/tokens/token-input";

export const dynamic = "force-dynamic";

export const POST = withToken(
  "any",
  async (request, { actor, token, ctx }) => {
    const input = await readBody(request, rotateTokenInput, { optional: true });
    return rotatedOwnResource(accepted(await rotateOwnToken(asItself(actor), input, ctx)), token, actor);
  },
  { onInvalid: revokeFamily },
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
