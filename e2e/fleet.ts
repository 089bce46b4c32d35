import { type ChildProcess, spawn } from "node:child_process";
import { createSecretKey, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { createDatabase, type Db } from "@/db/client";
import { apiTokens } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { hashToken, mintToken } from "@/lib/tokens/token-secret";
import { freePort, startEmbeddedPostgres } from "@/scripts/launcher/embedded-postgres";
import { makeWorld, type World } from "@/test/world";
import { type CuttableConnection, cuttableConnection } from "./cuttable-connection";
import { type RunningServer, startServer } from "./server";

/** A process that checks tokens, on a way to the database of its own. */
export interface Instance {
  name: string;
  /** In the table `instances`, on receipts. */
  id: string;
  url: string;
  line: CuttableConnection;
  process: ChildProcess;
  ask(secret: string): Promise<Asked>;
  stop(): Promise<void>;
}

export interface Asked {
  /** When it was sent, on the monotonic clock. */
  sentAt: number;
  /** Milliseconds until it was answered. */
  took: number;
  /** 0 where there was no answer at all. */
  status: number;
  /** Who the bearer is said to be and what they may. */
  text: string;
}

export interface Token {
  id: string;
  secret: string;
}

export interface Fleet {
  /** The process of the database; when it ends, another is started on the same port. */
  postmaster(): number;
  db: Db;
  sql: ReturnType<typeof createDatabase>["sql"];
  world: World;
  instances: [app: Instance, other: Instance, gate: Instance];
  newToken(issuer: MemberActor): Promise<Token>;
  stop(): Promise<void>;
}

/**
 * Two apps and a gate, each a process of its own, on an empty database of their own with one organization in it. `env` is for
 * the second app alone.
 */
export async function startFleet(env: Record<string, string> = {}): Promise<Fleet> {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-fleet-"));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, "database"), fast: true });
  const database = createDatabase(postgres.url, { max: 4 });
  const { db, sql } = database;
  const secret = randomBytes(32);
  const settings = {
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    TOKEN_PEPPERS: `k1:${secret.toString("base64url")}`,
  };
  const instances: Instance[] = [];
  const stop = async () => {
    await Promise.all(instances.map((instance) => instance.stop()));
    await database.end();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const start = async (name: string, kind: typeof startApp, own: Record<string, string> = {}) => {
    const line = await cuttableConnection(Number(new URL(postgres.url).port));
    const through = new URL(postgres.url);
    through.port = String(line.port);
    const started = await kind(join(folder, name), { ...settings, ...own, DATABASE_URL: through.href });
    const close = async () => {
      await line.mend();
      await started.stop();
      await line.close();
    };
    instances.push({ ...started, name, line, id: await newest(instances), stop: close });
  };
  // One after the other, so that each one's registration is known to be its own.
  const newest = async (known: Instance[]): Promise<string> => {
    const ids = known.map(({ id }) => id);
    let found: string | undefined;
    await until(async () => {
      const [row] = await sql<{ id: string }[]>`select id from instances where not id::text = any(${ids})`;
      found = row?.id;
      return found !== undefined;
    });
    return found ?? "";
  };
  try {
    await start("app", startApp);
    await start("other app", startApp, env);
    await start("gate", startGate);
    const world = await makeWorld(db);
    const pepper = { id: "k1", key: createSecretKey(secret) };
    const newToken = async ({ organizationId, memberId, roleId }: MemberActor): Promise<Token> => {
      const { id, plain, lastFour } = mintToken("lk", "pat");
      await db.insert(apiTokens).values({
        ...{ organizationId, id, kind: "pat", prefix: "lk", name: `Token ${id}`, issuerId: memberId, roleId },
        ...{ secretHash: hashToken(plain, pepper), pepperId: pepper.id, lastFour, state: "active" },
        createdAt: new Date(),
      });
      return { id, secret: plain.reveal() };
    };
    const postmaster = () =>
      Number(readFileSync(join(folder, "database", "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
    return { postmaster, db, sql, world, instances: instances as Fleet["instances"], newToken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const until = (condition: () => Promise<boolean>) =>
  expect.poll(condition, { timeout: 60_000, intervals: [20] }).toBe(true);

type Started = Pick<Instance, "url" | "process" | "ask" | "stop">;

async function startApp(dataDir: string, env: Record<string, string>): Promise<Started> {
  const server: RunningServer = await startServer({ dataDir, env: { ...env, GATE_PORT: "off", JOBS: "off" } });
  const ask = asker(`${server.url}/api/v1/me`, (_, body) => body);
  return { url: server.url, process: server.process, ask, stop: server.stop };
}

async function startGate(dataDir: string, env: Record<string, string>): Promise<Started> {
  const port = await freePort();
  const child = spawn(process.execPath, ["scripts/gate.mjs"], {
    env: { ...process.env, NODE_ENV: "production", ...env, DATA_DIR: dataDir, GATE_PORT: String(port) },
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  };
  const isUp = () =>
    fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(async () => {
    if (child.exitCode !== null) throw new Error("the gate did not start");
    return isUp();
  });
  const identity = (headers: Headers) =>
    [...headers].filter(([name]) => name.startsWith("x-latchkey-")).map((header) => header.join(": "));
  const ask = asker(`${url}/verify`, (headers) => identity(headers).join("\n"));
  return { url, process: child, ask, stop };
}

const asker =
  (url: string, textOf: (headers: Headers, body: string) => string) =>
  async (secret: string): Promise<Asked> => {
    const sentAt = performance.now();
    try {
      const answer = await fetch(url, {
        headers: { authorization: `Bearer ${secret}` },
        redirect: "manual",
        signal: AbortSignal.timeout(10_000),
      });
      const body = await answer.text();
      const text = answer.status === 200 ? textOf(answer.headers, body) : "";
      return { sentAt, took: performance.now() - sentAt, status: answer.status, text };
    } catch {
      return { sentAt, took: performance.now() - sentAt, status: 0, text: "" };
    }
  };

/** Asks an instance on and on, with a few callers at once, until it is stopped. */
export function hammer(instance: Instance, secret: string, callers = 2) {
  const answers: Asked[] = [];
  let going = true;
  const caller = async () => {
    while (going) answers.push(await instance.ask(secret));
  };
  const done = Promise.all(Array.from({ length: callers }, caller));
  return {
    instance,
    answers,
    stop: async () => {
      going = false;
      await done;
    },
  };
}
