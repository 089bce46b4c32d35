/** From then on a repeated signal is a person who does not want to wait, and no echo of the first by npm or a shell. */
const ECHO_MS = 1000;
const PARENT_CHECK_MS = 500;

export interface StopRequests {
  /** Called once, by the signal that came or without one. */
  stop(signal?: NodeJS.Signals): void;
  /** Called where somebody asks again. */
  stopAtOnce(): void;
}

/** Hears SIGINT, SIGTERM and SIGHUP, and the death of the npm that started us. Returns what asks for the same from within. */
export function hearStopRequests({ stop, stopAtOnce }: StopRequests): () => void {
  let since = 0;
  const request = (signal?: NodeJS.Signals) => {
    if (since === 0) {
      since = Date.now();
      stop(signal);
    } else if (Date.now() - since > ECHO_MS) stopAtOnce();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, request);
  followNpm(request);
  return () => request();
}

/** A killed npm cannot pass its signal on; what it started is then nobody's, and ends. */
function followNpm(end: () => void): void {
  const npm = process.ppid;
  if (!process.env.npm_lifecycle_event) return;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    end();
  }, PARENT_CHECK_MS);
  timer.unref();
}
