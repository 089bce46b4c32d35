import { setTimeout as pause } from "node:timers/promises";
import { database } from "@/lib/database";
import { env } from "@/lib/env";
import { errorFacts, log } from "@/lib/log";
import { configuredMailer } from "@/lib/mail/configured-mailer";
import { type RunningJobs, startJobs } from "./start-jobs";

interface KeptJobs extends RunningJobs {
  /** Resolves once they run, however long the database has them wait; false where they were told to stop before. */
  begun: Promise<boolean>;
}

const home = globalThis as { latchkeyJobs?: KeptJobs };

/** Milliseconds between two attempts to begin where the database is away. They keep the process alive. */
const AGAIN_AFTER = 5000;

/** Begins with the jobs as soon as the database lets it, and once a process. Told to stop before that, it is done at once. */
export function keepJobsRunning(): KeptJobs {
  home.latchkeyJobs ??= begin();
  return home.latchkeyJobs;
}

function begin(): KeptJobs {
  const stopping = new AbortController();
  let running: RunningJobs | null = null;
  const start = async (): Promise<boolean> => {
    while (!stopping.signal.aborted) {
      try {
        running = await startConfigured();
        if (!stopping.signal.aborted) return true;
        // Told to stop while it began.
        await running.stop();
      } catch (error) {
        log().error({ error: errorFacts(error) }, "the jobs cannot begin yet");
        await pause(AGAIN_AFTER, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
    return false;
  };
  return {
    begun: start(),
    stop: async () => {
      stopping.abort();
      await running?.stop();
    },
  };
}

function startConfigured(): Promise<RunningJobs> {
  const { DATABASE_URL, PUBLIC_URL, TOMBSTONE_DAYS } = env();
  const { db } = database();
  return startJobs({
    url: DATABASE_URL,
    db,
    mailer: configuredMailer(db),
    publicUrl: PUBLIC_URL,
    tombstoneDays: TOMBSTONE_DAYS,
    onTrouble: (message, error) => log().error({ error: errorFacts(error) }, message),
  });
}
