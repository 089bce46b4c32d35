import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { endChild, spawnNext } from "./child-process";
import { lockFolder } from "./data-folder-lock";
import { StartProblem } from "./start-problem";

/** Folders that no page is made of. Any other folder counts, so that a new one cannot be forgotten here. */
const OUTSIDE = new Set([
  "node_modules",
  "bench",
  "coverage",
  "docs",
  "e2e",
  "examples",
  "playwright-report",
  "screens",
  "scripts",
  "test",
  "test-results",
]);
/** Files at the root that a build is not made of, or that it rewrites itself. */
const OUTSIDE_ROOT = /^(next-env\.d\.ts|package\.json|tsconfig\.json|biome\.json|knip\..*|vitest\..*|playwright\..*)$/;
const SOURCE = /\.(tsx?|mts|jsx?|mjs|cjs|css|json|sql|svg|png|ico|woff2?|txt|webmanifest)$/;
const TEST = /\.test\.tsx?$/;

function addFolder(hash: ReturnType<typeof createHash>, root: string, folder: string): void {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const { name, ...entry } of entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))) {
    const isRoot = folder === "";
    if (name.startsWith(".") || (isRoot && (entry.isFolder ? OUTSIDE.has(name) : OUTSIDE_ROOT.test(name)))) continue;
    const path = join(folder, name);
    if (entry.isFolder) addFolder(hash, root, path);
    else if (SOURCE.test(name) && !TEST.test(name)) hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  }
}

/** A digest of everything that a build is made of, in a few tens of milliseconds. */
export function sourceDigest(root: string): string {
  const hash = createHash("sha256");
  addFolder(hash, root, "");
  return hash.digest("hex");
}

/** What a build leaves that it is not served from. All else at the top of it must still be there to use it again. */
const NOT_SERVED = new Set(["cache", "dev", "diagnostics", "lock", "source-digest", "trace", "trace-build", "types"]);

const stampFile = (root: string) => join(root, ".next", "source-digest");

export function isBuildCurrent(root: string): boolean {
  const stamp = stampFile(root);
  if (!existsSync(stamp)) return false;
  const [digest, ...entries] = readFileSync(stamp, "utf8").split("\n");
  const isWhole = ["BUILD_ID", ...entries].every((entry) => existsSync(join(root, ".next", entry)));
  return isWhole && digest === sourceDigest(root);
}

/** Builds unless the last build was made of the very same sources. Two starts at once build once. */
export async function ensureBuild(root: string, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  if (isBuildCurrent(root)) return;
  const cache = join(root, ".next", "cache");
  mkdirSync(cache, { recursive: true });
  let lock = await lockFolder(cache);
  if (!lock.ok) say("waiting for another start that is building the console");
  while (!lock.ok) {
    await pause(500, undefined, { signal });
    lock = await lockFolder(cache);
  }
  try {
    if (!isBuildCurrent(root)) await build(root, say, signal);
  } finally {
    lock.release();
  }
}

async function build(root: string, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  say("building the console, once; this takes a minute or more");
  const digest = sourceDigest(root);
  rmSync(stampFile(root), { force: true });
  const child = spawnNext({ args: ["build"], variables: { NODE_ENV: "production" }, output: "pipe" });
  const interrupt = () => void endChild(child, 2000);
  signal.addEventListener("abort", interrupt, { once: true });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  const [code] = await once(child, "close");
  signal.removeEventListener("abort", interrupt);
  signal.throwIfAborted();
  if (code !== 0) throw new StartProblem(`The build failed:\n${output.trim()}`);
  const entries = readdirSync(join(root, ".next")).filter((entry) => !NOT_SERVED.has(entry));
  writeFileSync(stampFile(root), [digest, ...entries].join("\n"));
}
