import { hostname } from "node:os";
import { PgBoss } from "pg-boss";
import type { Db } from "@/db/client";
import type { Mailer } from "@/lib/mail/mailer";
import { cronOf, type Job, type JobContext } from "./job";
import { JOB_NAMES, JOBS, type JobName } from "./job-list";
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

export interface RunningJobs {
  /** Begins nothing more; resolves when what is under way is done, or after seven seconds. */
  stop(): Promise<void>;
}

/** What an existing queue is brought to as well. A run that nobody finishes counts as ended after 15 minutes. */
const QUEUE = { retryLimit: 0, expireInSeconds: 900, deleteAfterSeconds: 3600 };
/** Below what whoever stops the process waits before they kill it: eight seconds here, ten for most containers. */
const STOP_WITHIN_MS = 7000;

/**
 * Runs the jobs in this process until it is told to stop. Of several processes, one gets each run; a run that was begun by one
 * that was killed keeps nobody from the next. Rejects where the database cannot be used, and leaves nothing behind then.
 */
export async function startJobs(options: JobsOptions): Promise<RunningJobs> {
  const { url, mailer, onTrouble = () => {} } = options;
  const worker = workerName({ host: hostname(), pid: process.pid, since: new Date() });
  const boss = new PgBoss({ connectionString: url, application_name: worker, max: 3 });
  boss.on("error", (error) => onTrouble("the runner of jobs is in trouble", error));
  const stopping = new AbortController();
  try {
    await boss.start();
    await forgetOldJobs(boss);
    for (const name of JOB_NAMES) await takeUp(boss, name, options, stopping.signal);
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    throw error;
  }
  return {
    stop: async () => {
      stopping.abort();
      await boss.stop({ graceful: true, timeout: STOP_WITHIN_MS });
      await mailer?.close?.();
    },
  };
}

/** Schedules outlive the code that made them: those of jobs that there are no more would fill queues that nobody works on. */
async function forgetOldJobs(boss: PgBoss): Promise<void> {
  const names: readonly string[] = JOB_NAMES;
  for (const { name, key } of await boss.getSchedules()) {
    if (!names.includes(name)) await boss.unschedule(name, key);
  }
}

async function takeUp(boss: PgBoss, name: JobName, options: JobsOptions, signal: AbortSignal): Promise<void> {
  const { db, mailer, publicUrl, tombstoneDays, clock = () => new Date(), lookEvery = 5, onTrouble } = options;
  const job: Job = JOBS[name];
  // `short`: one run waits at most, whatever is under way. It is the one thing that cannot be changed later.
  await boss.createQueue(name, { policy: "short", ...QUEUE });
  await boss.updateQueue(name, QUEUE);
  await boss.schedule(name, cronOf(job), null, { tz: "UTC" });
  await boss.work(name, { pollingIntervalSeconds: lookEvery }, async () => {
    try {
      await runJob(name, job, { db, now: clock(), mailer, publicUrl, tombstoneDays, signal }, clock);
      if (job.followedBy && !signal.aborted) await boss.send(job.followedBy);
    } catch (error) {
      onTrouble?.(`the job ${name} failed`, error);
    }
  });
}
