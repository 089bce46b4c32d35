import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prepareRequests } from "./prepare-requests";

interface Seen {
  method?: string;
  url?: string;
  headers: IncomingHttpHeaders;
}

/** Says what of a request reaches whoever answers it. */
const server = createServer((seen, response) => {
  response.end(JSON.stringify({ method: seen.method, url: seen.url, headers: seen.headers }));
});

beforeAll(async () => {
  prepareRequests();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());

function send(path: string, headers: Record<string, string | string[]> = {}, method = "GET") {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ seen: Seen; requestId: string | undefined }>((resolve, reject) => {
    const asking = request({ port, path, headers, method }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      answer.on("end", () =>
        resolve({ seen: JSON.parse(text), requestId: answer.headers["x-request-id"]?.toString() }),
      );
    });
    asking.on("error", reject);
    asking.end();
  });
}

describe("every request", () => {
  it("has its id before anybody answers it, the given one where it is one", async () => {
    for (const path of ["/api/v1/me", "/settings", "/no/such/thing"]) {
      const { seen, requestId } = await send(path);
      expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
      expect(seen.headers["x-request-id"]).toBe(requestId);
    }
    expect((await send("/api/v1/me", { "X-Request-Id": "trace-1234" })).requestId).toBe("trace-1234");
    for (const none of ["short", "with a space in it", "two,of-them-1", ["trace-1234", "trace-5678"]]) {
      const { seen, requestId } = await send("/api/v1/me", { "X-Request-Id": none });
      expect(requestId, String(none)).toMatch(/^[0-9a-f-]{36}$/);
      expect(seen.headers["x-request-id"]).toBe(requestId);
    }
  });

  it("reaches a route of the API without what Next's router asks of pages, and a page with it", async () => {
    const ofPages = {
      RSC: "1",
      "Next-Router-State-Tree": "x",
      "Next-Action": "x",
      "X-Middleware-Prefetch": "1",
      "X-Middleware-Subrequest": "x",
      "X-Nextjs-Data": "1",
      "X-Matched-Path": "/",
    };
    const others = { Authorization: "Bearer x", Next: "x", "If-None-Match": "x" };
    for (const path of ["/api/v1/me", "/.well-known/jwks.json"]) {
      const { seen } = await send(path, { ...ofPages, ...others });
      for (const name of Object.keys(ofPages)) expect(seen.headers[name.toLowerCase()], name).toBeUndefined();
      for (const name of Object.keys(others)) expect(seen.headers[name.toLowerCase()], name).toBeDefined();
    }
    const { seen } = await send("/settings", ofPages);
    for (const name of Object.keys(ofPages)) expect(seen.headers[name.toLowerCase()], name).toBeDefined();
  });

  it("has an address that can be decoded, the same where it could be", async () => {
    for (const path of ["/api/v1/tokens/%00?q=%", "/api/v1/tokens?q=%zz&q=%", "/api/v1/%f0%9f%94%91", "/settings/%zz"])
      expect((await send(path)).seen.url).toBe(path);
    for (const [path, seen] of [
      ["/api/v1/tokens/%0%30?q=%", "/api/v1/tokens/%250%2530?q=%"],
      ["/api/v1/%", "/api/v1/%25"],
      ["/api/v1/%ff?a=b?c=%41", "/api/v1/%25ff?a=b?c=%41"],
    ] as const)
      expect((await send(path)).seen.url).toBe(seen);
  });

  it("never reaches Next as TRACE, which it fails on", async () => {
    for (const path of ["/api/v1/me", "/settings"])
      expect((await send(path, {}, "TRACE")).seen.method).toBe("PROPFIND");
    for (const method of ["GET", "POST", "PATCH", "DELETE", "OPTIONS"])
      expect((await send("/api/v1/me", {}, method)).seen.method).toBe(method);
  });
});
