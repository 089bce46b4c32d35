import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { errorCode, StartProblem } from "./start-problem";

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

function commandLine(pid: number): string {
  if (process.platform === "win32") return "";
  if (existsSync("/proc/self/cmdline")) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    } catch {
      return "";
    }
  }
  return spawnSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" }).stdout ?? "";
}

/** Milliseconds to wait after each signal: a fast shutdown first, then one that leaves the rest to crash recovery. */
const SIGNALS = [
  ["SIGINT", 10_000],
  ["SIGQUIT", 5_000],
  ["SIGKILL", 2_000],
] as const;

/**
 * Ends a PostgreSQL that a killed launcher left on `cluster`, and removes a `postmaster.pid` whose process is gone or has
 * become somebody else's. Only for whoever holds the data folder.
 */
export async function clearOrphanedPostgres(cluster: string): Promise<void> {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file) || process.platform === "win32") return;
  const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
  const isOurs = () => isAlive(pid) && commandLine(pid).includes(`-D ${cluster} `);
  for (const [signal, patience] of SIGNALS) {
    if (!(pid > 1) || !isOurs()) {
      // A clean shutdown removed it already.
      rmSync(file, { force: true });
      return;
    }
    process.kill(pid, signal);
    for (const end = Date.now() + patience; Date.now() < end && isOurs(); ) await pause(25);
  }
  if (isOurs()) throw new StartProblem(`A PostgreSQL (process ${pid}) still runs on ${cluster} and does not stop.`);
}
