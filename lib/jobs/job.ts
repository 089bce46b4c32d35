import type { Db } from "@/db/client";
import type { Mailer } from "@/lib/mail/mailer";

/** What every job is given. */
export interface JobContext {
  db: Db;
  now: Date;
  /** Null where no way to send is set. */
  mailer: Mailer | null;
  publicUrl: string;
  /** Days for which a deleted token is kept. */
  tombstoneDays: number;
  /** Once it is aborted the process is about to end: what is under way is finished, and nothing more is begun. */
  signal?: AbortSignal;
}

/** Beside the moment at which a run began: what time it is, for one that takes its time. */
interface RunClock {
  clock: () => Date;
}

/** Something that happens by itself: one verb, bounded in each run, that may run in several processes at once. */
export interface Job {
  /** Minutes from one run to the next; a divisor of 60, so that runs begin at whole multiples of it. */
  everyMinutes: number;
  does: string;
  /** What of it cannot be undone, said before somebody has it run out of its turn. */
  deletes?: string;
  /** What is to run as soon as this has run, instead of waiting for its own time. */
  followedBy?: string;
  /** What it did, counted. */
  run(ctx: JobContext & RunClock): Promise<Record<string, number>>;
}

const MINUTE = 60_000;

/** When a job runs next after `now`. */
export const nextRun = ({ everyMinutes }: Pick<Job, "everyMinutes">, now: Date): Date =>
  new Date((Math.floor(now.getTime() / (everyMinutes * MINUTE)) + 1) * everyMinutes * MINUTE);

/** The same, as the runner's schedule says it. */
export const cronOf = ({ everyMinutes }: Pick<Job, "everyMinutes">): string =>
  everyMinutes === 60 ? "0 * * * *" : `*/${everyMinutes} * * * *`;

/**
 * Whether three of a job's intervals went by without a run that succeeded. Nothing is late for what nobody could have done:
 * an installation that is new, or was off, begins to count with its first worker. Without any worker the last success counts.
 */
export function isLate(
  { everyMinutes }: Pick<Job, "everyMinutes">,
  { succeededAt, workedSince }: { succeededAt: Date | null; workedSince: Date | null },
  now: Date,
): boolean {
  const since = Math.max(succeededAt?.getTime() ?? 0, workedSince?.getTime() ?? 0);
  return now.getTime() - since > 3 * everyMinutes * MINUTE;
}
