import { fork } from "node:child_process";
import { once } from "node:events";
import { deleteToken } from "@/lib/tokens/delete-token";
import { openChecker, plainTokens } from "../checker";
import type { Ground } from "../ground";
import { atMost, type PartReport, percentile, show, table } from "../report";
import { CONNECTIONS } from "../rounds";
import { type ServerProcess, startGateProcess } from "../servers/server-process";
import { converse, requestTo } from "../socket-load";

const TARGET = { idle: 10, loaded: 50 };
const DELETIONS = { idle: 500, loaded: 300 };

/**
 * Deletes tokens here, while another process, a gate, is asked for each of them without a pause. How late the last request
 * was sent that it still let in, after the deletion was acknowledged: nothing where none was.
 */
export async function revocation(ground: Ground): Promise<PartReport> {
  const gate = await startGateProcess(ground.variables);
  const own = await openChecker(ground.url, { memory: "on" });
  const credentials = await ground.makeTokens(CONNECTIONS);
  try {
    const measure = async (count: number) => {
      const results = [];
      for (const secret of await ground.makeTokens(count)) results.push(await deleteWatched(ground, gate, own, secret));
      return results;
    };
    const idle = await measure(DELETIONS.idle);
    const stopLoad = await startLoad(`${gate.url}/verify`, credentials);
    const loaded = await measure(DELETIONS.loaded).finally(stopLoad);
    return reportOf(idle, loaded);
  } finally {
    await own.close();
    await gate.stop();
  }
}

let callers = 0;

/** Every token is another caller's: one address that brings hundreds of deleted tokens in a minute is told to wait. */
function nextAddress(): string {
  callers++;
  return `198.18.${callers >> 8}.${callers & 255}`;
}

interface Deletion {
  /** Milliseconds after the acknowledgement at which the last request was sent that was let in. */
  late: number;
  /** Requests that were let in although they were sent after it. */
  accepted: number;
  /** Whether the deleting instance let it in after it had answered. */
  acceptedHere: boolean;
}

type Checker = Awaited<ReturnType<typeof openChecker>>;

async function deleteWatched(ground: Ground, gate: ServerProcess, own: Checker, secret: string): Promise<Deletion> {
  const { world, database } = ground;
  const [token] = plainTokens([secret]);
  if (!token || (await own.verify(token)).outcome !== "allowed") throw new Error("a token that works was refused");
  const url = new URL(`${gate.url}/verify`);
  const request = requestTo(url, secret, nextAddress());
  const accepted: number[] = [];
  let sent = 0;
  let refused = false;
  let inMemory = () => {};
  const known = new Promise<void>((resolve) => {
    inMemory = resolve;
  });
  const watching = converse(
    url,
    () => {
      if (refused) return null;
      sent = performance.now();
      return request;
    },
    (answer) => {
      const status = answer.slice(9, 12);
      if (status === "200") accepted.push(sent);
      else if (status === "401") refused = true;
      else throw new Error(`the gate answered ${status}`);
      if (accepted.length === 3) inMemory();
    },
  );
  await Promise.race([known, watching]);
  const ctx = { db: database.db, now: new Date(), origin: { requestId: null, ip: null } };
  const id = secret.split("_")[2] ?? "";
  const result = await deleteToken(world.admin, { id }, ctx);
  const acknowledged = performance.now();
  if (!result.ok) throw new Error("it was not deleted");
  await own.catchUp();
  const acceptedHere = (await own.verify(token)).outcome === "allowed";
  await watching;
  const after = accepted.filter((at) => at > acknowledged);
  return { late: Math.max(0, (after.at(-1) ?? 0) - acknowledged), accepted: after.length, acceptedHere };
}

/** 32 connections of a process of its own. Returns what ends it. */
async function startLoad(url: string, credentials: string[]): Promise<() => Promise<void>> {
  const child = fork("bench/servers/load.ts", {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, BENCH_LOAD: JSON.stringify({ url, credentials, status: 200 }) },
  });
  // Ready, and then a second of answers.
  await once(child, "message");
  await once(child, "message");
  return async () => {
    const failed = child.exitCode !== null;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    if (!failed) await gone;
    if (failed || child.exitCode !== 0) throw new Error("the load ended before its time");
  };
}

function reportOf(idle: Deletion[], loaded: Deletion[]): PartReport {
  const late = (deletions: Deletion[]) => deletions.map((deletion) => deletion.late);
  const here = [...idle, ...loaded].filter(({ acceptedHere }) => acceptedHere).length;
  const row = (name: string, deletions: Deletion[]) => [
    name,
    String(deletions.length),
    String(deletions.filter(({ accepted }) => accepted > 0).length),
    ...[0.5, 0.99, 1].map((part) => show(percentile(late(deletions), part))),
  ];
  return {
    title: "Revocation",
    findings: [
      atMost(
        "a deletion seen by another process, p99 after the commit, idle",
        percentile(late(idle), 0.99),
        TARGET.idle,
        2,
        " ms",
      ),
      atMost(
        `the same with ${CONNECTIONS} connections of load on it`,
        percentile(late(loaded), 0.99),
        TARGET.loaded,
        2,
        " ms",
      ),
      {
        what: `deletions after which the deleting instance let the token in, of ${idle.length + loaded.length}`,
        measured: String(here),
        target: "0",
        met: here === 0,
      },
    ],
    details: [
      table(
        ["the other process", "deletions", "let in later", "p50 ms", "p99 ms", "worst ms"],
        [row("idle but for the one who asks", idle), row(`under load, ${CONNECTIONS} connections`, loaded)],
      ),
      "Milliseconds from the acknowledged deletion to the sending of the last request that was still let in, 0 where none was.",
    ].join("\n\n"),
  };
}
