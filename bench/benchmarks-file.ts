import { writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { findingsTable, type PartReport, show } from "./report";
import { CONNECTIONS, ROUNDS, SECONDS } from "./rounds";

const FILE = "docs/benchmarks.md";

const NOT_MEASURED = `## The table at a million tokens
Not measured in this run: \`npm run bench -- --full\` does.`;

/** Writes what a whole run found. Of the machine it tells what bears on speed, and not which one it was. */
export function writeBenchmarks(
  reports: readonly PartReport[],
  run: { postgres: string; minutes: number; isFull: boolean },
): void {
  const model = cpus()[0]?.model.trim() || "unknown processor";
  const machine = `${cpus().length} cores (${model}), ${Math.round(totalmem() / 2 ** 30)} GB of memory`;
  const text = `# Benchmarks

Written by \`npm run bench\`, which measures all of this in one run on one PostgreSQL; nothing here is typed by hand. **Only ratios within one run mean anything on another machine.**

| | |
| --- | --- |
| date | ${new Date().toISOString().slice(0, 10)} |
| machine | ${machine}, also running PostgreSQL and the load |
| Node.js | ${process.versions.node} |
| PostgreSQL | ${run.postgres.split(" ")[0]}, embedded, not flushing to disk, which favours whoever writes at every call |
| the run | ${show(run.minutes, 1)} minutes; load of the machine at its end ${show(loadavg()[0] ?? Number.NaN, 1)} |

## Targets
${findingsTable(reports.flatMap(({ findings }) => findings))}

${[...reports.map(({ title, details }) => `## ${title}\n${details}`), ...(run.isFull ? [] : [NOT_MEASURED])].join("\n\n")}

## How to read it
- What is compared runs in turns: ${ROUNDS} rounds of ${SECONDS} s each, every round beginning with another, after one that counts for nothing. Figures are medians of the rounds, with the lowest and the highest in parentheses; ratios are formed within each round, and their median is taken. Where the rounds are far apart, the machine was busy with something else.
- Load comes from another process than the server's, over ${CONNECTIONS} kept connections with a token each. Every answer is checked: one with a wrong status ends the run.
- *Processor µs* is the time that the process itself spent, whatever else the machine did meanwhile.
- better-auth runs as its documentation sets it up, with its API-key plugin, on the same PostgreSQL in a database of its own. Its limit of calls for each key is off, with the statement that it takes; its statements are prepared.
- \`npm run bench -- guard\` and so on prints one part; \`npm run bench -- --full\` adds the table at a million tokens, which takes minutes to fill. \`BENCH_ROUNDS\`, \`BENCH_SECONDS\` and \`BENCH_TOKENS\` (how many the table holds) make a run shorter for a look; neither that nor a single part is written here.
`;
  writeFileSync(FILE, text);
  console.log(`${FILE} is written.`);
}
