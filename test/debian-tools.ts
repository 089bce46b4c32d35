import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A program that a test starts, with what it needs in its environment. */
export interface Tool {
  path: string;
  env: Record<string, string>;
  /** What `version` says of it, on one line. */
  version: string;
}

const UNPACKED = fileURLToPath(new URL("../node_modules/.cache/debian-tools", import.meta.url));
const FOLDERS = ["usr/sbin", "usr/bin", "sbin", "bin"];
const LIBRARIES = ["usr/lib", "lib"].flatMap((folder) =>
  ["x86_64-linux-gnu", "aarch64-linux-gnu"].map((machine) => join(folder, machine)),
);

/**
 * A program of this machine, or the one in its Debian package, unpacked beside the dependencies of this project: nothing is
 * installed, no service starts, no other user sees it, and root is not needed. Null where it cannot be had, unless
 * `TEST_TOOLS=required`: then it throws, since a check that silently did not run is no check.
 */
export async function debianTool(program: string, ask: readonly string[], aptPackage = program): Promise<Tool | null> {
  try {
    const installed = await installedTool(program, ask);
    if (installed) return installed;
    const unpacked = await unpackedPackage(aptPackage);
    const path = FOLDERS.map((folder) => join(unpacked, folder, program)).find(existsSync);
    if (!path) throw new Error(`The package ${aptPackage} has no program ${program}.`);
    const libraries = LIBRARIES.map((folder) => join(unpacked, folder)).filter(existsSync);
    // An empty one would mean the folder of the caller.
    const env: Record<string, string> = libraries.length > 0 ? { LD_LIBRARY_PATH: libraries.join(delimiter) } : {};
    return { path, env, version: await versionOf(path, ask, env) };
  } catch (error) {
    if (process.env.TEST_TOOLS === "required") throw error;
    return null;
  }
}

async function installedTool(program: string, ask: readonly string[]): Promise<Tool | null> {
  // Daemons are often in folders that only root's PATH has.
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"];
  for (const path of folders.filter(Boolean).map((folder) => join(folder, program))) {
    if (existsSync(path)) return { path, env: {}, version: await versionOf(path, ask, {}) };
  }
  return null;
}

async function versionOf(path: string, ask: readonly string[], env: Record<string, string>): Promise<string> {
  const { stdout, stderr } = await run(path, [...ask], { env: { ...process.env, ...env }, timeout: 20_000 });
  return (stdout + stderr).trim().split("\n")[0] ?? "";
}

/** The folder in which a package lies unpacked, with those packages it needs that this machine has not got. */
async function unpackedPackage(aptPackage: string): Promise<string> {
  const folder = join(UNPACKED, aptPackage);
  if (existsSync(folder)) return folder;
  await mkdir(UNPACKED, { recursive: true });
  const work = await mkdtemp(join(UNPACKED, "fetching-"));
  try {
    const archives = join(work, "archives");
    await fetchPackage(aptPackage, archives, join(work, "lists"));
    const root = join(work, "root");
    for (const name of await readdir(archives)) {
      if (name.endsWith(".deb")) await run("dpkg-deb", ["-x", join(archives, name), root]);
    }
    // Whole or not at all; another run may have been first.
    await rename(root, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error;
    });
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function fetchPackage(aptPackage: string, archives: string, lists: string): Promise<void> {
  await mkdir(join(archives, "partial"), { recursive: true });
  const options = [
    ...["-q", "-y", "--no-install-recommends", "--download-only"],
    ...[`Dir::Cache::archives=${archives}`, "Dir::Cache::pkgcache=", "Dir::Cache::srcpkgcache="],
    // Nothing is installed, so nobody else's installation is in the way.
    ...["Debug::NoLocking=true", "APT::Sandbox::User=", "Acquire::Retries=3"],
  ].map((option) => (option.startsWith("-") ? option : `-o${option}`));
  const apt = (...args: string[]) =>
    run("apt-get", [...options, ...args], {
      timeout: 120_000,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  try {
    await apt("install", aptPackage);
  } catch {
    // A fresh image has no lists, and old lists name versions that are gone. These lists are this folder's own.
    await mkdir(join(lists, "partial"), { recursive: true });
    const own = `-oDir::State::lists=${lists}`;
    await apt(own, "update");
    await apt(own, "install", aptPackage);
  }
}
