import { setImmediate as turn } from "node:timers/promises";
import { openBetterAuth } from "../better-auth";
import { openChecker, plainTokens } from "../checker";
import type { Ground } from "../ground";
import { atLeast, median, type PartReport, spread, table } from "../report";
import { CONNECTIONS, callFor, type InProcess, inTurns, SECONDS } from "../rounds";

const TARGET = { memory: 500, miss: 8 };
/** Checks from memory between two turns of the event loop. */
const BUNCH = 1000;

/** `verify()` in process against better-auth's `verifyApiKey` in the same process, on the same PostgreSQL. */
export async function peer(ground: Ground): Promise<PartReport> {
  const tokens = plainTokens(await ground.makeTokens(CONNECTIONS));
  const betterAuth = await openBetterAuth(await ground.databaseBeside("better_auth_peer"));
  const keys = await betterAuth.prepare(CONNECTIONS);
  const remembering = await openChecker(ground.url, { memory: "on" });
  const forgetful = await openChecker(ground.url, { memory: "off" });
  type Token = (typeof tokens)[number];
  try {
    return reportOf(
      await inTurns({
        memory: async () => {
          const bunches = await callFor(1, 1, async () => {
            for (let at = 0; at < BUNCH; at++) {
              const found = remembering.verify(tokens[at % CONNECTIONS] as Token);
              // One that is read anew is waited for, and counts as any other.
              const { outcome } = found instanceof Promise ? await found : found;
              if (outcome !== "allowed") return false;
            }
            // The feed has to be heard meanwhile.
            await turn();
            return true;
          });
          return { ...bunches, rate: bunches.rate * BUNCH, microseconds: bunches.microseconds / BUNCH };
        },
        miss: () =>
          callFor(SECONDS, CONNECTIONS, async (caller) => {
            return (await forgetful.verify(tokens[caller] as Token)).outcome === "allowed";
          }),
        peer: () => callFor(SECONDS, CONNECTIONS, (caller) => betterAuth.verify(keys[caller] ?? "")),
        peerAlone: () => callFor(SECONDS, 1, () => betterAuth.verify(keys[0] ?? "")),
      }),
    );
  } finally {
    await Promise.all([remembering.close(), forgetful.close(), betterAuth.end()]);
  }
}

function reportOf(measured: Record<"memory" | "miss" | "peer" | "peerAlone", InProcess[]>): PartReport {
  const { memory, miss, peer, peerAlone } = measured;
  const times = (what: InProcess[], than = peer) =>
    what.map(({ rate }, round) => rate / (than[round]?.rate ?? Number.NaN));
  const row = (name: string, rounds: InProcess[]) => [
    name,
    spread(rounds.map(({ rate }) => rate)),
    spread(rounds.map(({ microseconds }) => microseconds)),
  ];
  return {
    title: "Against better-auth's API-key plugin",
    findings: [
      atLeast("`verify()` from memory / `verifyApiKey`, one caller", median(times(memory, peerAlone)), TARGET.memory),
      atLeast(
        `\`verify()\` from memory, one caller / \`verifyApiKey\`, ${CONNECTIONS} callers`,
        median(times(memory)),
        TARGET.memory,
      ),
      atLeast("`verify()` with nothing in memory / `verifyApiKey`, checks a second", median(times(miss)), TARGET.miss),
    ],
    details: [
      table(
        ["in one process", "checks a second", "processor µs of the process a check"],
        [
          row(`\`verify()\` from memory, ${CONNECTIONS} tokens in turn`, memory),
          row(`\`verify()\` with nothing in memory, ${CONNECTIONS} callers`, miss),
          row(`\`verifyApiKey\`, ${CONNECTIONS} callers`, peer),
          row("`verifyApiKey`, one caller", peerAlone),
        ],
      ),
      `Compared like with like, and with ${CONNECTIONS} callers, the better of the two for better-auth, whose limit for each key and the statement for it are switched off. It reads and writes the key at every check.`,
    ].join("\n\n"),
  };
}
