// `npm run example`: the API of this folder behind a proxy that asks a running Latchkey about every call.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { environmentOf, PROXIES, type ProxyName, writeRecipe } from "./recipe";

const READY_WITHIN_MS = 15_000;
const port = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);

const ports = {
  proxy: port("PROXY_PORT", 8080),
  inner: port("PROXY_INNER_PORT", 8081),
  gate: port("GATE_PORT", port("PORT", 3000) + 1),
  api: port("API_PORT", 4000),
};

interface Installed {
  name: ProxyName;
  path: string;
}

/** The first proxy that is installed, or the one that `PROXY` names. */
function findProxy(): Installed | null {
  const wished = process.env.PROXY;
  // Daemons are often in folders that only root's PATH has.
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"];
  for (const name of PROXIES.filter((known) => !wished || known === wished)) {
    const path = folders
      .filter(Boolean)
      .map((folder) => join(folder, name))
      .find(existsSync);
    if (path) return { name, path };
  }
  return null;
}

const isOpen = (at: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(at, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

async function untilOpen(at: number, child: ChildProcess, what: string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  while (!(await isOpen(at))) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${what} did not start.`);
    if (Date.now() > until) throw new Error(`${what} does not listen on port ${at}.`);
    await pause(50);
  }
}

async function gateAnswers(): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${ports.gate}/healthz`, { signal: AbortSignal.timeout(3000) })).ok;
  } catch {
    return false;
  }
}

async function run(): Promise<void> {
  const proxy = findProxy();
  if (!proxy) {
    throw new Error(
      `No proxy is installed: this needs ${process.env.PROXY ?? "nginx, caddy or haproxy"}. On Debian, apt-get install nginx; on macOS, brew install caddy.`,
    );
  }
  if (!(await gateAnswers())) {
    throw new Error(`No gate answers on port ${ports.gate}. Start Latchkey first, in another terminal: npm start`);
  }
  for (const [name, at] of [
    ["PROXY_PORT", ports.proxy],
    ["API_PORT", ports.api],
  ] as const) {
    if (await isOpen(at)) throw new Error(`Port ${at} is taken. Set ${name} to another one.`);
  }

  const folder = await mkdtemp(join(tmpdir(), "latchkey-example-"));
  const children: ChildProcess[] = [];
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    // The proxy first: who still calls gets an answer.
    for (const child of children.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await Promise.race([gone, pause(5000, undefined, { ref: false }).then(() => child.kill("SIGKILL"))]);
    }
    await rm(folder, { recursive: true, force: true });
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
  const start = (path: string, args: string[], env: NodeJS.ProcessEnv, what: string) => {
    // A group of its own: a Ctrl-C reaches this process alone, which then ends both in turn.
    const child = spawn(path, args, { stdio: ["ignore", "inherit", "inherit"], env, detached: true });
    child.once("error", (error) => process.stderr.write(`${what}: ${error.message}\n`));
    child.once("exit", () => void stop(1));
    children.push(child);
    return child;
  };

  try {
    const libraries = process.env.LD_LIBRARY_PATH;
    const api = start(
      process.execPath,
      [fileURLToPath(new URL("api.mjs", import.meta.url))],
      { ...process.env, API_PORT: String(ports.api) },
      "The API",
    );
    await untilOpen(ports.api, api, "The API");
    const args = await writeRecipe(proxy.name, folder, ports);
    const env = environmentOf(folder, libraries ? { LD_LIBRARY_PATH: libraries } : {});
    await untilOpen(ports.proxy, start(proxy.path, args, env, proxy.name), proxy.name);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    await stop(1);
  }
  process.stdout.write(
    `ready at http://127.0.0.1:${ports.proxy}/events, with ${proxy.name} before the API and the gate on port ${ports.gate}\n`,
  );
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
