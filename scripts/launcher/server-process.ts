import type { ChildProcess } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { endChild, hasEnded, signalGroup } from "./child-process";
import { StartProblem } from "./start-problem";

const READY_MS = 120_000;
/** For requests under way and the last batch of usage. */
const PATIENCE_MS = 8000;

export interface ServerProcess {
  stop(): Promise<void>;
  kill(): void;
}

export interface ServerProcessOptions {
  /** As sentences begin with it. */
  name: "The web server" | "The gate";
  child: ChildProcess;
  /** Its origin; it serves once `/readyz` there says so. */
  address: string;
  signal: AbortSignal;
  /** It ended although nobody asked it to. */
  onEnd(reason: string): void;
}

/** Waits until a server that was just started can serve, and watches it from then on. */
export async function awaitServer(options: ServerProcessOptions): Promise<ServerProcess> {
  const { name, child } = options;
  let stopping = false;
  let isReady = false;
  child.once("exit", (code, by) => {
    if (isReady && !stopping)
      options.onEnd(`${name} ended unexpectedly, ${by ? `by ${by}` : `with exit code ${code}`}.`);
  });
  const stop = () => {
    stopping = true;
    return endChild(child, PATIENCE_MS);
  };
  try {
    await untilReady(options);
  } catch (error) {
    await stop();
    throw error;
  }
  isReady = true;
  return { stop, kill: () => signalGroup(child, "SIGKILL") };
}

async function untilReady({ name, child, address, signal }: ServerProcessOptions): Promise<void> {
  let last = "it did not answer";
  for (const end = Date.now() + READY_MS; Date.now() < end; await pause(25)) {
    signal.throwIfAborted();
    if (hasEnded(child)) throw new StartProblem(`${name} ended while it was starting; the lines above say why.`);
    try {
      const patience = AbortSignal.any([signal, AbortSignal.timeout(30_000)]);
      const answer = await fetch(`${address}/readyz`, { signal: patience });
      if (answer.ok) return;
      last = `the last answer was ${answer.status}`;
    } catch {
      // Not listening yet.
    }
  }
  throw new StartProblem(`${name} was not ready within ${READY_MS / 1000} s: ${last} at ${address}.`);
}
