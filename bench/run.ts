import { guard } from "./guard";
import { verifyInProcess } from "./verify";

const BENCHMARKS: Record<string, () => Promise<boolean>> = { guard, verify: verifyInProcess };

const name = process.argv[2] ?? "";
const benchmark = BENCHMARKS[name];
if (!benchmark) {
  console.error(`npm run bench -- <name>, where name is one of: ${Object.keys(BENCHMARKS).join(", ")}`);
  process.exit(2);
}
// Some of what was started keeps the event loop alive for a while after it was stopped.
process.exit((await benchmark()) ? 0 : 1);
