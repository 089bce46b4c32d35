import { otherMethods } from "@/lib/auth/open-route";
import { asToken, withToken } from "@/lib/auth/with-token";
import { accepted } from "@/lib/http/answer";
import { endedTokenResource } from "@/lib/http/token-resource";
import { deleteOwnToken } from "@/lib/tokens/delete-token";

export const dynamic = "force-dynamic";

export const DELETE = withToken(
  "any",
  async (_request, { actor, ctx }) => {
    return endedTokenResource(accepted(await deleteOwnToken(asToken(actor), ctx)));
  },
  { bySuperseded: true },
);

export const { GET, HEAD, POST, PUT, PATCH, OPTIONS } = otherMethods("DELETE");
