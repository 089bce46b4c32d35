import { eq, sql } from "drizzle-orm";
import { jobRuns } from "@/db/schema";
import { SomeOrganizationsFailed } from "@/lib/organizations/organizations-in-turn";
import type { Job, JobContext } from "./job";

/**
 * Runs a job once and writes down how it went. Of runs at the same time, the one that ends last is the last one. Throws
 * what the job throws, once that is written down. A run that failed for some organizations failed, and counts what it did for
 * the others.
 */
export async function runJob(
  name: string,
  job: Job,
  ctx: JobContext,
  clock: () => Date,
): Promise<Record<string, number>> {
  const { db } = ctx;
  const startedAt = ctx.now;
  await db
    .insert(jobRuns)
    .values({ name, startedAt, runs: 1 })
    .onConflictDoUpdate({ target: jobRuns.name, set: { startedAt, runs: sql`${jobRuns.runs} + 1` } });
  try {
    const counts = await job.run({ ...ctx, clock });
    const finishedAt = clock();
    await db
      .update(jobRuns)
      .set({ finishedAt, succeededAt: finishedAt, failure: null, counts, totals: sumOf(counts) })
      .where(eq(jobRuns.name, name));
    return counts;
  } catch (error) {
    const done = error instanceof SomeOrganizationsFailed ? error.counts : null;
    await db
      .update(jobRuns)
      .set({
        finishedAt: clock(),
        failure: failureOf(done ? (error as Error).cause : error),
        failures: sql`${jobRuns.failures} + 1`,
        ...(done ? { counts: done, totals: sumOf(done) } : {}),
      })
      .where(eq(jobRuns.name, name));
    throw error;
  }
}

/** The totals so far with these counts added, in one statement, so that runs at the same time lose nothing. */
const sumOf = (counts: Record<string, number>) => sql`(
  select coalesce(jsonb_object_agg(key, total), '{}') from (
    select key, sum(value::bigint) as total
    from (select * from jsonb_each_text(${jobRuns.totals}) union all select * from jsonb_each_text(${JSON.stringify(counts)}::jsonb)) counted
    group by key) summed)`;

/** A code or a name, its own or that of what caused it, never the message: it may hold a statement with its values. */
function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { code } = error as { code?: unknown };
  if (typeof code === "string") return code;
  return error.name === "Error" && error.cause instanceof Error ? failureOf(error.cause) : error.name;
}
