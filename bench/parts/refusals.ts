import { Agent, request } from "node:http";
import { mintToken } from "@/lib/tokens/token-secret";
import { forgeToken } from "@/test/forge-token";
import { makeWorld } from "@/test/world";
import type { Ground } from "../ground";
import { atMost, median, type PartReport, percentile, show, table } from "../report";
import { ROUNDS } from "../rounds";
import { startGateProcess } from "../servers/server-process";

/** Refused by their text alone, without a look at anything that is kept: whoever sends one could have told before. */
const BY_TEXT = new Set(["malformed", "wrong checksum"]);
/** Calls of each half of each kind in a round. */
const CALLS = 300;

interface Sample {
  kind: string;
  half: 0 | 1;
  microseconds: number;
}

/**
 * Whether the time of a refusal tells its reason: every kind is asked twice, as two halves that differ in nothing, all in a
 * random order on one connection. What the halves of a kind differ by is the noise of the run.
 */
export async function refusals(ground: Ground): Promise<PartReport> {
  const credentials = Object.entries(await makeRefused(ground));
  const gate = await startGateProcess(ground.variables);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const rounds: Sample[][] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const calls = credentials.flatMap(([kind, secret]) =>
        Array.from({ length: CALLS * 2 }, (_, at) => ({ kind, secret, half: (at % 2) as 0 | 1, order: Math.random() })),
      );
      calls.sort((one, other) => one.order - other.order);
      const samples: Sample[] = [];
      for (const { kind, half, secret } of calls) {
        samples.push({ kind, half, microseconds: await refusedIn(gate.url, agent, secret) });
      }
      // The first warms up.
      if (round > 0) rounds.push(samples);
    }
    return reportOf(
      credentials.map(([kind]) => kind),
      rounds,
    );
  } finally {
    agent.destroy();
    await gate.stop();
  }
}

/** A credential for each reason for which one is refused. */
async function makeRefused({ database: { db, sql }, world, makeTokens }: Ground): Promise<Record<string, string>> {
  const [expired = "", deleted = "", real = "", other = ""] = await makeTokens(4);
  const idOf = (secret: string) => secret.split("_")[2] ?? "";
  await sql`update api_tokens set expires_at = now() - interval '1 hour' where id = ${idOf(expired)}`;
  await sql`update api_tokens set deleted_at = now(), state = 'deleted' where id = ${idOf(deleted)}`;
  const gone = await world.addMember();
  const ofGone = await world.addToken(gone);
  await world.deactivate(gone);
  const off = await makeWorld(db);
  const ofOff = await off.addToken(off.user);
  await off.setTokensEnabled(false);
  return {
    malformed: "lk_pat_nonsense",
    "wrong checksum": `${real.slice(0, -1)}${real.endsWith("0") ? "1" : "0"}`,
    unknown: mintToken("lk", "pat").plain.reveal(),
    "wrong secret": forgeToken(real, other),
    expired,
    deleted,
    "issuer deactivated": ofGone.secret,
    "tokens disabled": ofOff.secret,
  };
}

function refusedIn(url: string, agent: Agent, secret: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const call = request(`${url}/verify`, { agent, headers: { authorization: `Bearer ${secret}` } }, (answer) => {
      answer.resume();
      answer.once("end", () => {
        if (answer.statusCode === 401) resolve((performance.now() - began) * 1000);
        else reject(new Error(`a call that should have been refused was answered with ${answer.statusCode}`));
      });
    });
    call.once("error", reject);
    call.end();
  });
}

function reportOf(kinds: readonly string[], rounds: readonly Sample[][]): PartReport {
  const medianOf = (samples: readonly Sample[]) => median(samples.map(({ microseconds }) => microseconds));
  const of = (samples: readonly Sample[], kind: string, half?: 0 | 1) =>
    medianOf(samples.filter((one) => one.kind === kind && (half === undefined || one.half === half)));
  const differences = kinds.map((kind) => median(rounds.map((samples) => of(samples, kind) - medianOf(samples))));
  const halves = kinds.flatMap((kind) =>
    rounds.map((samples) => Math.abs(of(samples, kind, 0) - of(samples, kind, 1))),
  );
  const noise = percentile(halves, 0.95);
  const telling = differences.filter((_, at) => !BY_TEXT.has(kinds[at] ?? ""));
  const widest = Math.max(...telling) - Math.min(...telling);
  return {
    title: "Refusals",
    findings: [
      atMost(
        "widest difference of medians between two reasons that only a look at the token tells, µs; at most the noise",
        widest,
        noise,
        1,
      ),
    ],
    details: [
      table(
        ["refused by the gate as", "median µs", "less the median of all, µs"],
        kinds.map((kind, at) => [
          kind,
          show(median(rounds.map((samples) => of(samples, kind))), 1),
          show(differences[at] ?? Number.NaN, 1),
        ]),
      ),
      `Two halves of one kind differ by ${show(median(halves), 1)} µs in the median of ${halves.length} comparisons, and by ${show(noise, 1)} µs in the 95th of a hundred: the noise. The first two are refused by their text alone, which its sender can check as well; their time tells nothing of any token.`,
    ].join("\n\n"),
  };
}
