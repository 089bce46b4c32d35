import { existsSync } from "node:fs";
import { createDatabase } from "@/db/client";
import { parseEnvironment } from "@/lib/env";
import { retireSigningKey } from "@/lib/oauth/rotate-signing-keys";
import { believedKeys } from "@/lib/oauth/signing-keys";

const USAGE = "npm run keys -- list | npm run keys -- retire <kid>";

/** The keys that access tokens are signed with: what there is, or the end of one at once. Returns the exit code. */
async function run([verb, kid, ...rest]: string[]): Promise<number> {
  const isKnown = (verb === "list" && kid === undefined) || (verb === "retire" && kid !== undefined);
  if (!isKnown || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  if (existsSync(".env")) process.loadEnvFile(".env");
  const parsed = parseEnvironment(process.env, []);
  if (!parsed.ok || !parsed.env.DATABASE_URL) {
    console.error(
      parsed.ok
        ? "DATABASE_URL must be set. The address of the embedded database stands in DATA_DIR: its password in secrets.json, its port in postgres/postmaster.pid."
        : parsed.problems.join("\n"),
    );
    return 1;
  }
  const database = createDatabase(parsed.env.DATABASE_URL, { max: 1 });
  try {
    if (kid === undefined) {
      const { keys } = await believedKeys(database.db);
      for (const { id, signsFrom, signsUntil, believedUntil } of keys) {
        console.log(
          `${id}  signs ${signsFrom.toISOString()} to ${signsUntil.toISOString()}, believed until ${believedUntil.toISOString()}`,
        );
      }
      return 0;
    }
    const retired = await retireSigningKey(kid, database);
    if (retired)
      console.log("Retired: whatever it signed is refused here at the next check. Another key signs from now on.");
    else console.error("There is no such key.");
    return retired ? 0 : 1;
  } finally {
    await database.end();
  }
}

process.exitCode = await run(process.argv.slice(2));
