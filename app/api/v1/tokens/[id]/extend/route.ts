import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { accepted } from "@/lib/http/answer";
import { readBody, readParam } from "@/lib/http/read-input";
import { tokenResource } from "@/lib/http/token-resource";
import { extendToken } from "@/lib/tokens/extend-token";
import { extendTokenInput, tokenId } from "@/lib/tokens/token-input";

export const dynamic = "force-dynamic";

export const POST = withToken("tokens:manage", async (request, { actor, ctx, params }) => {
  const id = readParam((await params).id, tokenId);
  const input = await readBody(request, extendTokenInput);
  return tokenResource(accepted(await extendToken(actor, { ...input, id }, ctx)));
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
