import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const NEXT = createRequire(import.meta.url).resolve("next/dist/bin/next");
const FOLLOW = new URL("./follow-launcher.mjs", import.meta.url).href;

export interface ChildOptions {
  /** What Node is given: a file and its arguments, options before them. */
  args: readonly string[];
  variables: Readonly<Record<string, string | undefined>>;
  /** `pipe` to keep the output back, as for a build that is only worth reading when it fails. */
  output: "inherit" | "pipe";
}

/**
 * Runs Node in a process group of its own, so that Ctrl-C reaches the launcher alone. The channel to it is what
 * `follow-launcher.mjs` watches.
 */
export function spawnChild({ args, variables, output }: ChildOptions): ChildProcess {
  return spawn(process.execPath, ["--import", FOLLOW, ...args], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    env: { ...process.env, ...variables, NEXT_TELEMETRY_DISABLED: "1", LATCHKEY_LAUNCHER: String(process.pid) },
    stdio: ["ignore", output, output, "ipc"],
    detached: process.platform !== "win32",
  });
}

/** Runs Next's command line. */
export const spawnNext = ({ args, ...rest }: ChildOptions): ChildProcess =>
  spawnChild({ args: [NEXT, ...args], ...rest });

export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Gone already.
  }
}

export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Asks the process to finish what it is doing, and ends it with all its helpers after `patience` milliseconds. */
export async function endChild(child: ChildProcess, patience: number): Promise<void> {
  if (!hasEnded(child)) {
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    const timer = setTimeout(() => signalGroup(child, "SIGKILL"), patience);
    await gone;
    clearTimeout(timer);
  }
  signalGroup(child, "SIGKILL");
}
