import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { RefusableServer } from "./refusable-server";

/** What the gate is asked, and who asked. */
export interface Question {
  method: string;
  url: string;
  /** Lines of the head as sent, in lower case. */
  headers: [string, string][];
  /** Bytes of the body that came with it. */
  bodyBytes: number;
}

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** A gate that does what a test tells it to, bytes that are no HTTP included. */
export class StubGate extends RefusableServer {
  readonly asked: Question[] = [];
  behave: Behaviour = letIn;

  static async start(): Promise<StubGate> {
    const gate = new StubGate();
    await gate.listen();
    return gate;
  }

  protected create(): Server {
    const server = createServer((request, response) => {
      let bodyBytes = 0;
      request.on("data", (chunk: Buffer) => {
        bodyBytes += chunk.length;
      });
      request.on("end", () => {
        const { method = "", url = "" } = request;
        this.asked.push({ method, url, headers: headerLines(request.rawHeaders), bodyBytes });
        this.behave(request, response);
      });
    });
    server.on("connection", (socket) => socket.on("error", () => {}));
    return server;
  }

  async reset(): Promise<void> {
    await this.listen();
    this.asked.length = 0;
    this.behave = letIn;
  }
}

export function headerLines(raw: readonly string[]): [string, string][] {
  const lines: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) lines.push([(raw[at] ?? "").toLowerCase(), raw[at + 1] ?? ""]);
  return lines;
}

/** What the gate says of the holder of a token: each token gets an identity of its own. */
export const identityOf = (authorization: string | undefined) => {
  const token = /^Bearer (\w+)$/.exec(authorization ?? "")?.[1] ?? "nobody";
  return {
    "X-Latchkey-Organization": `org-of-${token}`,
    "X-Latchkey-Organization-Slug": `slug-of-${token}`,
    "X-Latchkey-Token": `id-of-${token}`,
    "X-Latchkey-Member": `member-of-${token}`,
    "X-Latchkey-Role": `role-of-${token}`,
    "X-Latchkey-Permissions": `events:read ${token}:extra`,
    "X-Latchkey-Groups": `group-of-${token}`,
    "X-Latchkey-Audience": `https://${token}.example`,
  };
};

/** The eight names, in lower case. */
export const IDENTITY = Object.keys(identityOf("Bearer x")).map((name) => name.toLowerCase());

const RATE_LIMIT = { RateLimit: `"token";r=4;t=30`, "RateLimit-Policy": `"token";q=5;w=60` };

export const letIn: Behaviour = (request, response) => {
  response.writeHead(200, {
    ...identityOf(request.headers.authorization),
    ...RATE_LIMIT,
    "Cache-Control": "no-store",
    "Content-Length": 0,
  });
  response.end();
};

/** As the gate refuses: a problem, and the headers that tell what to do about it. */
export const refuse =
  (status: number, code: string, headers: Record<string, string> = {}): Behaviour =>
  (_request, response) => {
    const body = JSON.stringify({ type: `https://latchkey.test/problems/${code}`, status, code });
    response.writeHead(status, {
      "Content-Type": "application/problem+json",
      "Content-Length": Buffer.byteLength(body),
      "Cache-Control": "no-store",
      "X-Request-Id": "request-1",
      ...headers,
    });
    response.end(body);
  };

/** Any bytes instead of an answer, and then the end of the connection. */
export const say =
  (text: string | Buffer, { thenEnd = true } = {}): Behaviour =>
  (request) => {
    request.socket.write(text);
    if (thenEnd) request.socket.end();
  };
