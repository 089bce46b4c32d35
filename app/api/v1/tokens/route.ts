import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { accepted, json } from "@/lib/http/answer";
import { readBody } from "@/lib/http/read-input";
import { newTokenResource, tokenResource } from "@/lib/http/token-resource";
import { createToken } from "@/lib/tokens/create-token";
import { listTokens } from "@/lib/tokens/list-tokens";
import { createTokenInput, tokenQuery } from "@/lib/tokens/token-input";

export const dynamic = "force-dynamic";

export const GET = withToken(
  "tokens:read",
  async (_request, { actor, ctx, query }) => {
    const { rows, nextCursor } = await listTokens(actor, query, ctx);
    return { data: rows.map(tokenResource), next_cursor: nextCursor };
  },
  { query: tokenQuery },
);

export const POST = withToken("tokens:create", async (request, { actor, ctx }) => {
  const created = accepted(await createToken(actor, await readBody(request, createTokenInput), ctx));
  return json(newTokenResource(created), 201, { Location: `/api/v1/tokens/${created.token.id}` });
});

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
