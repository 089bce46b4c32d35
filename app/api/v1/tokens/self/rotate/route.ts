import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { accepted } from "@/lib/http/answer";
import { readBody } from "@/lib/http/read-input";
import { rotatedResource } from "@/lib/http/token-resource";
import { revokeFamily } from "@/lib/tokens/revoke-family";
import { rotateOwnToken } from "@/lib/tokens/rotate-token";
import { rotateTokenInput } from "@/lib/tokens/token-input";

export const dynamic = "force-dynamic";

export const POST = withToken(
  "any",
  async (request, { actor, ctx }) =>
    rotatedResource(
      accepted(await rotateOwnToken(actor, await readBody(request, rotateTokenInput, { optional: true }), ctx)),
    ),
  { onInvalid: revokeFamily },
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
