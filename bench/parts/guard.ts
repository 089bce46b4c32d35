import { setTimeout as pause } from "node:timers/promises";
import autocannon from "autocannon";
import { type Ground, VERIFICATION } from "../ground";
import { atLeast, median, type PartReport, show, spread, table } from "../report";
import { CONNECTIONS, inTurns, SECONDS } from "../rounds";
import { serveBench } from "../servers/next-server";

const TARGET = 0.97;

interface Measured {
  /** Requests a second. */
  rate: number;
  p50: number;
  p99: number;
  calls: number;
  /** Statements of verification meanwhile. */
  statements: number;
}

/** A Next route behind `withToken` against one without, and what a wrong checksum costs the database. */
export async function guard(ground: Ground): Promise<PartReport> {
  const tokens = await ground.makeTokens(CONNECTIONS);
  const mistyped = tokens.map((token) => `${token.slice(0, -1)}${token.endsWith("0") ? "1" : "0"}`);
  const server = await serveBench(ground.variables);
  try {
    const measure = async (path: string, credentials: string[], status: number): Promise<Measured> => {
      const before = await ground.statements(VERIFICATION);
      const measured = await load(server.url + path, credentials, status);
      return { ...measured, statements: (await ground.statements(VERIFICATION)) - before };
    };
    // The first call of a route loads it, and opens what it needs.
    for (const path of ["/unguarded", "/same-headers", "/guarded"]) {
      const { status } = await fetch(server.url + path, { headers: { authorization: `Bearer ${tokens[0]}` } });
      if (status !== 200) throw new Error(`${path} answered ${status}`);
    }
    const rounds = await inTurns({
      unguarded: () => measure("/unguarded", tokens, 200),
      sameHeaders: () => measure("/same-headers", tokens, 200),
      guarded: () => measure("/guarded", tokens, 200),
    });
    // What the last round left under way is still being checked.
    await pause(500);
    const refused = await measure("/guarded", mistyped, 401);
    return reportOf({ ...rounds, refused: [refused] });
  } finally {
    await server.stop();
  }
}

function reportOf(measured: Record<"unguarded" | "sameHeaders" | "guarded" | "refused", Measured[]>): PartReport {
  const { unguarded, sameHeaders, guarded, refused } = measured;
  const ratiosTo = (others: Measured[]) => guarded.map(({ rate }, round) => rate / (others[round]?.rate ?? Number.NaN));
  const statements = refused.reduce((sum, one) => sum + one.statements, 0);
  const row = (name: string, rounds: Measured[]) => [
    name,
    spread(rounds.map(({ rate }) => rate)),
    show(median(rounds.map(({ p50 }) => p50))),
    show(median(rounds.map(({ p99 }) => p99))),
    show(median(rounds.map(({ statements, calls }) => statements / calls)), 4),
  ];
  return {
    title: "A guarded route",
    findings: [
      atLeast("guarded / unguarded Next route, throughput", median(ratiosTo(unguarded)), TARGET, 3),
      {
        what: `statements for ${show(refused.reduce((sum, { calls }) => sum + calls, 0))} calls of the route with a wrong checksum`,
        measured: String(statements),
        target: "none",
        met: statements === 0,
      },
    ],
    details: [
      table(
        [`Next route, ${CONNECTIONS} connections`, "requests a second", "p50 ms", "p99 ms", "statements a call"],
        [
          row("unguarded", unguarded),
          row("unguarded, with the headers of our answers", sameHeaders),
          row("guarded by `withToken`", guarded),
          row("guarded, wrong checksum (401)", refused),
        ],
      ),
      `Guarded / unguarded by round: ${spread(ratiosTo(unguarded), 3)}; guarded / unguarded with the headers: ${spread(ratiosTo(sameHeaders), 3)}.`,
    ].join("\n\n"),
  };
}

async function load(url: string, tokens: string[], status: number) {
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
