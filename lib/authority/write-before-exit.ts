import { authority } from "./authority";

/** What a database that is away may cost a process that wants to end. */
const PATIENCE_MS = 5000;

/** Has the counts written and the instance signed off, as far as the database answers in time. Never rejects. */
export const leave = (): Promise<void> =>
  Promise.race([
    authority().close(),
    new Promise<void>((resolve) => {
      setTimeout(resolve, PATIENCE_MS);
    }),
  ]);

const home = globalThis as { latchkeyWritesBeforeExit?: true };

/**
 * Has the counts written, and the instance signed off, when the process is told to end. Next answers what is under way first and then exits by itself;
 * that exit waits for the write. Where Next leaves signals to us (`NEXT_MANUAL_SIG_HANDLE`), the exit is ours too.
 */
export function writeUsageBeforeExit(): void {
  if (home.latchkeyWritesBeforeExit) return;
  home.latchkeyWritesBeforeExit = true;
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.once(signal, () => {
      const exit = process.exit.bind(process);
      const writeAndExit = (status?: number | string | null) => {
        void leave().finally(() => exit(status));
      };
      process.exit = writeAndExit as typeof process.exit;
      if (process.listenerCount(signal) === 0) process.exit(code);
    });
  }
}
