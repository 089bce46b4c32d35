import { readRecords } from "@/lib/authority/token-record";
import { openChecker, plainTokens } from "../checker";
import { type Ground, VERIFICATION } from "../ground";
import { atLeast, median, type PartReport, show, spread, table } from "../report";
import { CONNECTIONS, callFor, type InProcess, inTurns, SECONDS } from "../rounds";

const TARGET = 0.9;
const TOKENS = 3200;
const ALONE = 1000;

/** Checks that find nothing in memory, against the statement that each of them needs. */
export async function miss(ground: Ground): Promise<PartReport> {
  const secrets = await ground.makeTokens(TOKENS);
  const tokens = plainTokens(secrets);
  const ids = secrets.map((secret) => secret.split("_")[2] ?? "");
  const checker = await openChecker(ground.url, { memory: "off" });
  // Each caller has tokens of its own, so that no two ever ask for the same one at once.
  const own = (caller: number, turn: number) => (caller + turn * CONNECTIONS) % TOKENS;
  try {
    const asked = await countStatements(ground, async () => {
      for (const token of tokens.slice(0, ALONE)) await expectAllowed(checker.verify(token));
    });
    const measured = await inTurns({
      query: () =>
        callFor(SECONDS, CONNECTIONS, async (caller, turn) => {
          const rows = await readRecords(checker.sql, [ids[own(caller, turn)] ?? ""]);
          return rows.length === 1;
        }),
      miss: () =>
        callFor(SECONDS, CONNECTIONS, async (caller, turn) => {
          const { outcome } = await checker.verify(tokens[own(caller, turn)] as (typeof tokens)[number]);
          return outcome === "allowed";
        }),
    });
    return reportOf(measured, asked / ALONE);
  } finally {
    await checker.close();
  }
}

function reportOf({ query, miss }: Record<"query" | "miss", InProcess[]>, statements: number): PartReport {
  const ratios = miss.map(({ rate }, round) => rate / (query[round]?.rate ?? Number.NaN));
  const row = (name: string, rounds: InProcess[]) => [
    name,
    spread(rounds.map(({ rate }) => rate)),
    spread(rounds.map(({ microseconds }) => microseconds)),
  ];
  return {
    title: "A check that finds nothing in memory",
    findings: [
      {
        what: `statements a check, of ${show(ALONE)} one after the other`,
        measured: String(statements),
        target: "1",
        met: statements === 1,
      },
      atLeast("a miss / the bare query at the same concurrency, throughput", median(ratios), TARGET),
    ],
    details: [
      table(
        [`${CONNECTIONS} callers in one process`, "a second", "processor µs of the process a call"],
        [row("the bare query, one id each", query), row("`verify()` with nothing in memory", miss)],
      ),
      `A miss / the query by round: ${spread(ratios)}. Above 1, because checks that arrive together share a statement.`,
    ].join("\n\n"),
  };
}

async function expectAllowed(verification: ReturnType<Awaited<ReturnType<typeof openChecker>>["verify"]>) {
  const { outcome } = await verification;
  if (outcome !== "allowed") throw new Error(`a token that works was ${outcome}`);
}

async function countStatements(ground: Ground, act: () => Promise<void>): Promise<number> {
  const before = await ground.statements(VERIFICATION);
  await act();
  return (await ground.statements(VERIFICATION)) - before;
}
