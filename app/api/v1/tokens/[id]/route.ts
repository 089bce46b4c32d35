import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { accepted } from "@/lib/http/answer";
import { readBody, readParam } from "@/lib/http/read-input";
import { tokenResource } from "@/lib/http/token-resource";
import { deleteToken } from "@/lib/tokens/delete-token";
import { getToken } from "@/lib/tokens/get-token";
import { tokenId, updateTokenInput } from "@/lib/tokens/token-input";
import { updateToken } from "@/lib/tokens/update-token";

export const dynamic = "force-dynamic";

export const GET = withToken("tokens:read", async (_request, { actor, ctx, params }) =>
  tokenResource(accepted(await getToken(actor, readParam((await params).id, tokenId), ctx))),
);

export const PATCH = withToken("tokens:manage", async (request, { actor, ctx, params }) => {
  const id = readParam((await params).id, tokenId);
  const change = await readBody(request, updateTokenInput);
  return tokenResource(accepted(await updateToken(actor, { id, change }, ctx)));
});

export const DELETE = withToken("tokens:manage", async (_request, { actor, ctx, params }) =>
  tokenResource(accepted(await deleteToken(actor, { id: readParam((await params).id, tokenId) }, ctx))),
);

export const { POST, PUT, OPTIONS } = otherMethods("GET", "PATCH", "DELETE");
