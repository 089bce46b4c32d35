/**
 * What an OAuth endpoint refuses with (RFC 6749, 5.2; RFC 8707, 2), each answered by an endpoint of the reference.
 * `temporarily_unavailable` and `server_error` are those of RFC 6749, 4.1.2.1: 5.2 has none for a server that cannot answer.
 */
export const OAUTH_ERRORS = {
  invalid_request: 400,
  invalid_client: 401,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  invalid_target: 400,
  temporarily_unavailable: 503,
  server_error: 500,
} as const;

export type OAuthErrorCode = keyof typeof OAUTH_ERRORS;

/** Statuses that an error comes with: a form that is too large and too many calls have their own. */
export const statusesOf = (error: OAuthErrorCode): readonly number[] =>
  error === "invalid_request" ? [400, 413] : error === "temporarily_unavailable" ? [429, 503] : [OAUTH_ERRORS[error]];
