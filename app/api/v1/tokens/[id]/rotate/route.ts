import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { accepted } from "@/lib/http/answer";
import { readBody, readParam } from "@/lib/http/read-input";
import { newTokenResource } from "@/lib/http/token-resource";
import { revokeFamily } from "@/lib/tokens/revoke-family";
import { rotateToken } from "@/lib/tokens/rotate-token";
import { rotateTokenInput, tokenId } from "@/lib/tokens/token-input";

export const dynamic = "force-dynamic";

export const POST = withToken(
  "tokens:manage",
  async (request, { actor, ctx, params }) => {
    const id = readParam((await params).id, tokenId);
    const input = await readBody(request, rotateTokenInput, { optional: true });
    return newTokenResource(accepted(await rotateToken(actor, { ...input, id }, ctx)));
  },
  { onInvalid: revokeFamily },
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
