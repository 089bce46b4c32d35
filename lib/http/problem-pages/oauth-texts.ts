import type { OAuthErrorCode } from "../oauth-error-codes";
import type { ProblemText } from "./problem-text";

const OAUTH_ENDPOINTS = "The token, introspection and revocation endpoints, and the gate's introspection.";
const TOKEN_ENDPOINT = "The token endpoint.";

/** Where an OAuth specification has the error. */
type OAuthText = ProblemText & { sentence: string; definedIn: string };

/** What OAuth's own endpoints call what they refuse: the pages at `error_uri`. */
export const OAUTH_TEXTS = {
  invalid_request: {
    sentence: "The request is not one that this endpoint takes.",
    definedIn: "RFC 6749, 5.2",
    what: "The request was refused before anybody was asked who it comes from, or right after. No token was given.",
    why: "A parameter is missing, stands there twice, or stands in the address, where secrets end in logs. Credentials that come both in the header and in the form are refused too.",
    mend: [
      "Send a form in the body: `application/x-www-form-urlencoded`, each parameter once, nothing behind a question mark.",
      "Send the client's ID and secret in one way: with `curl -u`, or as `client_id` and `client_secret` in the form.",
      "`error_description` says which parameter it was.",
    ],
    answeredBy: OAUTH_ENDPOINTS,
    detail: "grant_type is missing.",
  },
  invalid_client: {
    sentence: "The client did not prove who it is.",
    definedIn: "RFC 6749, 5.2",
    what: "No token was given: the client ID and the secret do not go together, or came in a way that is not read.",
    why: "Wrong, unknown, expired and revoked clients are answered alike, so that nobody learns which IDs exist.",
    mend: [
      "Copy both again. A client's secret has `_cls_` in it, and the client ID right behind that.",
      'Mind the shell: `-u "$LATCHKEY_CLIENT_ID:$LATCHKEY_CLIENT_SECRET"` between double quotes, and no line break at the end of either value.',
      "See in the console whether the client is active. If its secret was rotated, the old one ends some days after the new one is first used.",
      "Only clients have a place here: a token with `_pat_` or `_svc_` in it is sent as `Bearer` as it is.",
    ],
    answeredBy: OAUTH_ENDPOINTS,
    detail: "The client ID or the client secret is not valid.",
    screen: "tokens",
  },
  unauthorized_client: {
    sentence: "The client is known, but may not be used from this address.",
    definedIn: "RFC 6749, 5.2",
    what: "Nothing was done: ID and secret are right, and the call came from where this client may not be used.",
    why: "The networks of the policy, or the client's own, do not hold the address. What the client may do is not asked here: a scope that is too wide is called `invalid_scope`.",
    mend: [
      "`error_description` says which address it was.",
      "Have it added to the networks of the client or of the policy.",
      "Where it is a proxy's, whoever runs this server sets `TRUSTED_PROXIES`.",
    ],
    answeredBy: OAUTH_ENDPOINTS,
    screen: "policy",
  },
  unsupported_grant_type: {
    sentence: "The token endpoint knows the grant client_credentials alone.",
    definedIn: "RFC 6749, 5.2",
    what: "No token was given: `grant_type` names a way to get one that is not offered here.",
    why: "Programs exchange their client credentials. People sign in at `POST /api/v1/auth/login` and refresh at `POST /api/v1/auth/refresh`, which are no grants of OAuth.",
    mend: [
      "Send `grant_type=client_credentials`.",
      "Tell your library so: many begin with the grants `authorization_code` or `password`, which this server does not list in its metadata.",
    ],
    answeredBy: TOKEN_ENDPOINT,
    detail: "This endpoint knows client_credentials alone.",
  },
  invalid_scope: {
    sentence: "The scope names something that the client may not do, or is not well-formed.",
    definedIn: "RFC 6749, 5.2",
    what: "No token was given.",
    why: "A scope narrows what the client may do. What it may not do, or what does not exist, is refused rather than left out: a program would otherwise find out in the middle of its work. `error_description` names what was too much.",
    mend: [
      "Send names of permissions with one space between them: `scope=organization:read tokens:read`.",
      "Leave `scope` out, and the answer's `scope` says all that the client may do.",
      "If it should be able to, its role lacks the permission.",
    ],
    answeredBy: TOKEN_ENDPOINT,
    screen: "roles",
    detail: "The client may not do members:write.",
  },
  invalid_target: {
    sentence: "Access tokens are not made for that resource.",
    definedIn: "RFC 8707, 2",
    what: "No token was given: `resource` names an API that this server does not know.",
    why: "An access token says for which API it is, and only that one may take it. Those that can be named are this API and what the setting `ACCESS_TOKEN_AUDIENCES` lists.",
    mend: [
      "Leave `resource` out for a token for this API.",
      "Compare it letter by letter with the setting; a slash at the end counts.",
      "Whoever runs this server adds an API to `ACCESS_TOKEN_AUDIENCES`.",
    ],
    answeredBy: TOKEN_ENDPOINT,
  },
  temporarily_unavailable: {
    sentence: "The server cannot answer now. Try again in a moment.",
    definedIn: "RFC 6749, 4.1.2.1",
    what: "No token was given, and nothing was said about the client: it is as good as before.",
    why: "The database does not answer, or more calls came than may come within a minute.",
    mend: [
      "Try again after the seconds in `Retry-After`, and let the pauses grow.",
      "Keep an access token until it expires rather than getting one for each call: it lives for an hour.",
    ],
    answeredBy: OAUTH_ENDPOINTS,
  },
  server_error: {
    sentence: "Something failed on our side.",
    definedIn: "RFC 6749, 4.1.2.1",
    what: "Something failed that should not. No token was given.",
    why: "A mistake of ours or of what we stand on. What went wrong is in the server's log, and never in an answer.",
    mend: ["Try again once.", "If it stays, give the `request_id` of the answer to whoever runs this server."],
    answeredBy: OAUTH_ENDPOINTS,
  },
} as const satisfies Record<OAuthErrorCode, OAuthText>;
