import { hostname } from "node:os";
import { PgBoss } from "pg-boss";
import type { Db } from "@/db/client";
import type { Mailer } from "@/lib/mail/mailer";
import { cronOf, type Job, type JobContext } from "./job";
import { JOB_NAMES, JOBS } from "./job-list";
import { runJob } from "./run-job";
import { workerName } from "./worker-name";

export interface JobsOptions extends Pick<JobContext, "publicUrl" | "tombstoneDays"> {
  /** Where the runner keeps its own tables, in the schema `pgboss`. */
  url: string;
  db: Db;
  mailer: Mailer | null;
  clock?: () => Date;
  /** Seconds between two looks for work; nothing here is more urgent than the default. */
  lookEvery?: number;
  onTrouble?: (message: string, error: unknown) => void;
}

/** Seconds after which a run that nobody finishes counts as ended. */
const EXPIRES_AFTER = 900;
const FORGOTTEN_AFTER = 3600;
const STOP_WITHIN_MS = 10_000;

/**
 * Runs the jobs in this process until it is told to stop. Of several processes, one gets each run; a run that was begun by one
 * that was killed keeps nobody from the next. Rejects where the database cannot be used.
 */
export async function startJobs(options: JobsOptions): Promise<{ stop(): Promise<void> }> {
  const {
    url,
    db,
    mailer,
    publicUrl,
    tombstoneDays,
    clock = () => new Date(),
    lookEvery = 5,
    onTrouble = () => {},
  } = options;
  const worker = workerName({ host: hostname(), pid: process.pid, since: new Date() });
  const boss = new PgBoss({ connectionString: url, application_name: worker, max: 3 });
  boss.on("error", (error) => onTrouble("the runner of jobs is in trouble", error));
  await boss.start();
  for (const name of JOB_NAMES) {
    const job: Job = JOBS[name];
    // `short`: one run waits at most, whatever is under way.
    await boss.createQueue(name, {
      policy: "short",
      retryLimit: 0,
      expireInSeconds: EXPIRES_AFTER,
      deleteAfterSeconds: FORGOTTEN_AFTER,
    });
    await boss.schedule(name, cronOf(job), null, { tz: "UTC" });
    await boss.work(name, { pollingIntervalSeconds: lookEvery }, async () => {
      try {
        await runJob(name, job, { db, now: clock(), mailer, publicUrl, tombstoneDays }, clock);
        if (job.followedBy) await boss.send(job.followedBy);
      } catch (error) {
        onTrouble(`the job ${name} failed`, error);
      }
    });
  }
  return {
    stop: async () => {
      await boss.stop({ graceful: true, timeout: STOP_WITHIN_MS });
      await mailer?.close?.();
    },
  };
}
