import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "@/scripts/launcher/embedded-postgres";
import { debianTool, type Tool } from "@/test/debian-tools";

export const PROXIES = ["nginx", "caddy", "haproxy"] as const;
export type ProxyName = (typeof PROXIES)[number];

const ASK_VERSION: Record<ProxyName, string[]> = { nginx: ["-v"], caddy: ["version"], haproxy: ["-v"] };
const RECIPES = fileURLToPath(new URL("../../docs/proxies/", import.meta.url));

export interface RunningProxy {
  port: number;
  /** What it has written so far. */
  log(): string;
  stop(): Promise<void>;
}

export const findProxy = (name: ProxyName): Promise<Tool | null> => debianTool(name, ASK_VERSION[name]);

/** Starts a proxy with its recipe, in which nothing but addresses, ports and paths is another. */
export async function startProxy(
  name: ProxyName,
  tool: Tool,
  to: { gate: number; api: number; port?: number },
): Promise<RunningProxy> {
  const folder = await mkdtemp(join(tmpdir(), `latchkey-${name}-`));
  const port = to.port ?? (await freePort());
  const recipe = async (file: string) => {
    const addresses: Record<string, string> = {
      "127.0.0.1:3001": `127.0.0.1:${to.gate}`,
      "127.0.0.1:4000": `127.0.0.1:${to.api}`,
      "127.0.0.1:8080": `127.0.0.1:${port}`,
      "http://:8080": `http://:${port}`,
      "127.0.0.1:8081": `127.0.0.1:${inner}`,
      "/etc/haproxy/": `${folder}/`,
    };
    const text = await readFile(join(RECIPES, file), "utf8");
    const known = new RegExp(Object.keys(addresses).map(literally).join("|"), "g");
    const path = join(folder, file);
    await writeFile(
      path,
      text.replace(known, (address) => addresses[address] ?? address),
    );
    return path;
  };
  const inner = await freePort();
  const args = await COMMANDS[name](folder, recipe);
  const child = spawn(tool.path, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH ?? "",
      ...tool.env,
      HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_CONFIG_HOME: folder,
    } as Record<string, string> as NodeJS.ProcessEnv,
  });
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
  return { port, log: () => log, stop };
}

const COMMANDS: Record<ProxyName, (folder: string, recipe: (file: string) => Promise<string>) => Promise<string[]>> = {
  nginx: async (folder, recipe) => {
    const main = join(folder, "main.conf");
    const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    await mkdir(join(folder, "temp"));
    await writeFile(
      main,
      `daemon off;
${process.getuid?.() === 0 ? "user root;" : ""}
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr info;
events { worker_connections 256; }
http {
  access_log off;
  ${places.map((place) => `${place}_temp_path ${folder}/temp/${place};`).join("\n  ")}
  include ${await recipe("nginx.conf")};
}
`,
    );
    return ["-p", folder, "-e", "stderr", "-c", main];
  },
  caddy: async (folder, recipe) => {
    const main = join(folder, "main");
    await writeFile(main, `{\n\tadmin off\n}\nimport ${await recipe("Caddyfile")}\n`);
    return ["run", "--adapter", "caddyfile", "--config", main];
  },
  haproxy: async (_folder, recipe) => {
    await recipe("latchkey.lua");
    return ["-db", "-f", await recipe("haproxy.cfg")];
  },
};

const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");

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
