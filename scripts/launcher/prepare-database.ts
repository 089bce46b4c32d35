import { setTimeout as pause } from "node:timers/promises";
import { createDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { seedDemoWorld } from "@/db/seed/demo-world";
import { issueSetupCode } from "@/lib/auth/setup-code";
import type { AppEnvironment } from "@/lib/env";
import { readPeppers } from "@/lib/tokens/token-peppers";
import { errorCode, StartProblem } from "./start-problem";

/** A server that starts beside us, as under Docker Compose, is given this long to listen. */
const PATIENCE_MS = 15_000;
const NOT_YET = new Set(["ECONNREFUSED", "CONNECT_TIMEOUT", "57P03"]);

const EXPLANATIONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "its host is not known here",
  EAI_AGAIN: "its host is not known here",
  ECONNREFUSED: "nothing listens there",
  CONNECT_TIMEOUT: "it does not answer",
  ETIMEDOUT: "it does not answer",
  EHOSTUNREACH: "its host cannot be reached",
  "57P03": "it is still starting",
  "28P01": "user name or password are wrong",
  "28000": "this user may not connect",
  "3D000": "there is no such database",
  "42501": "this user may not make tables there",
};

/** The first code in the chain of causes: drivers wrap what the system said. */
function deepCode(error: unknown): string | undefined {
  return errorCode(error) ?? (error instanceof Error && error.cause ? deepCode(error.cause) : undefined);
}

/** Brings the schema at `DATABASE_URL` up to date. */
export async function migrate({ DATABASE_URL }: AppEnvironment, signal: AbortSignal): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; ; await pause(250, undefined, { signal })) {
    try {
      return await migrateDatabase(DATABASE_URL);
    } catch (error) {
      const code = deepCode(error) ?? "";
      if (NOT_YET.has(code) && Date.now() < end) continue;
      const explanation = EXPLANATIONS[code];
      throw explanation ? new StartProblem(`DATABASE_URL cannot be used: ${explanation}.`) : error;
    }
  }
}

/** Fills an empty embedded database; one that holds an organization stays as it is. */
export async function fillDemoWorld(env: AppEnvironment): Promise<void> {
  const { db, end } = createDatabase(env.DATABASE_URL, { max: 2 });
  try {
    const peppers = readPeppers(env.TOKEN_PEPPERS);
    await seedDemoWorld(db, { now: new Date(), peppers, tokenPrefix: env.TOKEN_PREFIX });
  } finally {
    await end();
  }
}

/** A fresh code for `/setup` while the database holds no organization, else `null`. */
export async function setupCode(env: AppEnvironment): Promise<string | null> {
  const { db, end } = createDatabase(env.DATABASE_URL, { max: 1 });
  try {
    return await issueSetupCode(db, { now: new Date() });
  } finally {
    await end();
  }
}
