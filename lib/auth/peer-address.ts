import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** Set by this process on every request and overwritten where a client sends it. */
export const PEER_HEADER = "x-latchkey-peer";

const home = globalThis as { latchkeyPeersNoted?: true };

/**
 * Lets requests carry the address of their connection. Next hands no socket to pages and fills `X-Forwarded-For` only
 * where the client sent none, so that header alone proves nothing.
 */
export function notePeerAddresses(): void {
  if (home.latchkeyPeersNoted) return;
  home.latchkeyPeersNoted = true;
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "";
  });
}
