import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import autocannon from "autocannon";
import postgres from "postgres";
import { createDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { startEmbeddedPostgres } from "@/scripts/launcher/embedded-postgres";
import { makeWorld } from "@/test/world";
import { serveBench } from "./next-server";

const CONNECTIONS = 32;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 11);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const TARGET = 0.9;

/**
 * A Next route behind `withToken` against one without: throughput in interleaved rounds of one run, medians. Every
 * connection has a token of its own. Also asks the database how many statements the checks cost. True where the target
 * is met.
 */
export async function guard(): Promise<boolean> {
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
  const cluster = await startEmbeddedPostgres({
    dataDir,
    fast: true,
    settings: { shared_preload_libraries: "pg_stat_statements" },
  });
  const variables = {
    DATABASE_URL: cluster.url,
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    TOKEN_PEPPERS: `bench:${randomBytes(32).toString("base64url")}`,
    LOG_LEVEL: "warn",
  };
  Object.assign(process.env, variables);
  const statements = postgres(cluster.adminUrl, { max: 1, onnotice: () => {} });
  let server: Awaited<ReturnType<typeof serveBench>> | undefined;
  try {
    await statements`create extension pg_stat_statements`;
    await migrateDatabase(cluster.url);
    const tokens = await makeTokens(cluster.url);
    server = await serveBench(variables);
    return await compare(server.url, tokens, statements);
  } finally {
    await server?.stop();
    await statements.end();
    await cluster.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function makeTokens(url: string): Promise<string[]> {
  const database = createDatabase(url);
  try {
    const world = await makeWorld(database.db);
    const tokens: string[] = [];
    for (let made = 0; made < CONNECTIONS; made++) tokens.push((await world.addToken(world.engineer)).secret);
    return tokens;
  } finally {
    await database.end();
  }
}

async function compare(url: string, tokens: string[], statements: postgres.Sql): Promise<boolean> {
  const guarded = () => load(`${url}/guarded`, tokens, 200);
  const unguarded = () => load(`${url}/unguarded`, tokens, 200);
  await unguarded();
  await guarded();

  const rounds: { unguarded: Measured; guarded: Measured; statements: number }[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    // Whoever goes second finds a warmer machine: they take turns.
    const first = round % 2 ? await unguarded() : null;
    const before = await verifications(statements);
    const second = await guarded();
    const asked = (await verifications(statements)) - before;
    const measured = { unguarded: first ?? (await unguarded()), guarded: second, statements: asked / second.calls };
    rounds.push(measured);
    console.log(
      `round ${round}: unguarded ${show(measured.unguarded)}, guarded ${show(measured.guarded)}, ` +
        `ratio ${(measured.guarded.rate / measured.unguarded.rate).toFixed(3)}`,
    );
  }

  // What the last round left under way is still being checked.
  await pause(500);
  const before = await verifications(statements);
  const mistyped = await load(
    `${url}/guarded`,
    tokens.map((token) => `${token.slice(0, -1)}${token.endsWith("0") ? "1" : "0"}`),
    401,
  );
  const askedForMistyped = (await verifications(statements)) - before;

  const ratio = median(rounds.map((round) => round.guarded.rate / round.unguarded.rate));
  const met = ratio >= TARGET && askedForMistyped === 0;
  console.log(`
| Next route, ${CONNECTIONS} connections | requests a second | p50 ms | p99 ms |
| --- | --- | --- | --- |
${row(
  "unguarded",
  rounds.map((round) => round.unguarded),
)}
${row(
  "guarded by withToken",
  rounds.map((round) => round.guarded),
)}
${row("guarded, wrong checksum (401)", [mistyped])}

guarded / unguarded: ${ratio.toFixed(3)} (median of ${ROUNDS} rounds; at least ${TARGET})
statements of verification a call: ${median(rounds.map((round) => round.statements)).toFixed(3)}
statements for ${mistyped.calls} calls with a wrong checksum: ${askedForMistyped} (none)
${met ? "met" : "MISSED"}`);
  return met;
}

interface Measured {
  /** Requests a second. */
  rate: number;
  p50: number;
  p99: number;
  calls: number;
}

async function load(url: string, tokens: string[], status: number): Promise<Measured> {
  let next = 0;
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    setupClient: (client) => client.setHeaders({ authorization: `Bearer ${tokens[next++ % tokens.length]}` }),
  });
  const answers = Object.keys(result.statusCodeStats);
  if (result.errors > 0 || answers.length !== 1 || answers[0] !== String(status)) {
    throw new Error(`${url}: ${result.errors} errors, statuses ${answers.join(", ")} instead of ${status}`);
  }
  return {
    rate: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    calls: result.requests.total,
  };
}

/** How often the statement of verification ran, by the database's own count. */
async function verifications(statements: postgres.Sql): Promise<number> {
  const [row] = await statements<{ calls: number }[]>`
    select coalesce(sum(calls), 0)::int as calls from pg_stat_statements
    where query like '%from api_tokens t%' and query like '%secret_hash%'`;
  return row?.calls ?? 0;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const show = ({ rate, p99 }: Measured) => `${Math.round(rate)}/s (p99 ${p99} ms)`;

const row = (name: string, measured: Measured[]) =>
  `| ${name} | ${Math.round(median(measured.map(({ rate }) => rate)))} | ${median(measured.map(({ p50 }) => p50))} | ${median(measured.map(({ p99 }) => p99))} |`;
