import { otherMethods } from "@/lib/auth/open-route";
import { asItself, withToken } from "@/lib/auth/with-token";
import { accepted } from "@/lib/http/answer";
import { keptOwnResource } from "@/lib/http/token-resource";
import { cancelOwnRotation } from "@/lib/tokens/cancel-rotation";

export const dynamic = "force-dynamic";

export const DELETE = withToken("any", async (_request, { actor, token, ctx }) =>
  keptOwnResource(accepted(await cancelOwnRotation(asItself(actor), ctx)), token, actor),
);

export const { GET, HEAD, POST, PUT, PATCH, OPTIONS } = otherMethods("DELETE");
