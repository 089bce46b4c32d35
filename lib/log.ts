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

const NAMES =
  "(?:proxy-)?authorization|(?:set-)?cookie|x-api-key|password|secret|token|api_?key|(?:client_?|token_?)secret|(?:access|refresh|id)_?token|client_assertion";

// What is written is JSON: quotation marks and white space inside of a text may stand there with a backslash.
const FORMS: readonly (readonly [form: RegExp, instead: string])[] = [
  // Also cut short, or with its underscores in an address's own writing: what is left of a secret is nobody's business.
  [/([a-z][a-z0-9]{1,7}(?:_|%5f)(?:pat|svc|cls|tmp)(?:_|%5f)[0-9a-z]{12}(?:_|%5f))[0-9a-z]+/gi, `$1${REDACTED}`],
  // A JWT begins with `{"` in base64url. Without its signature it is good for nothing, but says who somebody is.
  [/\bey[I-L][\w-]{8,}(?:(?:\.|%2e)[\w-]*){1,4}/gi, REDACTED],
  [/\b(Bearer|APIKey|Basic)(?:\s|\\[tnr]|%20|\+)+(?:\\")?[^\s"\\,]+/gi, `$1 ${REDACTED}`],
  [/((?:authjs|next-auth|latchkey)[\w.-]*=)[^;\s"\\]+/g, `$1${REDACTED}`],
  [new RegExp(`("(?:${NAMES})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`, "gi"), `$1${REDACTED}`],
  [new RegExp(`(\\\\"(?:${NAMES})\\\\"\\s*:\\s*\\\\")(?:[^"\\\\]|\\\\[^"])*`, "gi"), `$1${REDACTED}`],
  [new RegExp(`(\\b(?:${NAMES})=)[^&\\s"\\\\;,]+`, "gi"), `$1${REDACTED}`],
];

/** Takes tokens, Authorization values, session cookies and what is named as a secret out of a line, and leaves the rest. */
export function redactCredentials(text: string): string {
  return FORMS.reduce((left, [form, instead]) => left.replace(form, instead), text);
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
