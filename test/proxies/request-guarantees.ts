import { describe, expect, it } from "vitest";
import { ALICE, type ProxyUnderTest } from "./proxy-under-test";
import { keepAlive, request, send, sendHttp2 } from "./raw-client";
import { ODD_ADDRESSES } from "./spoofing";
import { refuse } from "./stub-gate";

/** Addresses and kinds of requests that could find another way. */
export function requestGuarantees(t: ProxyUnderTest): void {
  describe("an address that could be read in two ways", () => {
    it.each(ODD_ADDRESSES)("%s does not get around the gate", async (target) => {
      t.gate.behave = refuse(401, "invalid_token", { "WWW-Authenticate": "Bearer" });
      const answer = await send(t.port, `GET ${target} HTTP/1.1`, [ALICE]);
      expect([400, 401, 403, 404, 405]).toContain(answer.status);
      expect(t.api.arrivals).toEqual([]);
    });

    it("is refused where it could leave the addresses that a token was checked for", async () => {
      for (const target of [
        "/events/../admin",
        "/events/%2e%2e/admin",
        "/events//x",
        "/events/..;/admin",
        "/events/%2Fx",
      ]) {
        expect((await send(t.port, `GET ${target} HTTP/1.1`, [ALICE])).status).toBe(400);
      }
      expect(t.api.arrivals).toEqual([]);
    });

    it("may have all of that after the question mark", async () => {
      const target = "/events?next=//x/../y;z=%2e%2e%2f";
      expect((await send(t.port, `GET ${target} HTTP/1.1`, [ALICE])).status).toBe(200);
      expect(t.api.arrivals).toMatchObject([{ url: target }]);
    });
  });

  describe("other kinds of requests", () => {
    it("HEAD is checked as GET is, and answered without a body", async () => {
      const answer = await send(t.port, "HEAD /events HTTP/1.1", [ALICE]);
      expect(answer).toMatchObject({ status: 200, body: "" });
      expect(t.api.arrivals).toMatchObject([{ method: "HEAD" }]);
      t.expectIdentity();
    });

    it("HTTP/1.0 is checked as HTTP/1.1 is", async () => {
      expect((await send(t.port, "GET /events HTTP/1.0", [ALICE])).status).toBe(200);
      t.expectIdentity();
      t.gate.behave = refuse(401, "invalid_token", { "WWW-Authenticate": "Bearer" });
      expect((await send(t.port, "GET /events HTTP/1.0", [ALICE])).status).toBe(401);
      expect(t.api.arrivals).toHaveLength(1);
    });

    it("a browser's preflight has no token, and is refused as every call without one", async () => {
      t.gate.behave = refuse(401, "missing_token", { "WWW-Authenticate": "Bearer" });
      const preflight = ["Origin: https://app.test", "Access-Control-Request-Method: GET"];
      expect((await send(t.port, "OPTIONS /events HTTP/1.1", preflight)).status).toBe(401);
      expect(t.api.arrivals).toEqual([]);
    });

    it("a WebSocket is opened for whom the gate lets in, and carries both directions", async () => {
      const key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
      const upgrade = [ALICE, "Upgrade: websocket", "Sec-WebSocket-Version: 13", key, "X-Latchkey-Role: evil"];
      const listed = "Upgrade, X-Latchkey-Token";
      const connection = await keepAlive(t.port);
      const opened = await connection.send(request("GET /events/live HTTP/1.1", [`Connection: ${listed}`, ...upgrade]));
      expect(opened.status).toBe(101);
      t.expectIdentity();
      expect(await connection.echo("frames")).toBe("frames");
      connection.close();

      t.gate.behave = refuse(403, "insufficient_scope");
      const refused = await send(t.port, "GET /events/live HTTP/1.1", upgrade, { connection: listed });
      expect(refused.status).toBe(403);
      expect(t.api.arrivals).toHaveLength(1);
    });

    it("no other upgrade is passed on", async () => {
      const upgrade = ["Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA"];
      await send(t.port, "GET /events HTTP/1.1", [ALICE, ...upgrade], {
        connection: "Upgrade, HTTP2-Settings, close",
      });
      for (const { headers } of t.api.arrivals) expect(headers.map(([line]) => line)).not.toContain("upgrade");
      t.expectIdentity();
    });

    it("HTTP/2 without TLS, trailers included, is refused or checked as HTTP/1.1 is", async () => {
      await sendHttp2(t.port, {
        headers: { authorization: "Bearer alice", "x-latchkey-role": "evil", x_latchkey_token: "evil" },
        trailers: { "x-latchkey-token": "evil", "x-latchkey-groups": "evil" },
      });
      await sendHttp2(t.port, {
        headers: { authorization: "Bearer alice", "content-length": "3" },
        trailers: { "x-latchkey-token": "evil" },
      });
      t.expectIdentity();
      expect(t.gate.asked.length).toBeGreaterThanOrEqual(t.api.arrivals.length);
    });

    it("a body of unknown length is passed on, or refused with 411 where the proxy cannot see its end", async () => {
      const chunked = [ALICE, "Transfer-Encoding: chunked"];
      const answer = await send(t.port, "POST /events HTTP/1.1", chunked, { body: "3\r\nabc\r\n0\r\n\r\n" });
      expect(answer.status).toBe(t.differs.knownLengthOnly ? 411 : 200);
      expect(t.api.arrivals.map(({ bodyBytes }) => bodyBytes)).toEqual(t.differs.knownLengthOnly ? [] : [3]);
    });
  });

  it("answers 404 itself to what its configuration does not name", async () => {
    for (const target of ["/", "/admin", "/eventsx", "/verify", "/_latchkey"]) {
      expect((await send(t.port, `GET ${target} HTTP/1.1`, [ALICE])).status).toBe(404);
    }
    expect(t.gate.asked).toEqual([]);
    expect(t.api.arrivals).toEqual([]);
  });
}
