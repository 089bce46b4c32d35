import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { environmentOf, type ProxyName, writeRecipe } from "@/examples/protected-api/recipe";
import { freePort } from "@/scripts/launcher/embedded-postgres";
import { debianTool, type Tool } from "@/test/debian-tools";

const ASK_VERSION: Record<ProxyName, string[]> = { nginx: ["-v"], caddy: ["version"], haproxy: ["-v"] };

export interface RunningProxy {
  port: number;
  stop(): Promise<void>;
}

export const findProxy = (name: ProxyName): Promise<Tool | null> => debianTool(name, ASK_VERSION[name]);

/** Starts a proxy with its recipe, in which nothing but addresses, ports and paths is another. */
export async function startProxy(
  name: ProxyName,
  tool: Tool,
  { edit, ...to }: { gate: number; api: number; edit?: (text: string) => string },
): Promise<RunningProxy> {
  const folder = await mkdtemp(join(tmpdir(), `latchkey-${name}-`));
  const [port, inner] = [await freePort(), await freePort()];
  const args = await writeRecipe(name, folder, { proxy: port, inner, ...to }, edit);
  const child = spawn(tool.path, args, { stdio: ["ignore", "pipe", "pipe"], env: environmentOf(folder, tool.env) });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      log = (log + text).slice(-20_000);
    });
  }
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await listening(child, port);
  } catch (error) {
    await stop();
    throw new Error(`${tool.version} did not start: ${error instanceof Error ? error.message : error}\n${log}`);
  }
  return { port, stop };
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  const until = Date.now() + 15_000;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`it ended with ${child.signalCode ?? child.exitCode}.`);
    }
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.once("error", () => resolve(false)).once("connect", () => socket.destroy());
    });
    if (open) return;
    if (Date.now() > until) throw new Error("it does not listen.");
    await pause(20);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), 5000);
  await gone;
  clearTimeout(force);
}
