import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { requestIdFrom } from "./request-id";

const home = globalThis as { latchkeyRequestsPrepared?: true };

/** By which Next's own router asks for parts of pages. A program that sends one would get an answer that no route gave. */
const OF_PAGES = /^(?:rsc|next-|x-nextjs-|x-middleware-|x-invoke-|x-matched-path$|x-now-route-matches$|x-prerender-)/;

/**
 * Has each request carry its id before anybody answers it, so that what Next answers by itself (an address with a slash at
 * its end, a method that it does not know) says it too; and lets those of programs reach their route, or none, as they are.
 */
export function prepareRequests(): void {
  if (home.latchkeyRequestsPrepared) return;
  home.latchkeyRequestsPrepared = true;
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const given = request.headers["x-request-id"];
    const requestId = requestIdFrom(typeof given === "string" ? given : null);
    request.headers["x-request-id"] = requestId;
    response.setHeader("X-Request-Id", requestId);
    // Next fails on it, as the request of a browser can have no such method, and refuses whatever else it does not know.
    if (request.method === "TRACE") request.method = "PROPFIND";
    if (!/^\/(?:api|\.well-known)\//.test(request.url ?? "")) return;
    for (const name of Object.keys(request.headers)) if (OF_PAGES.test(name)) delete request.headers[name];
    request.url = readable(request.url ?? "");
  });
}

/** An address whose path nobody can decode is that of nothing, and no failure: its percent signs stand for themselves. */
function readable(url: string): string {
  if (!url.includes("%")) return url;
  const [path = "", ...search] = url.split("?");
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return [path.replaceAll("%", "%25"), ...search].join("?");
  }
}
