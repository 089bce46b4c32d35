import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { accepted } from "@/lib/http/answer";
import { readParam } from "@/lib/http/read-input";
import { tokenResource } from "@/lib/http/token-resource";
import { cancelRotation } from "@/lib/tokens/cancel-rotation";
import { tokenId } from "@/lib/tokens/token-input";

export const dynamic = "force-dynamic";

export const DELETE = withToken("tokens:manage", async (_request, { actor, ctx, params }) =>
  tokenResource(accepted(await cancelRotation(actor, { id: readParam((await params).id, tokenId) }, ctx))),
);

export const { GET, HEAD, POST, PUT, PATCH, OPTIONS } = otherMethods("DELETE");
