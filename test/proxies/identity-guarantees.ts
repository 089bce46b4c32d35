import { describe, expect, it } from "vitest";
import { ALICE, type ProxyUnderTest } from "./proxy-under-test";
import { keepAlive, request, send } from "./raw-client";
import { DISGUISES } from "./spoofing";
import { IDENTITY, identityOf, letIn, refuse } from "./stub-gate";

/** Whose identity reaches the API. */
export function identityGuarantees(t: ProxyUnderTest): void {
  describe("an identity that the client makes up", () => {
    it.each(DISGUISES)(
      "$disguise never reaches the API",
      async ({ line = "POST /events HTTP/1.1", lines, body, connection }) => {
        const answer = await send(t.port, line, [ALICE, ...lines], {
          body: body ?? "",
          connection: connection ?? "close",
        });
        if (answer.status === 200) expect(t.api.arrivals).toHaveLength(1);
        else expect(t.api.arrivals).toEqual([]);
        t.expectIdentity();
      },
    );

    it("is gone where the gate has nothing to say under that name", async () => {
      t.gate.behave = (asked, response) => {
        const identity = {
          ...identityOf(asked.headers.authorization),
          "X-Latchkey-Groups": "",
          "X-Latchkey-Permissions": "",
          "X-Latchkey-Audience": "",
        };
        response.writeHead(200, { ...identity, "Content-Length": 0 }).end();
      };
      const lines = IDENTITY.map((name) => `${name}: evil`);
      expect((await send(t.port, "GET /events HTTP/1.1", [ALICE, ...lines])).status).toBe(200);
      expect(JSON.stringify(t.api.arrivals)).not.toContain("evil");
      const groups = t.api.arrivals[0]?.headers.find(([line]) => line === "x-latchkey-groups")?.[1] ?? "";
      expect(groups).toBe("");
    });

    it("is of no use without a token: the gate says 401, whatever the client says of itself", async () => {
      t.gate.behave = (asked, response) =>
        asked.headers.authorization
          ? letIn(asked, response)
          : refuse(401, "missing_token", { "WWW-Authenticate": "Bearer" })(asked, response);
      const lines = IDENTITY.map((name) => `${name}: evil`);
      expect((await send(t.port, "GET /events HTTP/1.1", lines)).status).toBe(401);
      expect(t.api.arrivals).toEqual([]);
    });
  });

  describe("callers side by side", () => {
    it("never get each other's identity, through connections that they share", async () => {
      const connections = await Promise.all(Array.from({ length: 4 }, () => keepAlive(t.port)));
      await Promise.all(
        connections.map(async (connection, at) => {
          for (let call = 0; call < 50; call++) {
            const who = (call + at) % 2 === 0 ? "alice" : "bob";
            const answer = await connection.send(request("GET /events HTTP/1.1", [`Authorization: Bearer ${who}`]));
            expect(JSON.parse(answer.body)).toMatchObject({ token: `id-of-${who}`, role: `role-of-${who}` });
          }
          connection.close();
        }),
      );
      expect(t.gate.asked).toHaveLength(200);
      expect(t.api.arrivals).toHaveLength(200);
    });

    it("never get each other's identity in requests sent in one breath", async () => {
      const connection = await keepAlive(t.port);
      const calls = ["alice", "bob", "alice", "carol"];
      const bytes = calls.map((who) => request("GET /events HTTP/1.1", [`Authorization: Bearer ${who}`])).join("");
      const first = await connection.send(bytes);
      const answers = [first];
      while (answers.length < calls.length) answers.push(await connection.next());
      expect(answers.map(({ body }) => JSON.parse(body).token)).toEqual(calls.map((who) => `id-of-${who}`));
      connection.close();
    });

    it("are refused from the moment the gate refuses, on a connection that was let in before", async () => {
      const connection = await keepAlive(t.port);
      expect((await connection.send(request("GET /events HTTP/1.1", [ALICE]))).status).toBe(200);
      t.gate.behave = refuse(401, "invalid_token", { "WWW-Authenticate": "Bearer" });
      expect((await connection.send(request("GET /events HTTP/1.1", [ALICE]))).status).toBe(401);
      expect(t.api.arrivals).toHaveLength(1);
      connection.close();
    });
  });
}
