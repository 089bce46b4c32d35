import { z } from "zod";
import { readAddressLine } from "@/lib/mail/mail-address";

/** A key outside the database that token hashes depend on; `id` is stored beside each hash made with it. */
export interface PepperSetting {
  id: string;
  secret: Buffer;
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
const PEPPER_BYTES = 32;

function integer(name: string, least: number, most: number) {
  const error = `${name} must be a whole number from ${least} to ${most}.`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error, abort: true })
    .transform(Number)
    .refine((value) => value >= least && value <= most, error);
}

const hostName = (name: string) =>
  z
    .string()
    .regex(
      /^[A-Za-z0-9._:-]{1,253}$/,
      `${name} must be the host name or IP address to listen on, such as 127.0.0.1 or 0.0.0.0.`,
    )
    .default("127.0.0.1");

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** Whether the user and the password in an address are what `decodeURIComponent` takes; without an address there is nothing to say. */
function isDecodable(url: URL | null): boolean {
  try {
    decodeURIComponent(`${url?.username} ${url?.password}`);
    return true;
  } catch {
    return false;
  }
}

/** Random bytes do not repeat, count upwards or spell a word; a value that does was copied from somewhere. */
function looksLikeAnExample(bytes: Buffer): boolean {
  const step = ((bytes[1] ?? 0) - (bytes[0] ?? 0)) & 0xff;
  const counts = bytes.every((byte, at) => at === 0 || ((byte - (bytes[at - 1] ?? 0)) & 0xff) === step);
  return (
    counts || new Set(bytes).size < 12 || /change.?me|example|placeholder|password/i.test(bytes.toString("latin1"))
  );
}

const signingSecret = z
  .string()
  .min(32, { error: "AUTH_SECRET must be at least 32 characters long.", abort: true })
  .refine((text) => !looksLikeAnExample(Buffer.from(text)), "AUTH_SECRET must be random, not an example value.");

const tokenPeppers = z.string().transform((text, ctx): readonly PepperSetting[] => {
  const refuse = (message: string) => {
    ctx.addIssue({ code: "custom", message: `TOKEN_PEPPERS ${message}` });
    return z.NEVER;
  };
  const peppers: PepperSetting[] = [];
  for (const [at, entry] of text.split(",").entries()) {
    const [, id, encoded] = /^\s*([A-Za-z0-9_-]{1,16}):([A-Za-z0-9_-]+)={0,2}\s*$/.exec(entry) ?? [];
    if (!id || !encoded) {
      return refuse(`must be a comma-separated list of id:base64url, current one first; entry ${at + 1} is not.`);
    }
    const secret = Buffer.from(encoded, "base64url");
    if (secret.length < PEPPER_BYTES) {
      return refuse(`must hold at least ${PEPPER_BYTES} bytes each; "${id}" has ${secret.length}.`);
    }
    if (looksLikeAnExample(secret)) return refuse(`must be random bytes; "${id}" is an example value.`);
    if (peppers.some((other) => other.id === id)) return refuse(`must not name "${id}" twice.`);
    peppers.push({ id, secret });
  }
  return peppers;
});

const publicUrl = z.string().transform((text, ctx) => {
  const url = parseUrl(text);
  const isOrigin = url && (url.origin === text || `${url.origin}/` === url.href) && /^https?:$/.test(url.protocol);
  if (isOrigin) return url.origin;
  ctx.addIssue({
    code: "custom",
    message: "PUBLIC_URL must be an http or https address without a path, such as https://tokens.example.com.",
  });
  return z.NEVER;
});

const audiences = z.string().transform((text, ctx): readonly string[] => {
  const list = text.split(",").map((entry) => entry.trim());
  const isAudience = (entry: string) =>
    /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(entry) && parseUrl(entry) && !entry.includes("#");
  if (list.every(isAudience)) return list;
  ctx.addIssue({
    code: "custom",
    message:
      "ACCESS_TOKEN_AUDIENCES must be a comma-separated list of absolute addresses without a fragment, such as https://orders.example.com.",
  });
  return z.NEVER;
});

const schema = z
  .object({
    PORT: integer("PORT", 1, 65_535).default(3000),
    GATE_PORT: z
      .union(
        [z.literal("off"), integer("GATE_PORT", 1, 65_535)],
        "GATE_PORT must be a whole number from 1 to 65535, or off.",
      )
      .optional(),
    HOST: hostName("HOST"),
    GATE_HOST: hostName("GATE_HOST"),
    DATABASE_URL: z
      .string()
      .refine(
        (text) => /^postgres(ql)?:$/.test(parseUrl(text)?.protocol ?? ""),
        "DATABASE_URL must be a PostgreSQL address, such as postgres://user:password@host:5432/latchkey.",
      )
      .optional(),
    REDIS_URL: z
      .string()
      .refine(
        (text) => /^rediss?:$/.test(parseUrl(text)?.protocol ?? "") && parseUrl(text)?.hostname !== "",
        "REDIS_URL must be a Redis or Valkey address, such as redis://user:password@host:6379 or rediss://host:6379.",
      )
      .optional(),
    RESEND_API_KEY: z
      .string()
      .regex(/^[\x21-\x7e]{8,200}$/, "RESEND_API_KEY must be a key of Resend, such as re_….")
      .optional(),
    // The library's own; an address for tests.
    RESEND_BASE_URL: z
      .string()
      .refine(
        (text) => /^https?:$/.test(parseUrl(text)?.protocol ?? ""),
        "RESEND_BASE_URL must be an http or https address.",
      )
      .optional(),
    SMTP_URL: z
      .string()
      .refine(
        (text) => /^smtps?:$/.test(parseUrl(text)?.protocol ?? "") && parseUrl(text)?.hostname !== "",
        "SMTP_URL must be the address of a mail server, such as smtps://user:password@mail.example.com.",
      )
      .refine(
        (text) => isDecodable(parseUrl(text)),
        "SMTP_URL must have every % of its user and password written as %25, and other characters as %xx in UTF-8.",
      )
      .optional(),
    MAIL_FROM: z
      .string()
      .transform((text, ctx) => {
        const address = readAddressLine(text);
        if (address) return address;
        ctx.addIssue({
          code: "custom",
          message: "MAIL_FROM must be one sender, such as Latchkey <tokens@example.com>.",
        });
        return z.NEVER;
      })
      .optional(),
    JOBS: z.enum(["on", "off"], "JOBS must be on or off.").default("on"),
    TOMBSTONE_DAYS: integer("TOMBSTONE_DAYS", 1, 3650).default(365),
    DATA_DIR: z
      .string()
      .refine((text) => !text.includes("\0") && text.length <= 1024, "DATA_DIR must be the path of a folder.")
      .default(".data"),
    PUBLIC_URL: publicUrl.optional(),
    AUTH_SECRET: signingSecret.optional(),
    TOKEN_PEPPERS: tokenPeppers.optional(),
    ACCESS_TOKEN_AUDIENCES: audiences.default([]),
    TOKEN_PREFIX: z
      .string()
      .regex(/^[a-z][a-z0-9]{1,7}$/, "TOKEN_PREFIX must be 2 to 8 lower-case letters and digits, a letter first.")
      .default("lk"),
    TRUSTED_PROXIES: integer("TRUSTED_PROXIES", 0, 16).default(0),
    GATE_TRUSTED_PROXIES: integer("GATE_TRUSTED_PROXIES", 0, 16).default(1),
    METRICS_PORT: integer("METRICS_PORT", 1, 65_535).nullable().default(null),
    GATE_METRICS_PORT: integer("GATE_METRICS_PORT", 1, 65_535).nullable().default(null),
    METRICS_HOST: hostName("METRICS_HOST"),
    LOG_LEVEL: z.enum(LOG_LEVELS, `LOG_LEVEL must be one of ${LOG_LEVELS.join(", ")}.`).default("info"),
    DATABASE_POOL_SIZE: integer("DATABASE_POOL_SIZE", 1, 500).default(10),
    TOKEN_CACHE_SIZE: integer("TOKEN_CACHE_SIZE", 1, 1_000_000).default(100_000),
    VERIFY_STALE_SECONDS: integer("VERIFY_STALE_SECONDS", 0, 30).default(0),
    // Set by the launcher alone, together with the embedded database.
    DEMO_WORLD: z.enum(["on", "off"], "DEMO_WORLD must be on or off.").default("off"),
  })
  .transform((values) => ({
    ...values,
    PUBLIC_URL: values.PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    /** Null where none is wanted. */
    GATE_PORT: values.GATE_PORT === "off" ? null : (values.GATE_PORT ?? values.PORT + 1),
  }))
  .refine(
    ({ RESEND_API_KEY, SMTP_URL }) => !(RESEND_API_KEY && SMTP_URL),
    "RESEND_API_KEY and SMTP_URL must not both be set: mail goes one way.",
  )
  .refine(
    ({ RESEND_API_KEY, SMTP_URL, MAIL_FROM }) => MAIL_FROM || !(RESEND_API_KEY || SMTP_URL),
    "MAIL_FROM must be set where RESEND_API_KEY or SMTP_URL is: the sender of every message.",
  )
  .refine(({ GATE_PORT, PORT }) => GATE_PORT !== PORT, "GATE_PORT must be another one than PORT, or off.")
  .refine(
    ({ GATE_PORT }) => (GATE_PORT ?? 0) <= 65_535,
    "GATE_PORT must be set, or off: the port after PORT, which it is by default, is none.",
  )
  .refine(({ PORT, GATE_PORT, METRICS_PORT, GATE_METRICS_PORT }) => {
    const taken = [PORT, GATE_PORT, METRICS_PORT, GATE_METRICS_PORT].filter((port) => port !== null);
    return new Set(taken).size === taken.length || PORT === GATE_PORT;
  }, "METRICS_PORT and GATE_METRICS_PORT must be other ones than each other, PORT and GATE_PORT.");

/** Every setting, parsed. The database and its secrets may be absent: the launcher then brings its own. */
export type Environment = Readonly<z.output<typeof schema>>;

/** What every process that checks tokens sees: started by the launcher or with a database of its own, it is there. */
export type CheckingEnvironment = Environment & {
  readonly DATABASE_URL: string;
  readonly TOKEN_PEPPERS: readonly PepperSetting[];
};

/** What the application sees, which also signs people in. */
export type AppEnvironment = CheckingEnvironment & { readonly AUTH_SECRET: string };

const isMissing = (name: string) =>
  `${name} must be set when DATABASE_URL is, since nothing is made up for a real database.`;

export type ParsedEnvironment<Env> = { ok: true; env: Env } | { ok: false; problems: string[] };

/**
 * Parses the variables in `source`; `secrets` are those that a database of one's own needs beside it. An empty one counts
 * as unset. Each problem is one sentence that names its variable and never repeats its value, which may be a secret.
 */
export function parseEnvironment(
  source: Record<string, string | undefined>,
  secrets: readonly ("AUTH_SECRET" | "TOKEN_PEPPERS")[] = ["AUTH_SECRET", "TOKEN_PEPPERS"],
): ParsedEnvironment<Environment> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const missing = given.DATABASE_URL ? secrets.filter((name) => !given[name]).map(isMissing) : [];
  const parsed = schema.safeParse(given);
  const problems = [...missing, ...(parsed.error?.issues.map((issue) => issue.message) ?? [])];
  return parsed.success && problems.length === 0 ? { ok: true, env: parsed.data } : { ok: false, problems };
}

let parsed: CheckingEnvironment | undefined;

/** The settings of this process, read once. Throws with one sentence per bad or missing variable. */
export function env(): CheckingEnvironment {
  if (parsed) return parsed;
  const result = parseEnvironment(process.env, ["TOKEN_PEPPERS"]);
  const problems = result.ok ? [] : result.problems;
  if (result.ok) {
    const { DATABASE_URL, TOKEN_PEPPERS } = result.env;
    if (DATABASE_URL && TOKEN_PEPPERS) {
      parsed = { ...result.env, DATABASE_URL, TOKEN_PEPPERS };
      return parsed;
    }
    problems.push("DATABASE_URL must be set; `npm start` sets it when it starts a database itself.");
  }
  throw new Error(problems.join(" "));
}

/** What signs sessions. Throws with a sentence where it is missing: only the application needs it, at its start. */
export function authSecret(): string {
  const { AUTH_SECRET } = env();
  if (!AUTH_SECRET) throw new Error(isMissing("AUTH_SECRET"));
  return AUTH_SECRET;
}

/** Whether this is `next dev`; the launcher says so and no setting does. */
export const isDevelopment = () => process.env.NODE_ENV === "development";
