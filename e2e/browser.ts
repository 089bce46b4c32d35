import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { promisify } from "node:util";

const SYSTEM_CHROMIUM = "/usr/bin/chromium";

/** A closed network must not keep Chromium waiting, and a container has neither a sandbox nor a graphics card. */
export const LAUNCH_ARGUMENTS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-gpu",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/** A Chromium that runs here: found, or installed where that is possible. Throws with what was tried. */
export async function findBrowser(): Promise<string> {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (await runs(given)) return given;
    throw new Error(`CHROME_PATH is ${given}, which does not start.`);
  }
  const tried: string[] = [];
  for (const [name, look] of Object.entries(places)) {
    const path = await look().catch(() => null);
    if (path && (await runs(path))) return path;
    tried.push(name);
  }
  throw new Error(`No Chromium starts here. Tried: ${tried.join(", ")}. Set CHROME_PATH to one.`);
}

const places: Record<string, () => Promise<string | null>> = {
  [SYSTEM_CHROMIUM]: async () => SYSTEM_CHROMIUM,

  "apt-get install chromium": async () => {
    const release = await readFile("/etc/os-release", "utf8");
    if (process.getuid?.() !== 0 || !/^ID=debian$/m.test(release)) return null;
    const patience = ["-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20"];
    await install("apt-get", [...patience, "update", "-qq"], 60_000).catch(() => {});
    await install("apt-get", [...patience, "install", "-y", "-qq", "--no-install-recommends", "chromium"], 240_000);
    return SYSTEM_CHROMIUM;
  },

  "playwright install chromium": async () => {
    const { chromium } = await import("@playwright/test");
    if (!existsSync(chromium.executablePath())) {
      const cli = createRequire(import.meta.url).resolve("@playwright/test/cli");
      await install(process.execPath, [cli, "install", "chromium"], 120_000);
    }
    return chromium.executablePath();
  },

  "@sparticuz/chromium": async () => {
    const { default: packaged } = await import("@sparticuz/chromium");
    return packaged.executablePath();
  },
};

async function runs(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  return promisify(execFile)(path, ["--version", ...LAUNCH_ARGUMENTS], { timeout: 30_000 }).then(
    ({ stdout }) => /\d+\.\d+/.test(stdout),
    () => false,
  );
}

/** Resolves when the command has ended well; what it says is shown only where it fails. */
function install(command: string, args: string[], timeout: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      timeout,
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        said += chunk;
      });
    }
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) return resolve();
      console.error(`${command} ${args.join(" ")} failed:\n${said.slice(-2000)}`);
      reject(new Error(`${command} ended with ${code}`));
    });
  });
}
