import pino, { type DestinationStream, type Logger, type LoggerOptions } from "pino";
import { env } from "./env";

const home = globalThis as { latchkeyLog?: Logger };

/** The process's log: one JSON object a line on standard output. Never pass an exception whole; see `errorFacts`. */
export function log(): Logger {
  home.latchkeyLog ??= createLog({ level: env().LOG_LEVEL });
  return home.latchkeyLog;
}

/** A log that no credential gets through: by the name of its field, and by its form wherever else it stands. */
export function createLog({ level, destination }: { level: string; destination?: DestinationStream }): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    redact: {
      paths: ["authorization", "cookie", "secret", "password", `["set-cookie"]`].flatMap(atAnyDepth),
      censor: REDACTED,
    },
    hooks: { streamWrite: redactCredentials },
  };
  return destination ? pino(options, destination) : pino(options);
}

const REDACTED = "[secret]";
const atAnyDepth = (field: string) => [field, `*.${field}`, `*.*.${field}`];

/** Also a token cut short: what is left of its secret is still nobody's business. */
const TOKEN = /([a-z][a-z0-9]{1,7}_(?:pat|svc|cls|tmp)_[0-9A-Za-z]{12}_)[0-9A-Za-z]+/g;
const AUTHORIZATION = /\b(Bearer|APIKey|Basic)\s+[^\s"\\,]+/gi;
const SESSION = /((?:authjs|next-auth|latchkey)[\w.-]*=)[^;\s"\\]+/g;

/** Takes tokens, Authorization values and session cookies out of a text, JSON included, and leaves their public part. */
export function redactCredentials(text: string): string {
  return text
    .replace(TOKEN, `$1${REDACTED}`)
    .replace(AUTHORIZATION, `$1 ${REDACTED}`)
    .replace(SESSION, `$1${REDACTED}`);
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
