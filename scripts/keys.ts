import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { createDatabase } from "@/db/client";
import { parseEnvironment } from "@/lib/env";
import { BELIEVED_AFTER, type KeyTimes } from "@/lib/oauth/key-schedule";
import { retireSigningKey } from "@/lib/oauth/rotate-signing-keys";
import { allKeys } from "@/lib/oauth/signing-keys";
import { type Peppers, readPeppers } from "@/lib/tokens/token-peppers";
import { openDataFolder } from "./launcher/open-data-folder";
import { requireSecrets } from "./launcher/secrets";
import { errorCode, StartProblem } from "./launcher/start-problem";

const USAGE = `npm run keys -- list | npm run keys -- retire <kid>

The keys that access tokens are signed with: of the database of DATABASE_URL, or else of the one in DATA_DIR, whether
Latchkey runs on it or not.`;

interface Place {
  url: string;
  /** Null where they are not set: which of the keys can be opened is then not known. */
  peppers: Peppers | null;
  close(): Promise<void>;
}

async function openPlace(): Promise<Place> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const { DATABASE_URL, DATA_DIR, TOKEN_PEPPERS } = parse(process.env);
  if (DATABASE_URL)
    return { url: DATABASE_URL, peppers: TOKEN_PEPPERS ? readPeppers(TOKEN_PEPPERS) : null, close: async () => {} };
  const dataDir = resolve(DATA_DIR);
  requireSecrets(dataDir);
  const { url, secrets, close } = await openDataFolder(dataDir);
  const peppers = TOKEN_PEPPERS ?? parse({ TOKEN_PEPPERS: secrets.tokenPeppers }).TOKEN_PEPPERS;
  return { url, peppers: peppers ? readPeppers(peppers) : null, close };
}

function parse(source: NodeJS.ProcessEnv | { TOKEN_PEPPERS: string }) {
  // Nobody signs in here, and no token is checked.
  const result = parseEnvironment(source, []);
  if (!result.ok) throw new StartProblem(result.problems.join("\n"));
  return result.env;
}

/** What there is, or the end of one at once. Returns the exit code. */
async function run([verb, kid, ...rest]: string[]): Promise<number> {
  const isKnown = (verb === "list" && kid === undefined) || (verb === "retire" && kid !== undefined);
  if (!isKnown || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  const place = await openPlace();
  const database = createDatabase(place.url, { max: 1 });
  try {
    return await (kid === undefined ? list(database, place.peppers) : retire(database, kid));
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if ((errorCode(error) ?? errorCode(cause)) !== "42P01") throw error;
    throw new StartProblem("This database has no table of keys: start this version of Latchkey once, which makes it.");
  } finally {
    await database.end();
    await place.close();
  }
}

type Database = ReturnType<typeof createDatabase>;

async function list({ db }: Database, peppers: Peppers | null): Promise<number> {
  const byId = peppers?.byId ?? { has: () => true };
  const { keys, now, signs } = await allKeys(db, { byId });
  for (const key of keys) {
    console.log(`${key.id}  ${standingOf(key, now, signs)}
  signs     ${time(key.signsFrom)} to ${time(key.signsUntil)}
  believed  until ${time(key.believedUntil)}`);
  }
  if (signs === null) console.log("No key signs now. The next access token that is asked for makes one.");
  return 0;
}

function standingOf(key: KeyTimes, now: Date, signs: string | null): string {
  if (key.id === signs) return "SIGNS NOW";
  if (key.believedUntil <= now)
    return key.believedUntil.getTime() < key.signsUntil.getTime() + BELIEVED_AFTER ? "RETIRED" : "over";
  if (now < key.signsFrom) return "signs later";
  return now < key.signsUntil ? "does not sign" : "signs no more";
}

const time = (at: Date) => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

async function retire(database: Database, kid: string): Promise<number> {
  const end = await retireSigningKey(kid, database);
  if (end === null) {
    console.error("There is no such key: npm run keys -- list shows all. One that is over leaves within an hour.");
    return 1;
  }
  if ("over" in end) {
    console.log(`Nothing was changed: since ${time(end.over)}, nothing that it signed is believed.`);
    return 0;
  }
  console.log(`Retired: whatever it signed is refused here at the next check. Another key signs from now on.
Whoever checks by the published keys alone hears of it when they read them again: within 15 minutes, where they keep to
what Latchkey says.`);
  return 0;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof StartProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
