import { existsSync, mkdirSync } from "node:fs";
import { relative, resolve } from "node:path";
import { DEMO_OPERATOR, DEMO_ORGANIZATIONS, DEMO_PASSWORD } from "@/lib/auth/demo-accounts";
import { type AppEnvironment, type Environment, parseEnvironment } from "@/lib/env";
import { lockFolder } from "./data-folder-lock";
import { startEmbeddedPostgres } from "./embedded-postgres";
import { startGateServer } from "./gate-server";
import { checkPorts, localAddress } from "./ports";
import { fillDemoWorld, migrate, setupCode } from "./prepare-database";
import { ensureBuild } from "./production-build";
import { loadSecrets } from "./secrets";
import { errorCode, StartProblem } from "./start-problem";
import { hearStopRequests } from "./stop-requests";
import { startWebServer } from "./web-server";

interface Running {
  stop(): Promise<void> | void;
  kill?(): void;
}

/**
 * Starts everything, says so in one line that begins with `ready` and names the address, and stays until it is told to stop.
 *
 * SIGINT, SIGTERM and SIGHUP stop the web server and the gate, which finish their requests, then the database: exit code 0, or 1 when
 * the start had failed or a part died. A second signal ends everything at once: exit code 130.
 */
export async function launch({ development }: { development: boolean }): Promise<void> {
  const running: Running[] = [];
  const interruption = new AbortController();
  const { signal } = interruption;
  let exitCode = 0;
  let starting: Promise<void> = Promise.resolve();

  const stop = async () => {
    interruption.abort();
    await starting.catch(() => {});
    for (const part of running.toReversed()) await part.stop();
  };
  const requestStop = hearStopRequests({
    stop: () => {
      stop()
        .catch((error) => {
          exitCode = 1;
          complain(error);
        })
        .finally(() => process.exit(exitCode));
    },
    stopAtOnce: () => {
      for (const part of running) part.kill?.();
      process.exit(130);
    },
  });
  const fail = (error: unknown) => {
    // What breaks while everything is being stopped is a consequence, not the reason.
    if (signal.aborted) return;
    exitCode = 1;
    complain(error);
    requestStop();
  };

  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  // Whoever reads our output may leave before we do.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

  starting = startAll({ development, running, signal, fail });
  await starting.catch(fail);
}

interface Start {
  development: boolean;
  /** What runs, in the order in which it was started. */
  running: Running[];
  signal: AbortSignal;
  /** Something ended that should not have. */
  fail(error: unknown): void;
}

async function startAll({ development, running, signal, fail }: Start): Promise<void> {
  const root = process.cwd();
  if (existsSync(".env")) process.loadEnvFile(".env");
  const settings = parse(process.env);
  const needsFolder = !settings.DATABASE_URL;
  // The folder before the port: a second start usually finds both taken, and the folder tells more. One that is not there
  // yet is made only once the port is known to be free.
  const folderFirst = needsFolder && existsSync(resolve(settings.DATA_DIR));
  if (folderFirst) await holdDataFolder(settings, running);
  await checkPorts(settings);
  if (needsFolder && !folderFirst) await holdDataFolder(settings, running);
  const env = settings.DATABASE_URL
    ? parseComplete({ ...process.env, DEMO_WORLD: "off" })
    : await embed(settings, running, signal, fail);
  signal.throwIfAborted();
  await migrate(env, signal);
  if (env.DEMO_WORLD === "on") await fillDemoWorld(env);
  signal.throwIfAborted();
  if (!development) await ensureBuild(root, say, signal);
  await startServers({ env, development, running, signal, fail });
  if (env.DEMO_WORLD === "off") await offerSetup(env);
  const { GATE_HOST, GATE_PORT } = env;
  say(`ready at ${env.PUBLIC_URL}${GATE_PORT === null ? "" : `, the gate at ${localAddress(GATE_HOST, GATE_PORT)}`}`);
  if (env.DEMO_WORLD === "on") say(demoAccounts());
}

/** The console and the gate, side by side: each is half of what a start promises, so it fails and ends with either. */
async function startServers({
  env,
  development,
  running,
  signal,
  fail,
}: Start & { env: AppEnvironment }): Promise<void> {
  const servers: Running[] = [];
  running.push({
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()));
    },
    kill: () => {
      for (const server of servers) server.kill?.();
    },
  });
  const variables = variablesOf(env);
  const onEnd = (reason: string) => fail(new StartProblem(reason));
  const { GATE_HOST, GATE_PORT } = env;
  const starts = [
    startWebServer({ env, variables, development, signal, onEnd }),
    ...(GATE_PORT === null ? [] : [startGateServer({ host: GATE_HOST, port: GATE_PORT, variables, signal, onEnd })]),
  ].map(async (start) => {
    servers.push(await start);
  });
  for (const start of starts) start.catch(fail);
  await Promise.allSettled(starts);
  signal.throwIfAborted();
}

function parse(source: NodeJS.ProcessEnv): Environment {
  const result = parseEnvironment(source);
  if (!result.ok) throw new StartProblem(result.problems.join("\n"));
  return result.env;
}

/** Settings with a database and its secrets, whether they were given or made. */
function parseComplete(source: NodeJS.ProcessEnv): AppEnvironment {
  const env = parse(source);
  const { DATABASE_URL, AUTH_SECRET, TOKEN_PEPPERS } = env;
  if (!DATABASE_URL || !AUTH_SECRET || !TOKEN_PEPPERS) throw new Error("the settings are not complete");
  return { ...env, DATABASE_URL, AUTH_SECRET, TOKEN_PEPPERS };
}

function shownPath(folder: string): string {
  const path = relative(process.cwd(), folder);
  return path.startsWith("..") ? folder : path;
}

async function holdDataFolder(settings: Environment, running: Running[]): Promise<void> {
  const dataDir = resolve(settings.DATA_DIR);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(dataDir);
  if (!lock.ok) {
    throw new StartProblem(
      `Latchkey already runs on the data folder ${shownPath(dataDir)} (process ${lock.holder}): stop it first, or set DATA_DIR to another folder.`,
    );
  }
  running.push({ stop: lock.release });
}

/** The database of our own, in the data folder, with secrets made for it where none are given. */
async function embed(settings: Environment, running: Running[], signal: AbortSignal, fail: Start["fail"]) {
  const dataDir = resolve(settings.DATA_DIR);
  const secrets = loadSecrets(dataDir);
  if (!existsSync(resolve(dataDir, "postgres", "PG_VERSION")))
    say(`preparing a database in ${shownPath(dataDir)}, once`);
  const database = await startEmbeddedPostgres({
    dataDir,
    signal,
    onRestart: () => say("the database had stopped unexpectedly and runs again"),
    onLost: fail,
  });
  running.push(database);
  return parseComplete({
    ...process.env,
    DATABASE_URL: database.url,
    AUTH_SECRET: process.env.AUTH_SECRET || secrets.authSecret,
    TOKEN_PEPPERS: process.env.TOKEN_PEPPERS || secrets.tokenPeppers,
    DEMO_WORLD: "on",
  });
}

/** What Next's process is told: the same settings, and the names that the sign-in library reads itself. */
function variablesOf(env: AppEnvironment): Record<string, string> {
  return {
    PORT: String(env.PORT),
    HOST: env.HOST,
    GATE_HOST: env.GATE_HOST,
    GATE_PORT: env.GATE_PORT === null ? "off" : String(env.GATE_PORT),
    PUBLIC_URL: env.PUBLIC_URL,
    DATABASE_URL: env.DATABASE_URL,
    DEMO_WORLD: env.DEMO_WORLD,
    AUTH_SECRET: env.AUTH_SECRET,
    AUTH_URL: env.PUBLIC_URL,
    AUTH_TRUST_HOST: "true",
    TOKEN_PEPPERS: env.TOKEN_PEPPERS.map(({ id, secret }) => `${id}:${secret.toString("base64url")}`).join(","),
  };
}

async function offerSetup(env: AppEnvironment): Promise<void> {
  const code = await setupCode(env);
  if (code) say(`nothing is set up yet: open ${env.PUBLIC_URL}/setup and enter the code ${code}`);
}

/** Whom to sign in as, an organization a line. */
function demoAccounts(): string {
  const organizations = [
    ...DEMO_ORGANIZATIONS.map(({ name, accounts }) => ({ name, emails: accounts.map(({ email }) => email) })),
    { name: "Operator", emails: [DEMO_OPERATOR.email] },
  ];
  const width = Math.max(...organizations.map(({ name }) => name.length)) + 2;
  return [
    `sign in with the password ${DEMO_PASSWORD} as one of`,
    ...organizations.map(({ name, emails }) => `  ${name.padEnd(width)}${emails.join(", ")}`),
  ].join("\n");
}

function say(line: string): void {
  console.log(line);
}

function complain(error: unknown): void {
  const path = error instanceof Error && "path" in error ? String(error.path) : "";
  if (error instanceof StartProblem) console.error(error.message);
  else if (path && errorCode(error))
    console.error(`${path} cannot be used (${errorCode(error)}): make it accessible to this user, or set DATA_DIR.`);
  else console.error(error);
}
