import { setTimeout as pause } from "node:timers/promises";
import { database } from "@/lib/database";
import { env } from "@/lib/env";
import { errorFacts, log } from "@/lib/log";
import { configuredMailer } from "@/lib/mail/configured-mailer";
import { startJobs } from "./start-jobs";

interface RunningJobs {
  stop(): Promise<void>;
}

const home = globalThis as { latchkeyJobs?: Promise<RunningJobs> };

/** Milliseconds between two attempts to begin where the database is away. */
const AGAIN_AFTER = 10_000;

/** Begins with the jobs as soon as the database lets it, and once a process. Resolves when they run. */
export function keepJobsRunning(): Promise<RunningJobs> {
  home.latchkeyJobs ??= begin();
  return home.latchkeyJobs;
}

async function begin(): Promise<RunningJobs> {
  const { DATABASE_URL, PUBLIC_URL, TOMBSTONE_DAYS } = env();
  const { db } = database();
  for (;;) {
    try {
      return await startJobs({
        url: DATABASE_URL,
        db,
        mailer: configuredMailer(db),
        publicUrl: PUBLIC_URL,
        tombstoneDays: TOMBSTONE_DAYS,
        onTrouble: (message, error) => log().error({ error: errorFacts(error) }, message),
      });
    } catch (error) {
      log().error({ error: errorFacts(error) }, "the jobs cannot begin yet");
      await pause(AGAIN_AFTER, undefined, { ref: false });
    }
  }
}
