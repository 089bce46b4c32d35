import { Counter, Gauge, type Registry } from "prom-client";
import type { Db } from "@/db/client";
import { type JobLine, type JobsView, readJobs } from "@/lib/jobs/list-jobs";
import { countOutbox } from "@/lib/mail/list-outbox";

/**
 * Registers how the background jobs and the mail fare. They are the whole installation's, read of the database when somebody
 * asks, so every instance tells the same; left out while the database is away.
 */
export function addJobMetrics(
  registry: Registry,
  { db, clock = () => new Date() }: { db: Db; clock?: () => Date },
): void {
  const registers = [registry];
  const labelNames = ["job"];
  let reading: Promise<JobsView> | null = null;
  // All of them are asked at once, and answer from one reading.
  const read = () => {
    reading ??= readJobs({ db, now: clock() }).finally(() => {
      reading = null;
    });
    return reading;
  };
  const jobs = async () => (await read().catch(() => null))?.jobs ?? [];

  const gauge = (name: string, help: string, figureOf: (line: JobLine) => number | null) => {
    const metric = new Gauge({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        const lines = await jobs();
        metric.reset();
        for (const line of lines) {
          const value = figureOf(line);
          if (value !== null) metric.set({ job: line.name }, value);
        }
      },
    });
  };
  const single = (name: string, help: string, ask: () => Promise<number>) => {
    const metric = new Gauge({
      name,
      help,
      registers,
      async collect() {
        const value = await ask().catch(() => null);
        // Reset, it would say 0.
        metric.remove();
        if (value !== null) metric.set(value);
      },
    });
  };
  const counter = (name: string, help: string, figureOf: (line: JobLine) => Record<string, number> | number) => {
    const metric = new Counter({
      name,
      help,
      labelNames: [...labelNames, "what"],
      registers,
      async collect() {
        const lines = await jobs();
        metric.reset();
        for (const line of lines) {
          const value = figureOf(line);
          if (typeof value === "number") metric.inc({ job: line.name }, value);
          else for (const [what, count] of Object.entries(value)) metric.inc({ job: line.name, what }, count);
        }
      },
    });
  };

  gauge(
    "latchkey_job_last_run_timestamp_seconds",
    "When the last run of a background job began.",
    ({ lastStartedAt }) => lastStartedAt && lastStartedAt.getTime() / 1000,
  );
  gauge(
    "latchkey_job_last_duration_seconds",
    "How long the last run took; none while one is under way.",
    ({ lastMs }) => (lastMs === null ? null : lastMs / 1000),
  );
  gauge("latchkey_job_failing", "1 where the last run of a job that ended failed.", ({ runs, failure }) =>
    runs === 0 ? null : failure ? 1 : 0,
  );
  gauge(
    "latchkey_job_last_success_timestamp_seconds",
    "When the last run of a background job that succeeded ended.",
    ({ lastSucceededAt }) => lastSucceededAt && lastSucceededAt.getTime() / 1000,
  );
  gauge(
    "latchkey_job_late",
    "1 where a job has not succeeded for three times its interval, though there was a worker.",
    ({ isLate }) => (isLate ? 1 : 0),
  );
  counter("latchkey_job_runs_total", "Runs that were begun.", ({ runs }) => runs);
  counter("latchkey_job_failures_total", "Runs that failed.", ({ failures }) => failures);
  counter("latchkey_job_done_total", "What the runs of a job did.", ({ totals }) => totals);

  single("latchkey_job_workers", "Processes that run the background jobs.", async () => (await read()).workers.length);
  single(
    "latchkey_outbox_oldest_seconds",
    "Since the longest waiting message was written; 0 where none waits.",
    async () => {
      const { oldest } = await countOutbox(db);
      return oldest ? Math.max(0, clock().getTime() - oldest.getTime()) / 1000 : 0;
    },
  );

  const outbox = new Gauge({
    name: "latchkey_outbox_messages",
    help: "Messages that wait to be sent, and that were given up.",
    labelNames: ["state"],
    registers,
    async collect() {
      const counts = await countOutbox(db).catch(() => null);
      outbox.reset();
      if (!counts) return;
      outbox.set({ state: "waiting" }, counts.waiting);
      outbox.set({ state: "dead" }, counts.dead);
    },
  });
}
