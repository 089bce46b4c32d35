import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { StartProblem } from "./start-problem";

const secretsSchema = z.object({
  authSecret: z.string().min(32),
  /** In the form of `TOKEN_PEPPERS`. */
  tokenPeppers: z.string().min(1),
  databasePassword: z.string().min(16),
});

export type Secrets = z.output<typeof secretsSchema>;

/** Whole or not at all: a start that is killed here must not leave half a secret behind. */
function writePrivately(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  const descriptor = openSync(draft, "w", 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}

/**
 * The secrets of the embedded database's world, in `dataDir/secrets.json`, readable by its owner alone. Made on the first
 * start. When a database is there without them, it refuses: new ones would leave every token unverifiable.
 */
export function loadSecrets(dataDir: string): Secrets {
  const file = join(dataDir, "secrets.json");
  if (existsSync(file)) {
    const parsed = secretsSchema.safeParse(parseJson(readFileSync(file, "utf8")));
    if (!parsed.success)
      throw new StartProblem(`${file} is damaged: put it back from a backup, or start with another DATA_DIR.`);
    return parsed.data;
  }
  if (existsSync(join(dataDir, "postgres", "PG_VERSION"))) {
    throw new StartProblem(
      `${file} is missing, and the database beside it cannot be opened without it: put it back from a backup, or start with another DATA_DIR.`,
    );
  }
  const secrets: Secrets = {
    authSecret: randomBytes(32).toString("base64url"),
    tokenPeppers: `k1:${randomBytes(32).toString("base64url")}`,
    databasePassword: randomBytes(24).toString("base64url"),
  };
  writePrivately(file, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
