/** A first call, ready to paste into a shell. `token` may also be a variable. */
export const curlLine = (apiUrl: string, token: string) =>
  `curl ${apiUrl}/api/v1/me \\\n  -H "Authorization: Bearer ${token}"`;
