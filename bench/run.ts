// `npm run bench`: everything that docs/benchmarks.md shows, in one run on one PostgreSQL, and writes it.
// `npm run bench -- --full` adds the table at a million tokens. `npm run bench -- <part>…` prints those parts alone, and
// a run that a variable makes shorter or smaller is printed too, and not written.
import { writeBenchmarks } from "./benchmarks-file";
import { openGround } from "./ground";
import { gate } from "./parts/gate";
import { guard } from "./parts/guard";
import { memory } from "./parts/memory";
import { miss } from "./parts/miss";
import { peer } from "./parts/peer";
import { refusals } from "./parts/refusals";
import { revocation } from "./parts/revocation";
import { table } from "./parts/table";
import { verify } from "./parts/verify";
import { findingsTable, type PartReport } from "./report";
import { isWhole } from "./rounds";

const PARTS = { guard, gate, verify, miss, peer, refusals, revocation, memory, table };
type Part = keyof typeof PARTS;
const isPart = (name: string): name is Part => Object.hasOwn(PARTS, name);

const wanted = process.argv.slice(2).filter((word) => word !== "--full");
const isFull = process.argv.includes("--full");
if (!wanted.every(isPart)) {
  console.error(`npm run bench [-- <part>… | --full], where a part is one of: ${Object.keys(PARTS).join(", ")}`);
  process.exit(2);
}
const all = Object.keys(PARTS).filter(isPart);
const parts = wanted.length > 0 ? wanted : all.filter((name) => isFull || name !== "table");

const reports: PartReport[] = [];
const began = performance.now();
const ground = await openGround();
try {
  const [version] = await ground.admin<{ server_version: string }[]>`show server_version`;
  for (const name of parts) {
    process.stderr.write(`${name}\n`);
    const report = await PARTS[name](ground);
    reports.push(report);
    console.log(`\n## ${report.title}\n\n${report.details}\n\n${findingsTable(report.findings)}\n`);
  }
  const minutes = (performance.now() - began) / 60_000;
  const run = { postgres: version?.server_version ?? "", minutes, isFull };
  if (wanted.length > 0 || !isWhole) console.log("Nothing is written: this is not a whole run.");
  else writeBenchmarks(reports, run);
} finally {
  await ground.close();
}
// Some of what was started keeps the event loop alive for a while after it was stopped.
process.exit(reports.every(({ findings }) => findings.every(({ met }) => met)) ? 0 : 1);
