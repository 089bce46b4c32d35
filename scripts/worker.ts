import { existsSync } from "node:fs";
import { constants } from "node:os";
import { env } from "@/lib/env";
import { keepJobsRunning } from "@/lib/jobs/keep-jobs-running";
import { errorFacts, log } from "@/lib/log";
import { StartProblem } from "./launcher/start-problem";
import { hearStopRequests } from "./launcher/stop-requests";

/**
 * `npm run worker`: runs the jobs until it is told to stop. For installations that set JOBS to off where the pages are served. A
 * database that is away is waited for. It finishes what it is at, a message or an organization, within seconds, and exits with
 * 128 and the signal's number; told again, at once.
 */
async function run(): Promise<void> {
  readSettings();
  const jobs = keepJobsRunning();
  hearStopRequests({
    stop: (signal = "SIGTERM") => {
      void jobs.stop().finally(() => process.exit(128 + constants.signals[signal]));
    },
    stopAtOnce: () => process.exit(130),
  });
  if (await jobs.begun) console.log("the worker is ready");
}

function readSettings(): void {
  if (existsSync(".env")) process.loadEnvFile(".env");
  try {
    env();
  } catch (error) {
    throw new StartProblem(error instanceof Error ? error.message : "The settings cannot be read.");
  }
}

process.on("uncaughtException", (error) => {
  log().fatal({ error: errorFacts(error) }, "the worker ends by a mistake of its own");
  process.exit(1);
});

run().catch((error: unknown) => {
  console.error(error instanceof StartProblem ? error.message : error);
  process.exit(1);
});
