import { otherMethods } from "@/lib/auth/open-route";
import { withClientIfAny } from "@/lib/auth/with-client";
import { shownToken } from "@/lib/http/shown-token";
import { revokeCredential } from "@/lib/oauth/revoke-credential";

export const dynamic = "force-dynamic";

export const POST = withClientIfAny(async (_request, { actor, form, checking, ctx }) => {
  await revokeCredential(actor, shownToken(form), { verify: checking.verify, ctx });
  return {};
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
