// SQLSTATE: 08 connection, 53 out of resources, 57P the server shuts down or starts, 57014 and 55P03 it took too long.
const AWAY_STATE = /^(?:08|53|57P0|57014$|55P03$)/;
const AWAY_CODES = new Set([
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
]);

/** Whether an exception says that the database cannot be reached now, however deeply it is wrapped. */
export function isDatabaseAway(error: unknown): boolean {
  for (let inner = error, depth = 0; inner instanceof Error && depth < 8; inner = inner.cause, depth += 1) {
    const { code } = inner as { code?: unknown };
    if (typeof code === "string" && (AWAY_CODES.has(code) || AWAY_STATE.test(code))) return true;
  }
  return false;
}
