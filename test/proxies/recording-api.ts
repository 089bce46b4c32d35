import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { headerLines } from "./stub-gate";

/** A request as it reached the API. */
export interface Arrival {
  method: string;
  url: string;
  httpVersion: string;
  headers: [string, string][];
  trailers: [string, string][];
  bodyBytes: number;
}

/** The API behind the proxy: says yes to everything and remembers everything. */
export class RecordingApi {
  readonly arrivals: Arrival[] = [];

  private constructor(
    readonly port: number,
    private readonly server: Server,
  ) {}

  static async start(): Promise<RecordingApi> {
    const arrivals: Arrival[] = [];
    const server = createServer((request, response) => {
      let bodyBytes = 0;
      request.on("data", (chunk: Buffer) => {
        bodyBytes += chunk.length;
      });
      request.on("end", () => {
        const { method = "", url = "", httpVersion } = request;
        const headers = headerLines(request.rawHeaders);
        arrivals.push({ method, url, httpVersion, headers, trailers: headerLines(request.rawTrailers), bodyBytes });
        const seen = Object.fromEntries(headers);
        const body = JSON.stringify({ token: seen["x-latchkey-token"], role: seen["x-latchkey-role"], bodyBytes });
        response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
        response.end(body);
      });
    });
    server.on("upgrade", (request, socket) => {
      const { method = "", url = "", httpVersion } = request;
      const headers = headerLines(request.rawHeaders);
      arrivals.push({ method, url, httpVersion, headers, trailers: [], bodyBytes: 0 });
      socket.on("error", () => {});
      socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
      // Says back what it hears, so that a test sees that the way is open in both directions.
      socket.pipe(socket);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const api = new RecordingApi((server.address() as AddressInfo).port, server);
    arrivals.push = (...items) => Array.prototype.push.apply(api.arrivals, items);
    return api;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }
}
