import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { RefusableServer } from "./refusable-server";
import { headerLines } from "./stub-gate";

/** RFC 6455, 1.3. */
const WEBSOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** A request as it reached the API. */
export interface Arrival {
  method: string;
  url: string;
  headers: [string, string][];
  trailers: [string, string][];
  bodyBytes: number;
}

/** The API behind the proxy: answers everything and remembers everything. */
export class RecordingApi extends RefusableServer {
  readonly arrivals: Arrival[] = [];
  /** Called at the head of a request, before its body is there. */
  onHead: () => void = () => {};
  /** What it answers instead of who called. */
  behave: ((request: IncomingMessage, response: ServerResponse) => void) | null = null;

  static async start(): Promise<RecordingApi> {
    const api = new RecordingApi();
    await api.listen();
    return api;
  }

  protected create(): Server {
    const server = createServer((request, response) => this.#answer(request, response));
    server.on("upgrade", (request, socket) => {
      this.#remember(request, 0);
      socket.on("error", () => {});
      const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${WEBSOCKET}`).digest("base64");
      const lines = ["Connection: Upgrade", "Upgrade: websocket", `Sec-WebSocket-Accept: ${accept}`];
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("\r\n")}\r\n\r\n`);
      // Says back what it hears: a test sees that the way is open in both directions.
      socket.pipe(socket);
    });
    return server;
  }

  async reset(): Promise<void> {
    await this.listen();
    this.arrivals.length = 0;
    this.onHead = () => {};
    this.behave = null;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.onHead();
    let bodyBytes = 0;
    request.on("data", (chunk: Buffer) => {
      bodyBytes += chunk.length;
    });
    request.on("end", () => {
      const arrival = this.#remember(request, bodyBytes);
      if (this.behave) return this.behave(request, response);
      const seen = new Map(arrival.headers);
      const body = JSON.stringify({
        token: seen.get("x-latchkey-token"),
        role: seen.get("x-latchkey-role"),
        bodyBytes,
      });
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
      response.end(body);
    });
  }

  #remember(request: IncomingMessage, bodyBytes: number): Arrival {
    const { method = "", url = "", rawHeaders, rawTrailers } = request;
    const arrival = { method, url, headers: headerLines(rawHeaders), trailers: headerLines(rawTrailers), bodyBytes };
    this.arrivals.push(arrival);
    return arrival;
  }
}
