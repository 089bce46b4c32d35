import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

export interface SourceFile {
  /** From the repository's root, with slashes. */
  path: string;
  code: string;
}

export interface Import {
  /** What stands in quotes. */
  from: string;
  /** Where in the repository that is, without extension; null for a package. */
  path: string | null;
  /** Erased by the compiler. */
  typeOnly: boolean;
}

/** The TypeScript files of the product in these folders, without their tests. */
export function sourceFiles(folders: string[]): SourceFile[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)))
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map((path) => path.replaceAll("\\", "/"))
    .sort()
    .map((path) => ({ path, code: readFileSync(path, "utf8") }));
}

const STATEMENT =
  /^(?:import|export)\s+(?<type>type\s)?(?:[^"';]*?\sfrom\s+)?"(?<from>[^"]+)"|\bimport\(\s*"(?<dynamic>[^"]+)"\s*\)/gm;

/** Every import and re-export in a file that Biome has formatted. */
export function importsOf({ path, code }: SourceFile): Import[] {
  return [...code.matchAll(STATEMENT)].map(({ groups }) => {
    const from = groups?.from ?? groups?.dynamic ?? "";
    const inRepository = from.startsWith("@/")
      ? from.slice(2)
      : from.startsWith(".")
        ? join(dirname(path), from)
        : null;
    return {
      from,
      path: inRepository === null ? null : normalize(inRepository).replaceAll("\\", "/"),
      typeOnly: groups?.type !== undefined,
    };
  });
}

/** Whether `path` matches one of `globs`, and none of those that start with `!`. Knows `*`, `**` and `{a,b}`. */
export function matches(path: string, globs: readonly string[]): boolean {
  const refused = globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1));
  const welcome = globs.filter((glob) => !glob.startsWith("!"));
  return welcome.some((glob) => pattern(glob).test(path)) && !refused.some((glob) => pattern(glob).test(path));
}

const PARTS: Record<string, string> = { "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "{": "(?:", "}": ")", ",": "|" };

function pattern(glob: string): RegExp {
  return new RegExp(`^${glob.replace(/\*\*\/|\*\*|[*{},]|[.+()[\]]/g, (part) => PARTS[part] ?? `\\${part}`)}$`);
}
