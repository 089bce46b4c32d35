import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { clearOrphanedPostgres } from "./orphaned-postgres";
import { type Account, chooseAccount, giveTo } from "./postgres-account";
import { locatePostgres, type PostgresBinaries } from "./postgres-binaries";
import { loadSecrets } from "./secrets";
import { StartProblem } from "./start-problem";

const MAJOR = "18";
const STARTUP_MS = 120_000;
const LOG_LIMIT_BYTES = 5_000_000;

export interface EmbeddedPostgresOptions {
  /** The cluster is in its folder `postgres`, the password in its `secrets.json`. Made when missing. */
  dataDir: string;
  /** A free one when not given. */
  port?: number;
  /** For throw-away clusters: nothing is flushed to disk, so a crash of the machine loses it. */
  fast?: boolean;
  /** More settings of `postgresql.conf`. */
  settings?: Readonly<Record<string, string>>;
  /** Ends a start that is under way; the promise then rejects once nothing runs any more. */
  signal?: AbortSignal;
  /** PostgreSQL died by itself and is back on the same port. */
  onRestart?(): void;
  /** PostgreSQL died by itself and does not come back. */
  onLost?(problem: unknown): void;
}

export interface EmbeddedPostgres {
  /** The database `latchkey`, as its owner, who is no superuser. */
  url: string;
  /** The database `postgres`, as superuser: for tests that make databases or read the server's own statistics. */
  adminUrl: string;
  /** Fast shutdown: sessions are ended, everything committed is kept. */
  stop(): Promise<void>;
  /** At once, without waiting; the next start recovers from the log. */
  kill(): void;
}

/** Starts PostgreSQL 18 on 127.0.0.1, also as root, and keeps it running until `stop` or the death of this process. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const { signal } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const password = loadSecrets(dataDir).databasePassword;
  const binaries = locatePostgres();
  const cluster = join(dataDir, "postgres");
  const account = existsSync(join(cluster, "PG_VERSION"))
    ? await openCluster(binaries, cluster)
    : await makeCluster(binaries, dataDir, cluster, password, options);

  let port = options.port;
  let server: ChildProcess | undefined;
  let stopping = false;
  let restarting: Promise<void> | undefined;

  const run = async () => {
    signal?.throwIfAborted();
    port ??= await freePort();
    server = launchServer({ account, binaries, cluster, dataDir, port, options });
    await untilReady(server, cluster, dataDir, signal);
    server.once("exit", () => {
      if (!stopping) restarting = restart();
    });
  };

  const restart = async () => {
    const end = Date.now() + 15_000;
    while (!stopping) {
      try {
        // What is left of the dead server's sessions still holds its memory for a moment.
        await pause(100);
        if (!stopping) await run();
        if (!stopping) options.onRestart?.();
        return;
      } catch (error) {
        if (Date.now() > end) return options.onLost?.(error);
      }
    }
  };

  const stop = async () => {
    stopping = true;
    if (server) await endServer(server);
    await restarting;
    if (server) await endServer(server);
  };

  try {
    await run();
    const userInfo = (user: string, database: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
    const adminUrl = userInfo("postgres", "postgres");
    await makeDatabase(adminUrl, password);
    return { url: userInfo("latchkey", "latchkey"), adminUrl, stop, kill: () => server?.kill("SIGQUIT") };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openCluster(binaries: PostgresBinaries, cluster: string): Promise<Account> {
  const account = chooseAccount(binaries, cluster);
  const version = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (version !== MAJOR) {
    throw new StartProblem(
      `${cluster} was made by PostgreSQL ${version}, and this is ${MAJOR}: start with another DATA_DIR.`,
    );
  }
  await clearOrphanedPostgres(cluster);
  return account;
}

/** Made beside its place and then moved there: a start that is killed half-way leaves no cluster that looks whole. */
async function makeCluster(
  binaries: PostgresBinaries,
  dataDir: string,
  cluster: string,
  password: string,
  { fast, signal }: EmbeddedPostgresOptions,
): Promise<Account> {
  const draft = `${cluster}.new`;
  const passwordFile = join(dataDir, "initdb-password");
  rmSync(draft, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(draft, { mode: 0o700 });
  const account = chooseAccount(binaries, draft);
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    giveTo(account.owner, passwordFile);
    const { file, args, ...who } = account.command(binaries.initdb, [
      ...["-D", draft, "-U", "postgres", "--pwfile", passwordFile, "--auth=scram-sha-256", "--encoding=UTF8"],
      ...[
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--data-checksums",
        "--no-instructions",
      ],
      ...(fast ? ["--no-sync"] : []),
    ]);
    const initdb = spawn(file, args, { ...who, stdio: ["ignore", "ignore", "pipe"], detached: true, cwd: "/" });
    const interrupt = () => initdb.kill("SIGINT");
    signal?.addEventListener("abort", interrupt);
    let complaints = "";
    initdb.stderr?.on("data", (chunk) => {
      complaints += chunk;
    });
    const [code] = await once(initdb, "close");
    signal?.removeEventListener("abort", interrupt);
    signal?.throwIfAborted();
    if (code !== 0) throw new StartProblem(`PostgreSQL cannot make a database in ${dataDir}:\n${complaints.trim()}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, cluster);
  return account;
}

interface ServerPlan {
  account: Account;
  binaries: PostgresBinaries;
  cluster: string;
  dataDir: string;
  port: number;
  options: EmbeddedPostgresOptions;
}

function launchServer({ account, binaries, cluster, dataDir, port, options }: ServerPlan): ChildProcess {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    cluster_name: "latchkey",
    timezone: "UTC",
    log_timezone: "UTC",
    ...(options.fast ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off" } : {}),
    ...options.settings,
  };
  const { file, args, ...who } = account.command(binaries.postgres, [
    ...["-D", cluster],
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ]);
  const logFile = join(dataDir, "postgres.log");
  const isLong = existsSync(logFile) && statSync(logFile).size > LOG_LIMIT_BYTES;
  const log = openSync(logFile, isLong ? "w" : "a", 0o600);
  try {
    // A group of its own: Ctrl-C must reach the launcher alone, which stops the application first.
    return spawn(file, args, { ...who, stdio: ["ignore", log, log], detached: true, cwd: "/" });
  } finally {
    closeSync(log);
  }
}

/** The server writes its state as the eighth line of `postmaster.pid`, under its process id. */
async function untilReady(server: ChildProcess, cluster: string, dataDir: string, signal?: AbortSignal): Promise<void> {
  let failure: unknown;
  server.once("error", (error) => {
    failure = error;
  });
  for (const end = Date.now() + STARTUP_MS; Date.now() < end; await pause(10)) {
    signal?.throwIfAborted();
    if (failure || server.exitCode !== null || server.signalCode !== null) break;
    const lines = readIfThere(join(cluster, "postmaster.pid")).split("\n");
    if (lines[0] === String(server.pid) && lines[7]?.trim() === "ready") return;
  }
  await endServer(server);
  const lastLines = readIfThere(join(dataDir, "postgres.log")).trimEnd().split("\n").slice(-5).join("\n");
  throw new StartProblem(
    `PostgreSQL does not start${failure ? ` (${failure})` : ""}; the end of its log:\n${lastLines}`,
  );
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

async function endServer(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, "exit");
  server.kill("SIGINT");
  const timers = [setTimeout(() => server.kill("SIGQUIT"), 10_000), setTimeout(() => server.kill("SIGKILL"), 15_000)];
  await gone;
  for (const timer of timers) clearTimeout(timer);
}

async function makeDatabase(adminUrl: string, password: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    const [found] = await sql`
      select exists (select from pg_roles where rolname = 'latchkey') as role,
             exists (select from pg_database where datname = 'latchkey') as database`;
    if (!found?.role) await sql.unsafe(`create role latchkey login createdb password '${password}'`);
    if (!found?.database) await sql.unsafe("create database latchkey owner latchkey");
  } finally {
    await sql.end({ timeout: 5 });
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
