import { otherMethods } from "@/lib/auth/open-route";
import { withClient } from "@/lib/auth/with-client";
import { exchangeClientCredentials } from "@/lib/oauth/exchange-client-credentials";

export const dynamic = "force-dynamic";

export const POST = withClient((_request, { ctx, ...client }) => exchangeClientCredentials(client, ctx));

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
