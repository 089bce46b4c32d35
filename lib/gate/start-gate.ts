import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, Server as NetServer } from "node:net";
import type { Db } from "@/db/client";
import type { Authority } from "@/lib/authority/create-authority";
import type { RevocationFeed } from "@/lib/authority/revocation-feed";
import { AnswerCounts, countedResponses } from "./answer-counts";
import { answerClientError } from "./client-error";
import { createGate } from "./create-gate";

/** What a gate serves from. */
export interface GateParts {
  authority: Pick<Authority, "admit" | "admitClient" | "verify" | "takeUp" | "usage"> & {
    feed: Pick<RevocationFeed, "isListening">;
  };
  /** For what introspection reads beside the token. */
  db: Db;
  /** Rejects with a `Problem` where it is not. */
  readiness(): Promise<unknown>;
  /** The origin by which people and programs know this Latchkey. */
  publicUrl: string;
  /** Whom access tokens may be for: this Latchkey's own API, and those that the setting names. */
  audiences: { own: string; all: readonly string[] };
  /** How many proxies before the gate may add to `X-Forwarded-For`. */
  trustedProxies: number;
  answers?: AnswerCounts;
}

export interface GatePlace {
  host: string;
  /** 0 for any that is free. */
  port: number;
  /** Milliseconds in which the headers of a request have to arrive, and again the rest of it. */
  arriveWithin?: number;
}

export interface RunningGate {
  /** Without a path. */
  url: string;
  /** Takes no more connections and resolves once every request that was taken is answered. */
  drain(): Promise<void>;
}

/** Room for what proxies let through themselves; one that is larger is refused, and with it whoever sent it. */
const MAX_HEADER_BYTES = 64 * 1024;
/** Longer than proxies keep an idle connection, which then end it themselves and never write into one that we close. */
const KEEP_ALIVE = 75_000;
/** Draining: how long a connection that is idle may still bring a request that was on its way, and all of it may take. */
const IDLE_GRACE = 250;
const DRAIN_WITHIN = 3000;

/** Listens, on loopback unless told otherwise: whoever reaches a gate directly can say of itself where it comes from. */
export async function startGate(
  parts: GateParts,
  { host, port, arriveWithin = 10_000 }: GatePlace,
): Promise<RunningGate> {
  const gate = createGate(parts);
  let draining = false;
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    if (draining) response.shouldKeepAlive = false;
    gate(request, response);
  };
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: arriveWithin,
      requestTimeout: arriveWithin * 2,
      keepAliveTimeout: KEEP_ALIVE,
      connectionsCheckingInterval: Math.min(1000, arriveWithin),
      ServerResponse: countedResponses(parts.answers ?? new AnswerCounts()),
    },
    serve,
  );
  // Bounded by their bytes. A number would drop what comes after it, a second Authorization too.
  server.maxHeadersCount = 0;
  // What a client expects is meant for the API behind the proxy.
  server.on("checkContinue", serve);
  server.on("checkExpectation", serve);
  server.on("clientError", answerClientError);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { address, family, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${taken}`,
    drain() {
      draining = true;
      return drain(server);
    },
  };
}

/**
 * Not `server.close()` at first: it would end connections that are idle here while a request is on its way to them. They get
 * a moment, in which each answer ends its connection.
 */
function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    NetServer.prototype.close.call(server, () => {
      clearInterval(idle);
      clearTimeout(all);
      resolve();
    });
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_GRACE);
    const all = setTimeout(() => server.closeAllConnections(), DRAIN_WITHIN);
  });
}
