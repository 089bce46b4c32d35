/** A first call, ready to paste into a shell. `token` may also be a variable. */
export const curlLine = (apiUrl: string, token: string) =>
  `curl ${apiUrl}/api/v1/me \\\n  -H "Authorization: Bearer ${token}"`;

/** The same for a client: its credentials exchanged for an access token, and a call with that. Both may be variables. */
export const exchangeLines = (apiUrl: string, client: { id: string; secret: string }) =>
  [
    `LATCHKEY_ACCESS_TOKEN=$(curl -s ${apiUrl}/api/v1/oauth/token \\`,
    `  -u "${client.id}:${client.secret}" \\`,
    "  -d grant_type=client_credentials |",
    `  sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    curlLine(apiUrl, "$LATCHKEY_ACCESS_TOKEN"),
  ].join("\n");

/** What a token's page and its dialog show to paste, with its secret or the variable that stands for it. */
export const firstCall = (apiUrl: string, token: { kind: string; id: string }, secret: string | null) =>
  token.kind === "cls"
    ? exchangeLines(apiUrl, { id: token.id, secret: secret ?? "$LATCHKEY_CLIENT_SECRET" })
    : curlLine(apiUrl, secret ?? "$LATCHKEY_TOKEN");
