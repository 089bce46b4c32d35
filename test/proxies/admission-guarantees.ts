import { describe, expect, it } from "vitest";
import { gateOutcomes, passedRefusals } from "./gate-outcomes";
import { ALICE, type ProxyUnderTest } from "./proxy-under-test";
import { header, keepAlive, request, send } from "./raw-client";
import { identityOf, refuse } from "./stub-gate";

const TEN_MEGABYTES = 10 * 1024 * 1024;

/** Who gets through, and what becomes of everybody else. */
export function admissionGuarantees(t: ProxyUnderTest): void {
  describe("a call that the gate lets in", () => {
    it("reaches the API with the identity from the gate, and without the secret", async () => {
      const answer = await send(t.port, "GET /events/7?sort=name HTTP/1.1", [ALICE]);
      expect(answer).toMatchObject({ status: 200, body: expect.stringContaining("id-of-alice") });
      expect(t.api.arrivals).toMatchObject([{ method: "GET", url: "/events/7?sort=name" }]);
      t.expectIdentity();
      expect(JSON.stringify(t.api.arrivals)).not.toContain("Bearer");
    });

    it("tells the caller how many calls are left, beside the API's answer", async () => {
      const answer = await send(t.port, "GET /events HTTP/1.1", [ALICE]);
      expect(header(answer, "ratelimit")).toBe(`"token";r=4;t=30`);
      expect(header(answer, "ratelimit-policy")).toBe(`"token";q=5;w=60`);
    });

    it("gets the API's own 401, 403, 429 and 503 as the API says them", async () => {
      for (const status of [401, 403, 429, 503]) {
        t.api.behave = (_request, response) =>
          void response.writeHead(status, { "X-From": "api" }).end("the API says no");
        const answer = await send(t.port, "GET /events HTTP/1.1", [ALICE]);
        expect(answer.status).toBe(status);
        expect(header(answer, "x-from")).toBe("api");
        expect(answer.body).toContain("the API says no");
      }
    });

    it("gets 502 or 503 while the API is away, and is served again afterwards", async () => {
      await t.api.refuseConnections();
      const answer = await send(t.port, "GET /events HTTP/1.1", [ALICE]);
      expect([502, 503]).toContain(answer.status);
      await t.api.listen();
      expect((await send(t.port, "GET /events HTTP/1.1", [ALICE])).status).toBe(200);
    });
  });

  describe("what the gate is asked", () => {
    it.each([
      ["GET", "events:read"],
      ["HEAD", "events:read"],
      ["POST", "events:write"],
      ["PUT", "events:write"],
      ["PATCH", "events:write"],
      ["DELETE", "events:write"],
      ["OPTIONS", "events:write"],
      ["PROPFIND", "events:write"],
    ])("%s needs %s", async (method, permission) => {
      await send(t.port, `${method} /events/7?a=b HTTP/1.1`, [ALICE, "Content-Length: 0"]);
      expect(t.gate.asked).toMatchObject([{ method: "GET", url: `/verify?permission=${permission}`, bodyBytes: 0 }]);
      const asked = Object.fromEntries(t.gate.asked[0]?.headers ?? []);
      expect(asked).toMatchObject({
        authorization: "Bearer alice",
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-method": method,
        "x-forwarded-uri": "/events/7?a=b",
      });
      t.expectIdentity();
    });

    it("holds nothing that the client says in the proxy's place", async () => {
      await send(t.port, "GET /events?permission=any HTTP/1.1", [
        ALICE,
        "X-Forwarded-For: 6.6.6.6",
        "X-Forwarded-For: 7.7.7.7",
        "X-Real-IP: 6.6.6.6",
        "Forwarded: for=6.6.6.6",
        "X-Forwarded-Method: HEAD",
        "X-Forwarded-Uri: /evil",
        "X-Original-URI: /evil",
        "X-Original-URL: /evil",
        "X-HTTP-Method-Override: DELETE",
      ]);
      expect(t.gate.asked).toMatchObject([{ url: "/verify?permission=events:read" }]);
      const lines = t.gate.asked[0]?.headers ?? [];
      const said = (line: string) => lines.filter(([known]) => known === line).map(([, value]) => value);
      expect(said("x-forwarded-for")).toEqual(["127.0.0.1"]);
      expect(said("x-forwarded-method")).toEqual(["GET"]);
      expect(said("x-forwarded-uri")).toEqual(["/events?permission=any"]);
      expect([...said("x-original-uri"), ...said("x-original-url"), ...said("forwarded")]).toEqual([]);
      expect(JSON.stringify(t.api.arrivals)).not.toMatch(/method-override/i);
    });

    it("is never answered by half of two credentials: the gate sees both, or the proxy refuses them", async () => {
      const answer = await send(t.port, "GET /events HTTP/1.1", [ALICE, "Authorization: Bearer bob"]);
      const seen = t.gate.asked.map(({ headers }) =>
        headers.filter(([line]) => line === "authorization").map(([, v]) => v),
      );
      if (answer.status === 400) expect(seen).toEqual([]);
      else expect(seen.flat().join()).toBe("Bearer alice,Bearer bob");
    });

    it("holds no body, and 10 MB go to the API as they come", async () => {
      const first = Buffer.alloc(TEN_MEGABYTES / 2, "a").toString();
      const reached = new Promise<void>((resolve) => {
        t.api.onHead = resolve;
      });
      const connection = await keepAlive(t.port);
      const answer = connection.send(
        request("POST /events HTTP/1.1", [ALICE, `Content-Length: ${TEN_MEGABYTES}`], first),
      );
      // The second half leaves only when the API has the head: nothing on the way waits for the whole.
      await reached;
      connection.write(first);
      expect(await answer).toMatchObject({
        status: 200,
        body: expect.stringContaining(`"bodyBytes":${TEN_MEGABYTES}`),
      });
      expect(t.gate.asked.map(({ bodyBytes }) => bodyBytes)).toEqual([0]);
      connection.close();
    });
  });

  describe("a refusal of the gate", () => {
    it.each(passedRefusals)("$status reaches the caller with what to do about it, and not the API", async (refusal) => {
      t.gate.behave = refuse(refusal.status, refusal.code, refusal.headers);
      const answer = await send(t.port, "GET /events HTTP/1.1", [ALICE]);
      expect(answer.status).toBe(refusal.status);
      for (const [line, value] of Object.entries(refusal.headers)) {
        expect(answer.headers.filter(([known]) => known === line.toLowerCase())).toEqual([[line.toLowerCase(), value]]);
      }
      expect(header(answer, "content-type")).toBe("application/problem+json");
      expect(header(answer, "cache-control")).toBe("no-store");
      expect(header(answer, "x-request-id")).toBe("request-1");
      const problem = JSON.parse(answer.body) as { status: number; code?: string };
      expect(problem.status).toBe(refusal.status);
      expect(problem.code).toBe(t.differs.ownBodies ? undefined : refusal.code);
      expect(t.api.arrivals).toEqual([]);
    });

    it("refuses a call with a body without having read the body", async () => {
      t.gate.behave = refuse(401, "invalid_token", { "WWW-Authenticate": "Bearer" });
      const connection = await keepAlive(t.port);
      const answer = await connection.send(
        request("POST /events HTTP/1.1", [ALICE, "Content-Length: 5000000"], "half"),
      );
      expect(answer.status).toBe(401);
      expect(t.api.arrivals).toEqual([]);
      connection.close();
    });
  });

  describe("no answer to a credential", () => {
    it.each(gateOutcomes)("$outcome: 503, nothing reaches the API, and the next call is served", async ({ play }) => {
      await play(t.gate);
      const answer = await send(t.port, "GET /events HTTP/1.1", [ALICE, "X-Latchkey-Token: evil"]);
      expect(answer.status).toBe(503);
      expect(header(answer, "location")).toBeUndefined();
      expect(header(answer, "set-cookie")).toBeUndefined();
      expect(header(answer, "content-type")).toBe("application/problem+json");
      expect(t.api.arrivals).toEqual([]);
      await t.gate.reset();
      expect((await send(t.port, "GET /events HTTP/1.1", [ALICE])).status).toBe(200);
      t.expectIdentity();
    });

    it("stays a refusal with a body of megabytes, whose length nobody says", async () => {
      t.gate.behave = (_request, response) => {
        response.writeHead(401, { "Content-Type": "application/problem+json", "WWW-Authenticate": "Bearer" });
        response.end(Buffer.alloc(5 * 1024 * 1024, "x"));
      };
      expect([401, 503]).toContain((await send(t.port, "GET /events HTTP/1.1", [ALICE])).status);
      expect(t.api.arrivals).toEqual([]);
    });

    it("takes nothing that the gate sends after an answer for the answer to the next call", async () => {
      const more = Object.entries(identityOf("Bearer evil"))
        .map(([line, value]) => `${line}: ${value}\r\n`)
        .join("");
      t.gate.behave = (asked) => {
        const no = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n";
        asked.socket.write(`${no}HTTP/1.1 200 OK\r\nContent-Length: 0\r\n${more}\r\n`);
      };
      const connection = await keepAlive(t.port);
      for (let call = 0; call < 5; call++) {
        expect([401, 503]).toContain((await connection.send(request("GET /events HTTP/1.1", [ALICE]))).status);
      }
      connection.close();
      expect(t.api.arrivals).toEqual([]);
      // Its connections are of no more use.
      await t.gate.refuseConnections();
    });
  });
}
