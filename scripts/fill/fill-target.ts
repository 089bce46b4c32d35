import { existsSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { createDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { DEMO_ORGANIZATIONS } from "@/lib/auth/demo-accounts";
import { type AppEnvironment, parseEnvironment } from "@/lib/env";
import { organizationSlug } from "@/lib/organizations/organization-slug";
import { openDataFolder } from "../launcher/open-data-folder";
import { fillDemoWorld } from "../launcher/prepare-database";
import { StartProblem } from "../launcher/start-problem";
import { findForeign } from "./fill-database";

/** A database that may be filled, migrated. */
export interface FillTarget {
  env: AppEnvironment;
  /** What it is called when it is talked about. */
  name: string;
  /** Slugs of organizations that may be there already. */
  beside: ReadonlySet<string>;
  /** Ends what was started for it. */
  close(): Promise<void>;
}

/**
 * Opens the database of DATABASE_URL, which has to be named once more (`confirmed`), since a setting may be left over from
 * another day; or the one in DATA_DIR, whether Latchkey runs on it or not, with its demo world.
 */
export async function openTarget(confirmed: string | null): Promise<FillTarget> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const settings = parse(process.env);
  if (settings.DATABASE_URL) {
    const name = new URL(settings.DATABASE_URL).pathname.slice(1);
    if (confirmed !== name) {
      throw new StartProblem(
        `DATABASE_URL is set. To fill that database, say so: npm run fill -- --tokens N --database ${name}`,
      );
    }
    const env = settings as AppEnvironment;
    const target = `the database ${name}`;
    // Before it is migrated: one that is refused is left as it is.
    await refuseForeign(env.DATABASE_URL, target);
    await migrateDatabase(env.DATABASE_URL);
    return { env, name: target, beside: new Set(), close: async () => {} };
  }
  if (confirmed !== null) throw new StartProblem("--database goes with DATABASE_URL, which is not set.");
  return openBesideDemo(resolve(settings.DATA_DIR), settings.DATA_DIR);
}

async function refuseForeign(url: string, name: string): Promise<void> {
  const { sql, end } = createDatabase(url, { max: 1 });
  try {
    const foreign = await findForeign(sql, new Set());
    if (foreign.length > 0) throw foreignProblem(name, foreign);
  } finally {
    await end();
  }
}

export const foreignProblem = (name: string, foreign: readonly string[]) =>
  new StartProblem(`Nothing was filled: ${name} holds organizations of its own (${foreign.slice(0, 5).join(", ")}).`);

async function openBesideDemo(dataDir: string, name: string): Promise<FillTarget> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { url, secrets, close } = await openDataFolder(dataDir);
  try {
    const env = parse({
      ...process.env,
      DATABASE_URL: url,
      AUTH_SECRET: process.env.AUTH_SECRET || secrets.authSecret,
      TOKEN_PEPPERS: process.env.TOKEN_PEPPERS || secrets.tokenPeppers,
    }) as AppEnvironment;
    await migrateDatabase(env.DATABASE_URL);
    // First, or it would never come: it is made in an empty database alone.
    await fillDemoWorld(env);
    const beside = new Set(DEMO_ORGANIZATIONS.map((demo) => organizationSlug(demo.name)));
    return { env, name: `the database in ${name}`, beside, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function parse(source: NodeJS.ProcessEnv) {
  const result = parseEnvironment(source);
  if (!result.ok) throw new StartProblem(result.problems.join("\n"));
  return result.env;
}
