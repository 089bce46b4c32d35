import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NextRequest } from "next/server";
import { expect, it, onTestFinished } from "vitest";
import * as me from "@/app/api/v1/me/route";
import * as rotate from "@/app/api/v1/tokens/[id]/rotate/route";
import * as token from "@/app/api/v1/tokens/[id]/route";
import * as tokens from "@/app/api/v1/tokens/route";
import type { RouteMethod } from "@/lib/auth/answer-request";
import { openApiDocument } from "@/lib/http/openapi/document";
import { freePort } from "@/scripts/launcher/embedded-postgres";
import { serveApi } from "@/test/api";
import { makeWorld } from "@/test/world";

const ROUTES: [RegExp, Record<string, RouteMethod>][] = [
  [/^\/api\/v1\/me$/, { GET: me.GET }],
  [/^\/api\/v1\/tokens$/, { GET: tokens.GET, POST: tokens.POST }],
  [/^\/api\/v1\/tokens\/(?<id>\w+)$/, { GET: token.GET, PATCH: token.PATCH, DELETE: token.DELETE }],
  [/^\/api\/v1\/tokens\/(?<id>\w+)\/rotate$/, { POST: rotate.POST }],
];

/** The routes behind a socket; `spoil` changes what they say. */
async function serve(spoil: (text: string) => string): Promise<string> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "GET", url = "/", headers } = request;
    const { pathname } = new URL(url, "http://latchkey.example");
    const [pattern, methods] = ROUTES.find(([path]) => path.test(pathname)) ?? [];
    const given = new Headers();
    for (const [name, value] of Object.entries(headers)) if (typeof value === "string") given.set(name, value);
    const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
    const asked = new Request(`http://latchkey.example${url}`, { method, headers: given, body }) as NextRequest;
    const params = Promise.resolve({ ...pattern?.exec(pathname)?.groups });
    const made = await methods?.[method]?.(asked, { params });
    response.writeHead(made?.status ?? 404, Object.fromEntries(made?.headers ?? []));
    response.end(spoil((await made?.text()) ?? ""));
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** `prism proxy` before it, as anybody starts it. */
async function prismBefore(upstream: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-prism-"));
  const file = join(folder, "openapi.json");
  writeFileSync(file, JSON.stringify(openApiDocument("https://tokens.acme.example", { closed: true })));
  const port = await freePort();
  const child: ChildProcess = spawn(
    process.execPath,
    [
      "node_modules/@stoplight/prism-cli/dist/index.js",
      ...["proxy", file, upstream, "--errors", "--validate-request=false", "--host=127.0.0.1", `--port=${port}`],
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  onTestFinished(async () => {
    if (child.exitCode === null) {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  });
  await new Promise<void>((resolve, reject) => {
    let said = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
      if (said.includes("Prism is listening")) resolve();
    });
    child.once("exit", (code) => reject(new Error(`prism ended with ${code}: ${said}`)));
  });
  return `http://127.0.0.1:${port}`;
}

async function scene(spoil = (text: string) => text) {
  const { db } = await serveApi();
  const world = await makeWorld(db, { policy: { tokensMayMint: true } });
  const { secret } = await world.addToken(world.admin);
  const url = await prismBefore(await serve(spoil));
  const ask = (method: string, path: string, body?: object) =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${secret}`, ...(body ? { "content-type": "application/json" } : {}) },
      body: body && JSON.stringify(body),
    });
  return { world, ask };
}

it("lets the whole life of a token through `prism proxy`, errors on, unchanged", async () => {
  const { world, ask } = await scene();
  expect((await ask("GET", "/me")).status).toBe(200);
  const made = await ask("POST", "/tokens", { name: "Through Prism", role_id: world.roleIds.viewer });
  expect(made.status).toBe(201);
  const { id } = await made.json();
  expect((await ask("GET", `/tokens/${id}`)).status).toBe(200);
  expect((await ask("GET", "/tokens?status=active&limit=1")).status).toBe(200);
  expect((await ask("PATCH", `/tokens/${id}`, { name: "Renamed" })).status).toBe(200);
  expect((await ask("POST", `/tokens/${id}/rotate`, { overlap_days: 1 })).status).toBe(200);
  expect((await ask("DELETE", `/tokens/${id}`)).status).toBe(200);
  expect((await ask("DELETE", `/tokens/${id}`)).status).toBe(409);
  expect((await ask("POST", "/tokens", { colour: "red" })).status).toBe(422);
});

it("hears `prism proxy` refuse an answer with a field that stands nowhere", async () => {
  const { ask } = await scene((text) => text.replace(/^\{/, '{"secret_hash":"…",'));
  const answer = await ask("GET", "/me");
  expect(answer.status).toBe(500);
  expect(JSON.stringify(await answer.json())).toContain("secret_hash");
});
