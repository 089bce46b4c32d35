import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Asked {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}

/** An answer as plain data; `hangUp` for none at all, `silent` for one that never comes. */
export type Said = { status?: number; headers?: Record<string, string>; body?: unknown } | "hangUp" | "silent";

/** A server on this machine that answers as a test says, and remembers what it was asked. Gone with the test. */
export async function answeringServer(answer: (asked: Asked, before: number) => Said | Promise<Said>) {
  const asked: Asked[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const call = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
    const said = await answer(call, asked.push(call) - 1);
    if (said === "silent") return;
    if (said === "hangUp") return void request.socket.destroy();
    const { status = 200, headers = {}, body: content } = said;
    const type = status >= 400 ? "application/problem+json" : "application/json";
    response.writeHead(status, { "content-type": type, ...headers });
    response.end(typeof content === "string" ? content : content === undefined ? undefined : JSON.stringify(content));
  };
  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
