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

const PEPPER_BYTES = 32;

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
    tokenPeppers: newPepper([]).entry,
    databasePassword: randomBytes(24).toString("base64url"),
  };
  writePrivately(file, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

/** An entry of `TOKEN_PEPPERS` with a pepper of 32 random bytes, under an id that `taken` does not have. */
export function newPepper(taken: readonly string[]): { id: string; entry: string } {
  let number = taken.length + 1;
  while (taken.includes(`k${number}`)) number++;
  const id = `k${number}`;
  return { id, entry: `${id}:${randomBytes(PEPPER_BYTES).toString("base64url")}` };
}

/** Refuses a data folder on which Latchkey never ran: a first start makes its secrets, and nothing else does. */
export function requireSecrets(dataDir: string): Secrets {
  const file = join(dataDir, "secrets.json");
  if (!existsSync(file)) throw new StartProblem(`There is no ${file}: start Latchkey once, which makes it.`);
  return loadSecrets(dataDir);
}

/**
 * Puts a new pepper in front of the others in `dataDir/secrets.json`; it counts from the next start on. Refuses where there
 * is no such file.
 */
export function rotatePepper(dataDir: string): { current: string; retired: string[] } {
  const file = join(dataDir, "secrets.json");
  const secrets = requireSecrets(dataDir);
  const retired = pepperIds(secrets.tokenPeppers);
  const { id, entry } = newPepper(retired);
  writePrivately(
    file,
    `${JSON.stringify({ ...secrets, tokenPeppers: `${entry},${secrets.tokenPeppers}` }, null, 2)}\n`,
  );
  return { current: id, retired };
}

/** The ids of a list in the form of `TOKEN_PEPPERS`, current one first. */
const pepperIds = (list: string): string[] => list.split(",").map((entry) => entry.trim().split(":")[0] ?? "");

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
