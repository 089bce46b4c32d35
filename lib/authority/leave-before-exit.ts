import { within } from "@/lib/within";
import { authority } from "./authority";

/** What a database that is away may cost a process that wants to end. */
const PATIENCE_MS = 5000;

/** Has the counts written and the instance signed off, as far as the database answers in time. Never rejects. */
export async function leave(): Promise<void> {
  try {
    await within(PATIENCE_MS, authority().close(), () => new Error("the database does not answer"));
  } catch {
    // What could not be written, the authority itself has told.
  }
}

const home = globalThis as { latchkeyLeavesBeforeExit?: true };

/**
 * Has the counts written, and the instance signed off, when the process is told to end; `others` are told at once, and waited
 * for too. Next answers what is under way first and then exits by itself; that exit waits for all of this. Where Next leaves
 * signals to us (`NEXT_MANUAL_SIG_HANDLE`), the exit is ours too.
 */
export function leaveBeforeExit(others: readonly (() => Promise<void>)[] = []): void {
  if (home.latchkeyLeavesBeforeExit) return;
  home.latchkeyLeavesBeforeExit = true;
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.once(signal, () => {
      const exit = process.exit.bind(process);
      const stopped = Promise.allSettled(others.map((stop) => stop()));
      const leaveAndExit = (status?: number | string | null) => {
        void Promise.all([stopped, leave()]).finally(() => exit(status));
      };
      process.exit = leaveAndExit as typeof process.exit;
      if (process.listenerCount(signal) === 0) process.exit(code);
    });
  }
}
