// `npm run build`: the build that `npm start` would make, unless it is there already.
import { ensureBuild } from "./launcher/production-build";
import { StartProblem } from "./launcher/start-problem";

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interruption.abort());

try {
  await ensureBuild(process.cwd(), console.log, interruption.signal);
} catch (error) {
  console.error(error instanceof StartProblem ? error.message : error);
  process.exitCode = 1;
}
