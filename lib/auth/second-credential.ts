import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

const home = globalThis as { latchkeySecondCredentialsKept?: true };

/**
 * Lets a request that came with two Authorization headers show both. Node keeps the first alone, where a proxy in front
 * may have judged by the last.
 */
export function keepSecondCredentials(): void {
  if (home.latchkeySecondCredentialsKept) return;
  home.latchkeySecondCredentialsKept = true;
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    const sent = authorizations(request.rawHeaders);
    if (sent.length > 1) request.headers.authorization = sent.join(", ");
  });
}

/** Raw headers are names and values in turn. */
function authorizations(raw: string[]): string[] {
  const values: string[] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at];
    if (name?.length === 13 && name.toLowerCase() === "authorization") values.push(raw[at + 1] ?? "");
  }
  return values;
}
