import { openBetterAuth } from "../better-auth";
import type { Ground } from "../ground";
import { atLeast, median, type PartReport, show, spread, table } from "../report";
import { CONNECTIONS, inTurns, SECONDS } from "../rounds";
import { type ServerProcess, startGateProcess, startServer } from "../servers/server-process";
import { type Load, load } from "../socket-load";

const TARGET = { bare: 0.85, peer: 30 };
/** As a proxy asks it. */
const PATH = "/verify?permission=tokens:read";

type Measured = Load & { microseconds: number };

/** The gate against `node:http` with the same answer and no check, and against `node:http` with better-auth's check. */
export async function gate(ground: Ground): Promise<PartReport> {
  const tokens = await ground.makeTokens(CONNECTIONS);
  const peerUrl = await ground.databaseBeside("better_auth_gate");
  const peer = await openBetterAuth(peerUrl);
  const keys = await peer.prepare(CONNECTIONS).finally(() => peer.end());
  const running: ServerProcess[] = [];
  const start = async (starting: Promise<ServerProcess>) => {
    const server = await starting;
    running.push(server);
    return server;
  };
  try {
    const gateServer = await start(startGateProcess(ground.variables));
    const { sample } = await load({
      url: gateServer.url + PATH,
      seconds: 0.1,
      credentials: tokens.slice(0, 1),
      status: 200,
    });
    const bareServer = await start(startServer("bare.ts", { BENCH_ANSWER: JSON.stringify(answerOf(sample)) }));
    const peerServer = await start(startServer("better-auth.ts", { BENCH_PEER_URL: peerUrl }));
    const measure = (server: ServerProcess, credentials: string[]) => async (): Promise<Measured> => {
      const before = server.processorSeconds();
      const measured = await load({ url: server.url + PATH, seconds: SECONDS, credentials, status: 200 });
      return { ...measured, microseconds: ((server.processorSeconds() - before) * 1e6) / measured.answers };
    };
    return reportOf(
      await inTurns({
        bare: measure(bareServer, tokens),
        gate: measure(gateServer, tokens),
        peer: measure(peerServer, keys),
      }),
    );
  } finally {
    for (const server of running) await server.stop();
  }
}

function reportOf(measured: Record<"bare" | "gate" | "peer", Measured[]>): PartReport {
  const ratios = (to: Measured[]) => measured.gate.map(({ rate }, round) => rate / (to[round]?.rate ?? Number.NaN));
  const row = (name: string, rounds: Measured[]) => [
    name,
    spread(rounds.map(({ rate }) => rate)),
    show(median(rounds.map(({ p50 }) => p50))),
    show(median(rounds.map(({ p99 }) => p99))),
    spread(rounds.map(({ microseconds }) => microseconds)),
  ];
  return {
    title: "The gate",
    findings: [
      atLeast("gate / bare `node:http` with the same answer, throughput", median(ratios(measured.bare)), TARGET.bare),
      atLeast(
        "gate / better-auth's plugin on bare `node:http`, throughput",
        median(ratios(measured.peer)),
        TARGET.peer,
      ),
    ],
    details: [
      table(
        [`server, ${CONNECTIONS} connections`, "answers a second", "p50 ms", "p99 ms", "processor µs an answer"],
        [
          row("bare `node:http`, the same status, headers and body", measured.bare),
          row(`gate, \`${PATH}\``, measured.gate),
          row("bare `node:http` with better-auth's `verifyApiKey`", measured.peer),
        ],
      ),
      `Gate / bare by round: ${spread(ratios(measured.bare))}; gate / better-auth: ${spread(ratios(measured.peer))}.`,
    ].join("\n\n"),
  };
}

/** An answer as another server can give it; what Node itself adds is left to it. */
function answerOf(sample: string): { status: number; headers: string[]; body: string } {
  const [head = "", body = ""] = sample.split("\r\n\r\n");
  const [first = "", ...lines] = head.split("\r\n");
  const headers = lines
    .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()] as const)
    .filter(([name]) => !/^(?:date|connection|keep-alive)$/i.test(name));
  return { status: Number(first.split(" ")[1]), headers: headers.flat(), body };
}
