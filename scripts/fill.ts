// `npm run fill -- --tokens 1000000`: a large installation to look at, measure and break.
import { parseArgs } from "node:util";
import { createDatabase } from "@/db/client";
import { readPeppers } from "@/lib/tokens/token-peppers";
import { fillDatabase } from "./fill/fill-database";
import { foreignProblem, openTarget } from "./fill/fill-target";
import { startProgress } from "./fill/progress";
import { StartProblem } from "./launcher/start-problem";

const USAGE = `npm run fill -- --tokens N [--database NAME]

Makes ten organizations with N tokens together, one with half of them: members, roles, tokens that are
active, expired and deleted, with last uses, and for every fiftieth its calls by day and its events.

  --tokens N        how many tokens there shall be, 1 to 20000000, with those of an earlier fill
  --database NAME   with DATABASE_URL: the name of that database once more, as a confirmation
  --help            this text

Without DATABASE_URL it fills the database in DATA_DIR, beside the demo world, whether Latchkey runs or
not; admin@acme.example then administers the largest organization too. It can be ended at any time, and
goes on where it was. It refuses a database that holds any other organization.`;

const MOST = 20_000_000;
const ADMINISTRATOR = "admin@acme.example";

async function fill(): Promise<void> {
  const { values } = parseArgs({
    options: { tokens: { type: "string" }, database: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(USAGE);
  const tokens = Number(values.tokens);
  if (values.tokens === undefined) throw new StartProblem(`--tokens is missing.\n\n${USAGE}`);
  if (!/^\d{1,8}$/.test(values.tokens) || tokens < 1 || tokens > MOST) {
    throw new StartProblem(
      `--tokens must be a whole number from 1 to ${MOST}, and not "${values.tokens}".\n\n${USAGE}`,
    );
  }
  const target = await openTarget(values.database ?? null);
  const database = createDatabase(target.env.DATABASE_URL, { max: 2 });
  try {
    const began = performance.now();
    let progress: ReturnType<typeof startProgress> | undefined;
    const filled = await fillDatabase(database, {
      tokens,
      now: new Date(),
      peppers: readPeppers(target.env.TOKEN_PEPPERS),
      tokenPrefix: target.env.TOKEN_PREFIX,
      beside: target.beside,
      administrator: target.beside.size > 0 ? ADMINISTRATOR : undefined,
      onProgress(done) {
        progress ??= startProgress(Math.max(tokens, done), done);
        progress.show(done);
      },
    });
    progress?.end();
    if (!filled.ok) {
      throw foreignProblem(target.name, filled.foreign);
    }
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(
      filled.added === 0
        ? `There is nothing to do: ${target.name} holds ${filled.before} filled tokens already.`
        : `Done: ${target.name} holds ${filled.before + filled.added} filled tokens, ${filled.added} of them new, after ${seconds} s.`,
    );
  } finally {
    await database.end();
    await target.close();
  }
}

fill().catch((error: unknown) => {
  const isPlain =
    error instanceof StartProblem ||
    (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"));
  console.error(isPlain ? (error as Error).message : error);
  process.exitCode = 1;
});
