import type { ProblemTexts } from "./problem-text";

const WITH_TOKEN = "Every endpoint that takes a token, and the gate.";

/** Who calls is not known, or may not call. */
export const CREDENTIAL_TEXTS = {
  token_in_query: {
    what: "A token was sent as a part of the address. The request was refused before the token was looked at, and the token was kept out of our log.",
    why: "Addresses are kept by browsers, proxies, load balancers and whoever they tell where somebody came from. A token that once stood in one has to count as known to others.",
    mend: [
      "Rotate that token or delete it: other logs on the way may hold it.",
      'Send tokens in the header only: `-H "Authorization: Bearer $LATCHKEY_TOKEN"`.',
    ],
    answeredBy: WITH_TOKEN,
    screen: "tokens",
  },
  two_credentials: {
    what: "The request carried more than one credential, and none of them was used.",
    why: "With two it is not clear who calls, and two programs on the way might answer that differently. That holds for a second `Authorization` header, for two values in one, and for a client that sends its secret in the header and in the form.",
    mend: [
      "Look for a proxy, a library's default or a `.netrc` file that adds a header of its own.",
      "Send one header with one token, or a client's ID and secret in one of the two ways.",
    ],
    answeredBy: WITH_TOKEN,
  },
  missing_token: {
    what: "The request came without a token, so nobody was asked whether it may.",
    why: "Nothing stood in `Authorization`, or something that does not begin with `Bearer` or `APIKey`. Cookies of the console mean nothing to the API.",
    mend: [
      'Send `Authorization: Bearer lk_pat_…`. In a shell, `test -n "$LATCHKEY_TOKEN" && echo set` tells whether the variable is there.',
      "Let a redirect not swallow it: most clients drop the header when they are led to another host.",
      "Behind a proxy of your own, see that it hands `Authorization` on.",
    ],
    answeredBy: WITH_TOKEN,
    screen: "tokens",
  },
  invalid_token: {
    what: "The token does not work. Nothing more is said on purpose: wrong, unknown, expired, deleted and revoked ones all get this very answer.",
    why: "Whoever tries tokens must not learn which of them once existed. The people of the organization can see more than the caller is told.",
    mend: [
      "Ask who the token belongs to: its line in the console shows whether it is active, and its page when it was last used.",
      "See that the whole token arrives: without quotes, spaces or a line break at its end. A checksum at its end tells a token that was cut off from a wrong one, but the answer does not.",
      "An access token lives for an hour: exchange the client's ID and secret again, or refresh the login.",
      "An access token is for one API: for this one it is exchanged without `resource`, for another with that API's name. A proxy may ask for one of them in particular.",
      "If many access tokens stopped at once, the key that signed them may have been retired: new ones are signed with another.",
      "Members with the request id can read the reason under *Explain a refused call*.",
    ],
    answeredBy: WITH_TOKEN,
    screen: "refusals",
  },
  client_secret_not_accepted: {
    what: "What was sent is a client secret, and one that works. It opens nothing by itself.",
    why: "A client secret lives long and is meant for one place: the token endpoint, which gives an access token of one hour for it. Calls carry that, so a secret does not travel with each of them.",
    mend: [
      "Exchange it: `POST /api/v1/oauth/token` with `grant_type=client_credentials`, the client ID and the secret. The guide shows it from create to the first call.",
      "Send the `access_token` from the answer as `Bearer`.",
    ],
    answeredBy: WITH_TOKEN,
    screen: "tokens",
  },
  not_an_api_token: {
    what: "Nothing was done. The call is about the token that makes it, and came with an access token that a person signed in for.",
    why: "Such an access token stands for a person's sign-in and not for a token of the list: it has no secret to rotate and nothing to delete.",
    mend: [
      "Sign out with `POST /api/v1/auth/logout`, which ends the sign-in and every access token of it.",
      "To rotate or delete a token of yours, name it: `POST /api/v1/tokens/{id}/rotate`, `DELETE /api/v1/tokens/{id}`.",
    ],
    answeredBy: "The endpoints below `/api/v1/tokens/self`.",
    screen: "tokens",
  },
  not_by_access_token: {
    what: "Nothing was done. The call asks a client to change its own secrets, and came with an access token of the client.",
    why: "A token rotates itself because whoever sends its secret has it already. An access token is another matter: it lives for an hour, may do less than the client, and may be in the hands of somebody who never saw the secret. It must not become one that lasts.",
    mend: [
      "Let a person rotate the client, on its page in the console.",
      "A program exchanges the client secret for an access token with all that the client may do, `tokens:manage` among it, and names the client: `POST /api/v1/tokens/{id}/rotate`. `GET /api/v1/me` has the id.",
      "To end the access token, and nothing else, send it to `DELETE /api/v1/tokens/self`.",
    ],
    answeredBy: "The endpoints below `/api/v1/tokens/self` that change secrets.",
    screen: "tokens",
  },
  insufficient_scope: {
    what: "The token works, but what it may do does not include this. Nothing was done.",
    why: "What a token may do is worked out anew for each call: what its role, or the scope of its access token, allows, and never more than its issuer may do at this moment. `detail` names the permission that was needed.",
    mend: [
      "Ask `GET /api/v1/me` for `permissions`: what the token may do now.",
      "If the role lacks it, use a token with another role; the role of a token stays as it was made. An administrator can also add the permission to the role itself.",
      "If the role has it, the issuer does not: their role was lowered after the token was made.",
      "Of an access token, ask for more with `scope`, or leave `scope` out for everything the client may do.",
    ],
    answeredBy: "Every endpoint that needs a permission, and the gate.",
    screen: "roles",
    detail: "This needs the permission members:read.",
  },
  address_not_allowed: {
    what: "The token works, but not from the address that this call came from.",
    why: "The policy of the organization, or whoever made the token, says from which networks it may be used. `detail` has the address that was seen. The call counted toward no limit.",
    mend: [
      "If the address is right, have it added to the networks of the token or of the policy.",
      "If it is the address of a proxy of yours, the server does not know that it stands behind one: `TRUSTED_PROXIES`, or `GATE_TRUSTED_PROXIES` for the gate, has to say how many there are.",
      "If it is none that you know, somebody else has the token. Delete it.",
    ],
    answeredBy: WITH_TOKEN,
    screen: "policy",
    detail: "This call came from 203.0.113.7.",
  },
  too_many_misses: {
    what: "From this address came so many credentials that do not work that the next ones are not looked up for a while.",
    why: "Each unknown token costs a look-up, and guessing must not be cheap. Only look-ups in vain are counted, so a program with a good token and an address of its own never meets this.",
    mend: [
      "Wait for the seconds in `Retry-After`.",
      "Find the program that goes on trying with a token that was deleted or has expired, and give it a new one.",
      "If all your programs share an address with it, that address is a proxy's: set `TRUSTED_PROXIES`.",
    ],
    answeredBy: WITH_TOKEN,
  },
  rate_limited: {
    what: "More calls came than may come in 60 seconds. This one was not answered and used nothing up.",
    why: "The policy of the organization may limit the calls of each token, and of all its tokens together. `detail` says which of the two it was, and `RateLimit` in every answer how many are left.",
    mend: [
      "Wait for the seconds in `Retry-After`, then go on; adding a little that is random keeps many programs from coming back at once.",
      "Slow down before it comes to this: `RateLimit` has `r`, the calls that are left, and `t`, the seconds until there are more.",
      "Read whole pages with `limit=100` rather than single things, and ask with `If-None-Match` where a list seldom changes.",
      "An administrator can raise the limit.",
    ],
    answeredBy: WITH_TOKEN,
    screen: "policy",
    detail: "This token may make 600 calls a minute.",
  },
} as const satisfies ProblemTexts;
