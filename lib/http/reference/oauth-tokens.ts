import { z } from "zod";
import { introspectionAnswer } from "@/lib/oauth/introspection-answer";
import { shownTokenInput } from "@/lib/oauth/shown-token-input";
import { clientNotes, endpointGroup } from "./endpoint";

const shown = { token: "eyJhbGciOiJFUzI1NiIsImtpZCI6…", token_type_hint: "access_token" };
const hint = "access_token or refresh_token. Passed over: what a token is its form tells.";

/** A group by itself, so that whoever looks for what OAuth has of tokens that are there finds it in one place. */
export const oauthTokens = endpointGroup({
  title: "Asking of a token, and taking it back",
  summary:
    "By OAuth's own rules: a form goes in, and errors have the form of RFC 6749, 5.2. A client shows its ID and secret as Basic or in the form.",
  endpoints: [
    {
      operationId: "introspectToken",
      clientMethod: "oauth.introspect",
      method: "POST",
      path: "/api/v1/oauth/introspect",
      credential: "client",
      permission: null,
      title: "Introspect a token",
      summary:
        "What a token is and may do at this moment (RFC 7662). A client hears of its own access tokens always, and of other tokens of its organization where it has tokens:read and sees them. Everything else, refresh tokens and client secrets among it, is not active, whatever the reason. An answer that is active counts as a use of the token, or of the client whose access token it is.",
      body: shownTokenInput,
      bodyType: "form",
      notes: { token: "The token in question.", token_type_hint: hint, ...clientNotes },
      bodyExample: shown,
      status: 200,
      answer: introspectionAnswer,
      oauthErrors: [
        "invalid_request",
        "invalid_client",
        "unauthorized_client",
        "temporarily_unavailable",
        "server_error",
      ],
    },
    {
      operationId: "revokeToken",
      clientMethod: "oauth.revoke",
      method: "POST",
      path: "/api/v1/oauth/revoke",
      credential: "client",
      permission: null,
      title: "Revoke a token",
      summary:
        "Takes a token back (RFC 7009): by the time of the answer its next call here is refused, and whoever verifies access tokens by their signature alone goes on until they expire. A client takes back its own access tokens, and itself by its own secret. A refresh token, an access token of a login or a token of another kind is taken back without a client, by whoever holds it; a refresh token ends its login. The answer is 200 also where nothing was taken back: what is unknown, over or somebody else's is not told apart.",
      body: shownTokenInput,
      bodyType: "form",
      notes: { token: "The token to take back.", token_type_hint: hint, ...clientNotes },
      bodyExample: shown,
      status: 200,
      answer: z.object({}).meta({ id: "Revoked" }),
      oauthErrors: [
        "invalid_request",
        "invalid_client",
        "unauthorized_client",
        "temporarily_unavailable",
        "server_error",
      ],
    },
  ],
});
