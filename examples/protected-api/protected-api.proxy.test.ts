import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "@/scripts/launcher/embedded-postgres";
import { header, send } from "@/test/proxies/raw-client";
import { findProxy } from "@/test/proxies/start-proxy";
import { IDENTITY, identityOf, refuse, StubGate } from "@/test/proxies/stub-gate";
import { PROXIES } from "./recipe";

const START = ["--import", "tsx", "examples/protected-api/start.ts"];
const ALICE = "Authorization: Bearer alice";

/** Starts the example as `npm run example` does, and waits until it says that it is ready or ends. */
async function startExample(env: Record<string, string>): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, START, {
    env: { ...process.env, ...env } as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  await new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        if (/^ready at/m.test(said)) resolve();
      });
    }
    child.once("close", () => resolve());
  });
  return { child, said };
}

describe.each(PROXIES)("the example behind %s", async (name) => {
  const tool = await findProxy(name);

  describe.skipIf(tool === null)("started with one command", () => {
    let gate: StubGate;
    let child: ChildProcess;
    let ports: { proxy: number; api: number };
    let said: string;

    beforeAll(async () => {
      if (!tool) return;
      gate = await StubGate.start();
      ports = { proxy: await freePort(), api: await freePort() };
      ({ child, said } = await startExample({
        ...tool.env,
        PROXY: name,
        PATH: `${dirname(tool.path)}:${process.env.PATH}`,
        GATE_PORT: String(gate.port),
        PROXY_PORT: String(ports.proxy),
        PROXY_INNER_PORT: String(await freePort()),
        API_PORT: String(ports.api),
      }));
    });
    afterAll(async () => {
      if (child && child.exitCode === null && child.signalCode === null) {
        const gone = once(child, "exit");
        child.kill("SIGTERM");
        await gone;
      }
      await gate?.refuseConnections();
    });
    beforeEach(async () => {
      await gate.reset();
      gate.behave = (asked, response) => {
        const identity = identityOf(asked.headers.authorization);
        const permissions = identity["X-Latchkey-Token"].includes("alice") ? "events:read events:write" : "events:read";
        response.writeHead(200, { ...identity, "X-Latchkey-Permissions": permissions, "Content-Length": 0 }).end();
      };
    });

    it("says where it is and what stands before it", () => {
      expect(said).toContain(`ready at http://127.0.0.1:${ports.proxy}/events, with ${name} before the API`);
    });

    it("records an event under the name of the token, and shows it to the same organization alone", async () => {
      const body = JSON.stringify({ name: "order.placed" });
      const lines = [ALICE, "Content-Type: application/json", `Content-Length: ${body.length}`];
      const made = await send(ports.proxy, "POST /events HTTP/1.1", lines, { body });
      expect(made.status).toBe(201);
      expect(JSON.parse(made.body)).toMatchObject({
        name: "order.placed",
        token: "id-of-alice",
        member: "member-of-alice",
      });
      const seen = await send(ports.proxy, "GET /events HTTP/1.1", [ALICE]);
      expect(seen.body).toContain("order.placed");
      const others = await send(ports.proxy, "GET /events HTTP/1.1", ["Authorization: Bearer bob"]);
      expect(others.status).toBe(200);
      expect(others.body).not.toContain("order.placed");
    });

    it("asks for the permission of what a call does, though the proxy has asked for that of its method", async () => {
      const lines = ["Authorization: Bearer bob", "Content-Length: 2"];
      const answer = await send(ports.proxy, "POST /events HTTP/1.1", lines, { body: "{}" });
      expect(answer.status).toBe(403);
      expect(answer.body).toContain("This needs events:write.");
    });

    it("is not reached by whom the gate refuses", async () => {
      gate.behave = refuse(401, "invalid_token", { "WWW-Authenticate": "Bearer" });
      const answer = await send(ports.proxy, "GET /events HTTP/1.1", [ALICE]);
      expect([answer.status, header(answer, "www-authenticate")]).toEqual([401, "Bearer"]);
    });

    it("refuses whoever comes past the proxy without an identity, with half of one, or with one twice", async () => {
      const whole = IDENTITY.map((line) => `${line}: x`);
      const attempts = [
        [],
        [ALICE],
        whole.slice(1),
        whole.filter((line) => !line.startsWith("x-latchkey-role")),
        [...whole, "X-Latchkey-Token: y"],
        [...whole, "X_Latchkey_Token: y"],
        whole.map((line) => line.replaceAll("-", "_")),
      ];
      for (const lines of attempts) {
        const answer = await send(ports.api, "GET /events HTTP/1.1", lines);
        expect(answer.status).toBe(403);
        expect(answer.body).toContain("through its proxy");
      }
    });

    it("ends with everything it started", async () => {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      expect(await gone).toEqual([0, null]);
      for (const port of [ports.proxy, ports.api]) await expect(send(port, "GET /events HTTP/1.1")).rejects.toThrow();
    });
  });
});

it("the example says what to install where there is no proxy", async () => {
  const { child, said } = await startExample({ PROXY: "none-of-them" });
  expect(said).toContain("No proxy is installed");
  expect(child.exitCode).toBe(1);
});

it("the example says what to start where no gate answers", async () => {
  const tool = await findProxy("nginx");
  const { said } = await startExample({
    PROXY: "nginx",
    PATH: `${dirname(tool?.path ?? "/")}:${process.env.PATH}`,
    GATE_PORT: String(await freePort()),
  });
  expect(said).toContain(tool ? "npm start" : "No proxy is installed");
});
