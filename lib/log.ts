import pino, { type Logger } from "pino";
import { env } from "./env";

const home = globalThis as { latchkeyLog?: Logger };

/** The process's log: one JSON object a line on standard output. Never pass an exception whole; see `errorFacts`. */
export function log(): Logger {
  home.latchkeyLog ??= pino({ level: env().LOG_LEVEL, base: null });
  return home.latchkeyLog;
}

/**
 * What may be logged of an exception: names, codes and places. Messages stay out, since a database driver puts the
 * statement with its values into them, hashes and addresses included.
 */
export function errorFacts(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { thrown: typeof error };
  const { code, constraint_name: constraint } = error as { code?: unknown; constraint_name?: unknown };
  return {
    name: error.name,
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    at: error.stack
      ?.split("\n")
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: errorFacts(error.cause) }),
  };
}
