import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { requestIdFrom } from "./request-id";

const home = globalThis as { latchkeyRequestsNamed?: true };

/**
 * Gives each request its id before anybody answers it, so that what Next answers by itself (an address with a slash at its
 * end, a method that it does not know) carries one too.
 */
export function nameRequests(): void {
  if (home.latchkeyRequestsNamed) return;
  home.latchkeyRequestsNamed = true;
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const given = request.headers["x-request-id"];
    const requestId = requestIdFrom(typeof given === "string" ? given : null);
    request.headers["x-request-id"] = requestId;
    response.setHeader("X-Request-Id", requestId);
  });
}
