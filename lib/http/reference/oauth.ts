import { exchangeAnswer, exchangeInput } from "@/lib/oauth/exchange-client-credentials";
import { keySetAnswer } from "@/lib/oauth/public-keys";
import { metadataAnswer } from "@/lib/oauth/server-metadata";
import { clientNotes, endpointGroup } from "./endpoint";

export const oauth = endpointGroup({
  title: "OAuth 2.0",
  summary:
    "For clients: programs with a client ID and a client secret. They exchange both for an access token of one hour and call with that.",
  endpoints: [
    {
      operationId: "exchangeClientCredentials",
      clientMethod: "oauth.token",
      method: "POST",
      path: "/api/v1/oauth/token",
      credential: "client",
      permission: null,
      title: "Get an access token",
      summary:
        "The client credentials grant (RFC 6749, 4.4). The client shows its ID and secret as Basic or in the form, and never both. The access token is a JWT (RFC 9068), signed with a key of /.well-known/jwks.json. Here it is checked at every call as any token is: whatever is taken from the client is taken from it at once. Each exchange is a use of the client and counts as a call of it.",
      body: exchangeInput,
      bodyType: "form",
      notes: {
        grant_type: "client_credentials",
        scope:
          "Takes away of what the client may do: permissions with one space between. All of it where it is left out.",
        resource:
          "The API that it is for (RFC 8707): this one, or one of the setting ACCESS_TOKEN_AUDIENCES. This one where it is left out.",
        ...clientNotes,
      },
      bodyExample: { grant_type: "client_credentials", scope: "members:read" },
      status: 200,
      answer: exchangeAnswer,
      oauthErrors: [
        "invalid_request",
        "invalid_client",
        "unauthorized_client",
        "unsupported_grant_type",
        "invalid_scope",
        "invalid_target",
        "temporarily_unavailable",
        "server_error",
      ],
    },
    {
      operationId: "readServerMetadata",
      clientMethod: "discovery.authorizationServer",
      method: "GET",
      path: "/.well-known/oauth-authorization-server",
      credential: "none",
      permission: null,
      title: "Discover the endpoints",
      summary: "Authorization server metadata (RFC 8414): OAuth libraries need this address alone.",
      status: 200,
      answer: metadataAnswer,
    },
    {
      operationId: "readKeys",
      clientMethod: "discovery.keys",
      method: "GET",
      path: "/.well-known/jwks.json",
      credential: "none",
      permission: null,
      title: "Read the signing keys",
      summary:
        "The public keys that access tokens are signed with (RFC 7517), for APIs that check them by themselves. A key stands here for a day before it signs, and until all that it signed is over. Whoever checks without asking here hears of a revocation when the access token expires, and no sooner.",
      status: 200,
      answer: keySetAnswer,
      problems: ["unavailable"],
    },
  ],
});
