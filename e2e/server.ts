import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/scripts/launcher/embedded-postgres";

const READY_WITHIN_MS = 300_000;

export interface RunningServer {
  /** Where it listens, without a slash at the end. */
  url: string;
  /** Where its gate listens, likewise. */
  gateUrl: string;
  /** Its DATA_DIR. */
  dataDir: string;
  /** Everything it and what it started has written to stdout and stderr. */
  logFile: string;
  process: ChildProcess;
  /** SIGTERM, the end of everything it started, and, for a folder made here, its removal with the log. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** A temporary folder, removed afterwards, when not given. */
  dataDir?: string;
  /** A free one when not given. */
  port?: number;
  /** Added to the environment; undefined removes a variable. */
  env?: Record<string, string | undefined>;
}

/** Starts the product as a person does, with the launcher and the production build, and waits for its `ready` line. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "latchkey-e2e-")));
  const port = options.port ?? (await freePort());
  const gatePort = await freePort();
  const logFile = `${dataDir.replace(/\/$/, "")}.log`;
  const log = createWriteStream(logFile, { flags: "a" });
  const environment: Record<string, string | undefined> = {
    ...process.env,
    // What the test runner sets for itself.
    NODE_ENV: undefined,
    FORCE_COLOR: undefined,
    NO_COLOR: "1",
    // What a developer may have set for their own server, here or in `.env`: empty is unset, and wins over the file.
    HOST: "",
    GATE_HOST: "",
    PUBLIC_URL: "",
    DATABASE_URL: "",
    AUTH_SECRET: "",
    TOKEN_PEPPERS: "",
    TOKEN_PREFIX: "",
    TRUSTED_PROXIES: "",
    PORT: String(port),
    GATE_PORT: String(gatePort),
    GATE_TRUSTED_PROXIES: "",
    DATA_DIR: dataDir,
    ...options.env,
  };
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: process.cwd(),
    env: environment as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });

  let said = "";
  const ready = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("not ready in time")), READY_WITHIN_MS);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      act();
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        log.write(chunk);
        said = (said + chunk).slice(-20_000);
        if (/^\W*ready\b/im.test(said)) settle(resolve);
      });
    }
    child.once("error", (error) => settle(() => reject(error)));
    child.once("exit", (code, signal) => settle(() => reject(new Error(`ended with ${signal ?? code}`))));
  });

  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), 30_000);
      await gone;
      clearTimeout(force);
    }
    log.end();
    if (options.dataDir) return;
    for (const path of [dataDir, logFile]) await rm(path, { recursive: true, force: true });
  };

  try {
    await ready;
  } catch (error) {
    await stop();
    throw new Error(`The server did not start: ${error instanceof Error ? error.message : error}\n${said}`);
  }
  return {
    url: `http://localhost:${port}`,
    gateUrl: `http://127.0.0.1:${gatePort}`,
    dataDir,
    logFile,
    process: child,
    stop,
  };
}
