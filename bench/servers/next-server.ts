import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "@/scripts/launcher/embedded-postgres";

const NEXT = createRequire(import.meta.url).resolve("next/dist/bin/next");
const FOLDER = fileURLToPath(new URL("..", import.meta.url));
const READY_MS = 60_000;

export interface NextServer {
  url: string;
  stop(): Promise<void>;
}

/** Builds the application in `bench/app`, and serves it as production does. */
export async function serveBench(variables: Record<string, string>): Promise<NextServer> {
  const build = spawnNext(["build", FOLDER], variables);
  const [code] = await once(build, "exit");
  if (code !== 0) throw new Error("next build failed; run `npx next build bench` to see why");

  const port = await freePort();
  const server = spawnNext(["start", FOLDER, "--port", String(port), "--hostname", "127.0.0.1"], variables);
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (server.exitCode !== null) return;
    const gone = once(server, "exit");
    server.kill("SIGTERM");
    await gone;
  };
  for (const end = Date.now() + READY_MS; ; await pause(50)) {
    const answer = await fetch(`${url}/unguarded`).catch(() => null);
    if (answer?.ok) return { url, stop };
    if (server.exitCode !== null || Date.now() > end) {
      await stop();
      throw new Error("the server did not start");
    }
  }
}

function spawnNext(args: string[], variables: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [NEXT, ...args], {
    env: { ...process.env, ...variables, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "ignore", "inherit"],
  });
}
