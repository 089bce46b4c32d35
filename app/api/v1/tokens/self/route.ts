import { otherMethods } from "@/lib/auth/open-route";
import { asToken, withToken } from "@/lib/auth/with-token";
import { accepted } from "@/lib/http/answer";
import { endedTokenResource } from "@/lib/http/token-resource";
import { endAccessToken } from "@/lib/oauth/end-access-token";
import { deleteOwnToken } from "@/lib/tokens/delete-token";

export const dynamic = "force-dynamic";

export const DELETE = withToken(
  "any",
  async (_request, { actor, ctx }) => {
    const own = asToken(actor);
    const ended = own.accessToken
      ? await endAccessToken(own, own.accessToken, ctx)
      : accepted(await deleteOwnToken(own, ctx));
    return endedTokenResource(ended);
  },
  { bySuperseded: true },
);

export const { GET, HEAD, POST, PUT, PATCH, OPTIONS } = otherMethods("DELETE");
