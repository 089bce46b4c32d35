import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { jobRuns } from "@/db/schema";
import type { Session } from "@/lib/auth/read-session";
import type { Context } from "@/lib/context";
import { assertOperator } from "@/lib/organizations/operator-proof";
import { isLate, type Job, nextRun } from "./job";
import { JOB_NAMES, JOBS, type JobName } from "./job-list";
import { readWorkerName, WORKERS, type Worker } from "./worker-name";

/** A job as the operator sees it. */
export interface JobLine {
  name: JobName;
  does: string;
  everyMinutes: number;
  /** What of it cannot be undone; null where nothing is. */
  deletes: string | null;
  /** Null before its first run. */
  lastStartedAt: Date | null;
  lastFinishedAt: Date | null;
  lastSucceededAt: Date | null;
  /** A run has begun and not ended, or was killed. */
  isRunning: boolean;
  /** How long the last run took; null while one is under way. */
  lastMs: number | null;
  nextAt: Date;
  /** Three times its interval has gone by without a run that succeeded, though there was a worker. */
  isLate: boolean;
  /** Of the last run that succeeded, or failed for some organizations alone. */
  counts: Record<string, number>;
  totals: Record<string, number>;
  /** Of the last run that ended; null where that succeeded. */
  failure: string | null;
  runs: number;
  failures: number;
}

export interface JobsView {
  jobs: JobLine[];
  /** Those that work now, in the order in which they came. */
  workers: Worker[];
}

/** Every job with its last run and its next, and who runs them. For the operator alone: throws for anybody else. */
export async function listJobs(operator: Session, ctx: Context): Promise<JobsView> {
  assertOperator(operator);
  return readJobs(ctx);
}

/** The same for whoever measures: nothing in it belongs to an organization. */
export async function readJobs({ db, now }: Pick<Context, "db" | "now">): Promise<JobsView> {
  const [runs, workers] = await Promise.all([db.select().from(jobRuns), readWorkers(db)]);
  const rows = new Map(runs.map((row) => [row.name, row]));
  const workedSince = workers[0]?.since ?? null;
  const jobs = JOB_NAMES.map((name) => {
    const { everyMinutes, does, deletes }: Job = JOBS[name];
    const row = rows.get(name);
    const { startedAt = null, finishedAt = null, succeededAt = null } = row ?? {};
    const isRunning = startedAt !== null && (finishedAt === null || finishedAt < startedAt);
    return {
      name,
      does,
      everyMinutes,
      deletes: deletes ?? null,
      lastStartedAt: startedAt,
      lastFinishedAt: finishedAt,
      lastSucceededAt: succeededAt,
      isRunning,
      lastMs: startedAt && finishedAt && !isRunning ? finishedAt.getTime() - startedAt.getTime() : null,
      nextAt: nextRun({ everyMinutes }, now),
      isLate: isLate({ everyMinutes }, { succeededAt, workedSince }, now),
      counts: row?.counts ?? {},
      totals: row?.totals ?? {},
      failure: row?.failure ?? null,
      runs: row?.runs ?? 0,
      failures: row?.failures ?? 0,
    };
  });
  return { jobs, workers };
}

/** By their connections, so none that is gone is among them. */
export async function readWorkers(db: Db): Promise<Worker[]> {
  const rows = await db.execute<{ name: string }>(sql`
    select distinct application_name as name from pg_stat_activity
    where datname = current_database() and starts_with(application_name, ${WORKERS})`);
  return rows
    .flatMap(({ name }) => readWorkerName(name) ?? [])
    .sort((one, other) => one.since.getTime() - other.since.getTime() || one.pid - other.pid);
}
