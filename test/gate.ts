import { request } from "node:http";
import { connect } from "node:net";
import { onTestFinished } from "vitest";
import { startGate } from "@/lib/gate/start-gate";
import { readiness } from "@/lib/http/readiness";
import { apiAudience, knownAudiences } from "@/lib/oauth/audiences";
import { freshDatabase } from "./database";
import { startInstance } from "./instance";
import { makeWorld, type WorldOptions } from "./world";

export const PUBLIC_URL = "https://tokens.latchkey.example";

interface GateWish {
  arriveWithin?: number;
  world?: WorldOptions;
  trustedProxies?: number;
  staleSeconds?: number;
  /** Beside the API's own. */
  audiences?: readonly string[];
}

/** A gate on a real socket, with a database and an organization of its own; it answers from memory. */
export async function serveGate({ world: options, trustedProxies = 1, arriveWithin, ...wish }: GateWish = {}) {
  const database = await freshDatabase();
  const world = await makeWorld(database.db, options);
  const instance = await startInstance(database.url, { server: "gate", ...wish });
  const gate = await startGate(
    {
      authority: instance,
      db: database.db,
      readiness: () => readiness(database.sql),
      publicUrl: PUBLIC_URL,
      audiences: { own: apiAudience(), all: [...knownAudiences(), ...(wish.audiences ?? [])] },
      trustedProxies,
    },
    { host: "127.0.0.1", port: 0, arriveWithin },
  );
  onTestFinished(gate.drain);
  const port = Number(new URL(gate.url).port);
  return {
    ...database,
    world,
    instance,
    gate,
    ask: (path: string, asked?: Asked) => ask(port, path, asked),
    say: (text: string) => say(port, text),
  };
}

export interface Asked {
  token?: string;
  method?: string;
  /** Several values of one name are several headers. */
  headers?: Record<string, string | string[]>;
  body?: string;
}

export interface Answered {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
}

function ask(port: number, path: string, { token, method = "GET", headers = {}, body }: Asked = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const all = {
      ...headers,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }),
    };
    const asking = request(
      { port, path, method, headers: all, agent: false, joinDuplicateHeaders: true },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: one(response.headers), text }));
      },
    );
    asking.on("error", reject);
    asking.end(body);
  });
}

const one = (headers: Record<string, string | string[] | undefined>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]));

/** What comes back for these bytes until the connection ends; "" where it is reset. */
function say(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let heard = "";
    socket.setEncoding("latin1");
    socket.on("data", (chunk) => {
      heard += chunk;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(heard));
  });
}
