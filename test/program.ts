import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { inject, onTestFinished } from "vitest";
import { until } from "./instance";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** A program of ours as a process of its own, by its path, with the settings of the tests and these. Killed when the test ends. */
export function startProgram(path: string, settings: Record<string, string>) {
  const child = spawn(process.execPath, ["--import", "tsx", path], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: inject("postgresUrl"), LOG_LEVEL: "error", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  const left = once(child, "exit") as Promise<[code: number | null, signal: NodeJS.Signals | null]>;
  let hasLeft = false;
  void left.then(() => {
    hasLeft = true;
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return {
    pid: child.pid,
    /** Resolves once it has said this. */
    says: (text: string) =>
      until(() => {
        if (!output.includes(text) && hasLeft) throw new Error(`it ended, and said ${output}`);
        return output.includes(text);
      }),
    /** Tells it to end, and resolves with its exit code and the milliseconds that it took. */
    end: async (signal: NodeJS.Signals = "SIGTERM") => {
      const since = performance.now();
      child.kill(signal);
      const [code] = await left;
      return { code, ms: performance.now() - since };
    },
    output: () => output,
  };
}
