import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "@/scripts/launcher/embedded-postgres";

const READY_MS = 60_000;
/** Clock ticks a second in which Linux counts processor time. */
const TICKS = 100;

export interface ServerProcess {
  url: string;
  /** Resident memory in megabytes. */
  memory(): number;
  /** Seconds of processor time so far; NaN where the system does not tell. */
  processorSeconds(): number;
  stop(): Promise<void>;
}

/** The gate as `npm run gate` starts it; returns once it answers from memory. */
export async function startGateProcess(variables: Record<string, string>): Promise<ServerProcess> {
  const port = await freePort();
  const settings = { ...variables, HOST: "127.0.0.1", GATE_PORT: String(port), PUBLIC_URL: "http://127.0.0.1" };
  const gate = await startProcess("scripts/gate.mjs", settings, port, "/readyz");
  // The feed needs its first reading.
  await pause(300);
  return gate;
}

/** A server of this folder that listens at `PORT`. */
export async function startServer(file: string, variables: Record<string, string>): Promise<ServerProcess> {
  const port = await freePort();
  return startProcess(`bench/servers/${file}`, { ...variables, PORT: String(port) }, port, "/");
}

async function startProcess(file: string, variables: Record<string, string>, port: number, path: string) {
  const child = spawn(process.execPath, file.endsWith(".ts") ? ["--import", "tsx", file] : [file], {
    env: { ...process.env, ...variables, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://127.0.0.1:${port}`;
  for (const end = Date.now() + READY_MS; ; await pause(50)) {
    const answer = await fetch(url + path).catch(() => null);
    if (answer && answer.status < 500) break;
    if (child.exitCode !== null || Date.now() > end) {
      await stopProcess(child);
      throw new Error(`${file} did not start`);
    }
  }
  return {
    url,
    memory: () => Number(execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)], { encoding: "utf8" })) / 1024,
    processorSeconds: () => processorSeconds(child.pid),
    stop: () => stopProcess(child),
  };
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}

function processorSeconds(pid: number | undefined): number {
  try {
    // The name, in parentheses, may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return Number.NaN;
  }
}
