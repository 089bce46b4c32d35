import { otherMethods } from "@/lib/auth/open-route";
import { withClient } from "@/lib/auth/with-client";
import { env } from "@/lib/env";
import { shownToken } from "@/lib/http/shown-token";
import { introspect } from "@/lib/oauth/introspect";

export const dynamic = "force-dynamic";

export const POST = withClient((_request, { actor, form, checking, ctx }) =>
  introspect(actor, shownToken(form), { checking, issuer: env().PUBLIC_URL, ctx }),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
