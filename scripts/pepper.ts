import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnvironment } from "@/lib/env";
import { newPepper, rotatePepper } from "./launcher/secrets";
import { StartProblem } from "./launcher/start-problem";

const USAGE = "npm run pepper -- rotate";

/** Makes a new pepper the current one, or says how, where the peppers are set by hand. Returns the exit code. */
function rotate(): number {
  if (existsSync(".env")) process.loadEnvFile(".env");
  // Nobody signs in here.
  const parsed = parseEnvironment(process.env, ["TOKEN_PEPPERS"]);
  if (!parsed.ok) {
    console.error(parsed.problems.join("\n"));
    return 1;
  }
  const { TOKEN_PEPPERS, DATABASE_URL, DATA_DIR } = parsed.env;
  if (TOKEN_PEPPERS || DATABASE_URL) {
    tellHow((TOKEN_PEPPERS ?? []).map(({ id }) => id));
    return 0;
  }
  const { current, retired } = rotatePepper(resolve(DATA_DIR));
  console.log(`The current pepper is now ${current}; ${retired.join(", ")} only checks what was made with it before.
Restart Latchkey: tokens are then made with ${current}, and each existing one moves to it at its next use.
Nothing else is to be done. Keep ${DATA_DIR}/secrets.json in your backups: without it no token can be checked.`);
  return 0;
}

function tellHow(ids: string[]): void {
  const { id, entry } = newPepper(ids);
  const [current = "the current one"] = ids;
  console.log(`Nothing was changed: TOKEN_PEPPERS is set by hand. Here is a new entry, made just now and kept nowhere:

  ${entry}

1. Put it at the END of TOKEN_PEPPERS on every instance, and restart them. All of them then know ${id}, and use ${current}.
2. Move it to the FRONT on every instance, and restart them. New tokens are made with ${id}, and each existing one moves to
   it at its next use. In one step, an instance that does not know ${id} yet would refuse tokens that another has moved.
3. Leave the old entries in place while tokens are still under them, which the database tells:
     select pepper_id, count(*) from (
       select unnest(array[pepper_id, pending_pepper_id, previous_pepper_id]) from api_tokens where deleted_at is null
       union all
       select e.pepper_id from ended_secrets e join api_tokens t on t.id = e.token_id where t.deleted_at is null
     ) secrets (pepper_id) where pepper_id is not null group by pepper_id;
   A token whose pepper is taken away can never be used again, and of a secret that has ended nobody hears any more where
   it asks for a new one.`);
}

if (process.argv[2] === "rotate" && process.argv.length === 3) {
  try {
    process.exitCode = rotate();
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
} else {
  console.error(USAGE);
  process.exitCode = 2;
}
