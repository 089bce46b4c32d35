import { jobRuns } from "@/db/schema";
import type { Session } from "@/lib/auth/read-session";
import type { Context } from "@/lib/context";
import { assertOperator } from "@/lib/organizations/operator-proof";
import { nextRun } from "./job";
import { JOB_NAMES, JOBS, type JobName } from "./job-list";

/** A job as the operator sees it. */
export interface JobLine {
  name: JobName;
  does: string;
  everyMinutes: number;
  /** Null before its first run. */
  lastStartedAt: Date | null;
  lastFinishedAt: Date | null;
  lastSucceededAt: Date | null;
  nextAt: Date;
  /** Three times its interval has gone by without a run that succeeded. */
  isLate: boolean;
  /** Of the last run that succeeded. */
  counts: Record<string, number>;
  totals: Record<string, number>;
  failure: string | null;
  runs: number;
  failures: number;
}

const MINUTE = 60_000;

/** Every job with its last run and its next. For the operator alone: throws for anybody else. */
export async function listJobs(operator: Session, ctx: Context): Promise<JobLine[]> {
  assertOperator(operator);
  return readJobs(ctx);
}

/** The same for whoever measures: nothing in it belongs to an organization. */
export async function readJobs({ db, now }: Pick<Context, "db" | "now">): Promise<JobLine[]> {
  const rows = new Map((await db.select().from(jobRuns)).map((row) => [row.name, row]));
  return JOB_NAMES.map((name) => {
    const { everyMinutes, does } = JOBS[name];
    const row = rows.get(name);
    const succeeded = row?.succeededAt ?? null;
    return {
      name,
      does,
      everyMinutes,
      lastStartedAt: row?.startedAt ?? null,
      lastFinishedAt: row?.finishedAt ?? null,
      lastSucceededAt: succeeded,
      nextAt: nextRun({ everyMinutes }, now),
      isLate: !succeeded || now.getTime() - succeeded.getTime() > 3 * everyMinutes * MINUTE,
      counts: row?.counts ?? {},
      totals: row?.totals ?? {},
      failure: row?.failure ?? null,
      runs: row?.runs ?? 0,
      failures: row?.failures ?? 0,
    };
  });
}
