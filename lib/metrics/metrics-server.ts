import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Registry } from "prom-client";
import { ALWAYS } from "@/lib/http/answer";
import { errorFacts, log } from "@/lib/log";

export interface MetricsServerOptions {
  /** 0 for any that is free. */
  port: number;
  host: string;
  registry: Registry;
  /** Told why, each time that it cannot listen. */
  onTrouble?: (error: unknown) => void;
  /** Milliseconds before it tries again. */
  againAfter?: number;
}

export interface MetricsServer {
  /** Resolves with its address once it listens. */
  listening: Promise<string>;
  close(): Promise<void>;
}

/** A process that is being replaced holds its port for as long as it answers what is under way. */
const AGAIN_AFTER_MS = 10_000;

/**
 * Serves `GET /metrics` in the text format of Prometheus 0.0.4, and nothing else. A port that is taken does not stop a
 * process that has more to do than to be watched: it says so and tries again every ten seconds.
 */
export function startMetricsServer(options: MetricsServerOptions): MetricsServer {
  const { port, host, registry, onTrouble = complain, againAfter = AGAIN_AFTER_MS } = options;
  const server = createServer((request, response) => void answer(request, response, registry));
  server.headersTimeout = 5000;
  server.requestTimeout = 5000;
  server.maxConnections = 32;
  let retry: NodeJS.Timeout | undefined;
  const listening = new Promise<string>((resolve) => {
    server.on("listening", () => resolve(addressOf(server)));
  });
  server.on("error", (error) => {
    onTrouble(error);
    retry = setTimeout(() => server.listen(port, host), againAfter).unref();
  });
  server.listen(port, host);
  // Whoever is watched may end without asking.
  server.unref();
  return {
    listening,
    close() {
      clearTimeout(retry);
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, registry: Registry): Promise<void> {
  const path = request.url?.split("?", 1)[0];
  if (path !== "/metrics") return end(response, 404, "Only /metrics is here.\n");
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return end(response, 405, "Metrics are only read.\n");
  }
  try {
    end(response, 200, await registry.metrics(), registry.contentType);
  } catch (error) {
    log().error({ error: errorFacts(error) }, "the metrics could not be read");
    end(response, 500, "The metrics could not be read.\n");
  }
}

function end(response: ServerResponse, status: number, body: string, type = "text/plain; charset=utf-8"): void {
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(body),
    ...ALWAYS,
  });
  response.end(body);
}

function complain(error: unknown): void {
  const { code, port } = error as { code?: string; port?: number };
  log().error({ code, port }, "the port of the metrics cannot be used: trying again every 10 seconds");
}

function addressOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}/metrics`;
}
