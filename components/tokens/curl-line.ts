/** A first call, ready to paste into a shell. `token` may also be a variable. */
export const curlLine = (apiUrl: string, token: string) =>
  `curl ${apiUrl}/api/v1/me \\\n  -H "Authorization: Bearer ${token}"`;

/**
 * The same for a client: its credentials exchanged for an access token, and a call with that. Both may be variables. Where
 * the exchange is refused, curl says so and nothing is called: what came instead is no token.
 */
export const exchangeLines = (apiUrl: string, client: { id: string; secret: string }) =>
  [
    "LATCHKEY_ACCESS_TOKEN=$(curl -sSf \\",
    `  ${apiUrl}/api/v1/oauth/token \\`,
    `  -u "${client.id}:${client.secret}" \\`,
    "  -d grant_type=client_credentials |",
    `  sed -n 's/.*"access_token":"\\([^"]*\\)".*/\\1/p')`,
    '[ -n "$LATCHKEY_ACCESS_TOKEN" ] &&',
    curlLine(apiUrl, "$LATCHKEY_ACCESS_TOKEN"),
  ].join("\n");

/** What a token's page and its dialog show to paste, with its secret or the variable that stands for it. */
export const firstCall = (apiUrl: string, token: { kind: string; id: string }, secret: string | null) =>
  token.kind === "cls"
    ? exchangeLines(apiUrl, { id: token.id, secret: secret ?? "$LATCHKEY_CLIENT_SECRET" })
    : curlLine(apiUrl, secret ?? "$LATCHKEY_TOKEN");
