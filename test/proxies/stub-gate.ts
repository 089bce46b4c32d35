import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";

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
export class StubGate {
  readonly asked: Question[] = [];
  behave: Behaviour = letIn;
  #server: Server | undefined;

  private constructor(readonly port: number) {}

  static async start(): Promise<StubGate> {
    const probe = createTcpServer();
    await new Promise<void>((resolve) => {
      probe.listen(0, "127.0.0.1", resolve);
    });
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => {
      probe.close(resolve);
    });
    const gate = new StubGate(port);
    await gate.listen();
    return gate;
  }

  async listen(): Promise<void> {
    if (this.#server) return;
    const sockets = new Set<Socket>();
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
    server.on("connection", (socket: Socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(this.port, "127.0.0.1", resolve);
    });
    server.on("close", () => {
      for (const socket of sockets) socket.destroy();
    });
    this.#server = server;
  }

  /** From then on every connection is refused. */
  async refuseConnections(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise((resolve) => {
      server.close(resolve);
    });
    (server as unknown as { closeAllConnections(): void }).closeAllConnections();
    await closed;
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
    "X-Latchkey-Permissions": `orders:read ${token}:extra`,
    "X-Latchkey-Groups": `group-of-${token}`,
  };
};

/** The seven names, in lower case. */
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
