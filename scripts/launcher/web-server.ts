import type { ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Environment } from "@/lib/env";
import { endNext, hasEnded, signalGroup, spawnNext } from "./next-process";
import { errorCode, StartProblem } from "./start-problem";

const READY_MS = 120_000;
/** For requests under way and the last batch of usage. */
const PATIENCE_MS = 8000;

export interface WebServer {
  stop(): Promise<void>;
  kill(): void;
}

/** Refuses a port that is taken before anything else is started for it. */
export function checkPort({ PORT, HOST }: Environment): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: `PORT ${PORT} is already in use on ${HOST}: stop what listens there, or set PORT to another one.`,
        EACCES: `PORT ${PORT} may not be used by this user: set PORT to one above 1023.`,
        EADDRNOTAVAIL: `HOST ${HOST} is not an address of this machine.`,
        ENOTFOUND: `HOST ${HOST} is not a name that this machine knows.`,
      };
      const reason = reasons[errorCode(error) ?? ""];
      reject(reason ? new StartProblem(reason) : error);
    });
    probe.listen(PORT, HOST, () => probe.close(() => resolve()));
  });
}

function localAddress({ PORT, HOST }: Environment): string {
  const host = HOST === "0.0.0.0" ? "127.0.0.1" : HOST === "::" ? "::1" : HOST;
  return `http://${host.includes(":") ? `[${host}]` : host}:${PORT}`;
}

export interface WebServerOptions {
  env: Environment;
  variables: Readonly<Record<string, string>>;
  development: boolean;
  signal: AbortSignal;
  /** Next ended although nobody asked it to. */
  onEnd(reason: string): void;
}

/** Starts Next and waits until `/readyz` says that it can serve. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { env, variables, development, signal } = options;
  signal.throwIfAborted();
  const child = spawnNext({
    args: [development ? "dev" : "start", "--port", String(env.PORT), "--hostname", env.HOST],
    variables: {
      ...variables,
      NODE_ENV: development ? "development" : "production",
      LATCHKEY_QUIET: development ? undefined : "1",
    },
    output: "inherit",
  });
  let stopping = false;
  let isReady = false;
  child.once("exit", (code, by) => {
    if (isReady && !stopping) options.onEnd(by ? `by ${by}` : `with exit code ${code}`);
  });
  const stop = () => {
    stopping = true;
    return endNext(child, PATIENCE_MS);
  };
  try {
    await untilReady(child, `${localAddress(env)}/readyz`, signal);
  } catch (error) {
    await stop();
    throw error;
  }
  isReady = true;
  child.send("ready");
  return { stop, kill: () => signalGroup(child, "SIGKILL") };
}

async function untilReady(child: ChildProcess, address: string, signal: AbortSignal): Promise<void> {
  let last = "it did not answer";
  for (const end = Date.now() + READY_MS; Date.now() < end; await pause(25)) {
    signal.throwIfAborted();
    if (hasEnded(child)) throw new StartProblem("The web server ended while it was starting; the lines above say why.");
    try {
      const answer = await fetch(address, { signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]) });
      if (answer.ok) return;
      last = `the last answer was ${answer.status}`;
    } catch {
      // Not listening yet.
    }
  }
  throw new StartProblem(`The web server was not ready within ${READY_MS / 1000} s: ${last} at ${address}.`);
}
