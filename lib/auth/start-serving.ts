import { authority } from "@/lib/authority/authority";
import { leaveBeforeExit } from "@/lib/authority/leave-before-exit";
import { database } from "@/lib/database";
import { authSecret, env } from "@/lib/env";
import { keepJobsRunning } from "@/lib/jobs/keep-jobs-running";
import { addJobMetrics } from "@/lib/metrics/job-metrics";
import { startMetrics } from "@/lib/metrics/start-metrics";
import { notePeerAddresses } from "./peer-address";
import { prepareRequests } from "./prepare-requests";
import { keepSecondCredentials } from "./second-credential";

/**
 * What this process does from its first moment on. Ends it with a sentence where a setting that checking tokens needs is
 * missing or wrong: Next would go on, and answer every request with that error.
 */
export function startServing(): void {
  try {
    authSecret();
    authority().start();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : "The server cannot start."}\n`);
    process.exit(1);
  }
  prepareRequests();
  notePeerAddresses();
  keepSecondCredentials();
  // A message that was begun is finished: cut between its data and the answer, it would be sent twice.
  const jobs = env().JOBS === "on" ? keepJobsRunning() : null;
  leaveBeforeExit(jobs ? [jobs.stop] : []);
  startMetrics({
    server: "app",
    port: env().METRICS_PORT,
    authority: authority(),
    add: (registry) => addJobMetrics(registry, database()),
  });
}
