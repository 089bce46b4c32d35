/** What a script in a browser may read of an answer. */
const EXPOSED_HEADERS =
  "ETag, Idempotency-Replayed, Latchkey-Token-Expires, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id";

/** What it may send. Cookies are none of it: `Access-Control-Allow-Credentials` is never said. */
const ALLOWED_HEADERS = "Authorization, Content-Type, Idempotency-Key, If-None-Match, X-Request-Id";

/** Seconds for which a browser may remember the answer to its question. What is answered after that decides anyway. */
const MAX_AGE = "600";

/** What an answer says to a script of `origin`, which is a listed one (Fetch, 3.2). */
export const crossOriginHeaders = (origin: string): Record<string, string> => ({
  "Access-Control-Allow-Origin": origin,
  "Access-Control-Expose-Headers": EXPOSED_HEADERS,
});

/** Takes back what `crossOriginHeaders` said: the caller's own organization does not list the origin. */
export function withoutCrossOrigin(headers: Record<string, string>): void {
  delete headers["Access-Control-Allow-Origin"];
  delete headers["Access-Control-Expose-Headers"];
}

/** What the answer to a browser's question before the request says beside that; `allow` are the methods of the address. */
export const preflightHeaders = (allow: string): Record<string, string> => ({
  "Access-Control-Allow-Methods": allow,
  "Access-Control-Allow-Headers": ALLOWED_HEADERS,
  "Access-Control-Max-Age": MAX_AGE,
});
