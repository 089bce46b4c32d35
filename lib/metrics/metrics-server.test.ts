import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Registry } from "prom-client";
import { describe, expect, it, onTestFinished } from "vitest";
import { startMetricsServer } from "./metrics-server";
import { addGauge } from "./registered";

function registryOfOne(value = 7) {
  const registry = new Registry();
  addGauge(registry, { name: "latchkey_test", help: "One." }, () => value);
  return registry;
}

async function serve() {
  const server = startMetricsServer({ port: 0, host: "127.0.0.1", registry: registryOfOne() });
  onTestFinished(server.close);
  return (await server.listening).replace(/\/metrics$/, "");
}

describe("the server of metrics", () => {
  it("answers GET and HEAD of /metrics in the text format, and keeps it out of caches", async () => {
    const url = await serve();
    const answer = await fetch(`${url}/metrics`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.text()).toContain("# TYPE latchkey_test gauge\nlatchkey_test 7\n");
    expect((await fetch(`${url}/metrics`, { method: "HEAD" })).status).toBe(200);
  });

  it.each([
    ["GET", "/", 404],
    ["GET", "/api/v1/me", 404],
    ["GET", "/verify", 404],
    ["GET", "/metrics/", 404],
    ["GET", "//metrics", 404],
    ["POST", "/metrics", 405],
    ["DELETE", "/metrics", 405],
  ])("refuses %s %s", async (method, path, status) => {
    const answer = await fetch(`${await serve()}${path}`, { method });
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toContain("latchkey_");
  });

  it("says that its port is taken, goes on, and takes it once it is free", async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => {
      holder.listen(0, "127.0.0.1", resolve);
    });
    const { port } = holder.address() as AddressInfo;
    let told: (error: unknown) => void = () => {};
    const trouble = new Promise<unknown>((resolve) => {
      told = resolve;
    });
    const options = { port, host: "127.0.0.1", registry: registryOfOne(), againAfter: 1 };
    const server = startMetricsServer({ ...options, onTrouble: (error) => told(error) });
    onTestFinished(server.close);
    expect(await trouble).toMatchObject({ code: "EADDRINUSE", port });
    holder.close();
    expect(await server.listening).toBe(`http://127.0.0.1:${port}/metrics`);
    expect((await fetch(await server.listening)).status).toBe(200);
  });
});
