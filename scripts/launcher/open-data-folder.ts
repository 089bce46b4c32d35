import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lockFolder } from "./data-folder-lock";
import { startEmbeddedPostgres } from "./embedded-postgres";
import { loadSecrets, type Secrets } from "./secrets";
import { StartProblem } from "./start-problem";

/** The embedded database of a data folder, for a command beside Latchkey. */
export interface OpenDataFolder {
  url: string;
  secrets: Secrets;
  /** Ends what was started for it; Latchkey itself goes on where it runs. */
  close(): Promise<void>;
}

/** Opens it whether Latchkey runs on it or not. Both are made where they are missing. */
export async function openDataFolder(dataDir: string): Promise<OpenDataFolder> {
  const lock = await lockFolder(dataDir);
  if (!lock.ok) {
    const secrets = loadSecrets(dataDir);
    return { url: runningUrl(dataDir, secrets.databasePassword), secrets, close: async () => {} };
  }
  try {
    const server = await startEmbeddedPostgres({ dataDir });
    const close = async () => {
      await server.stop();
      lock.release();
    };
    return { url: server.url, secrets: loadSecrets(dataDir), close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The server that another process runs on this folder: the fourth line of `postmaster.pid` is its port. */
function runningUrl(dataDir: string, password: string): string {
  const file = join(dataDir, "postgres", "postmaster.pid");
  const port = existsSync(file) ? readFileSync(file, "utf8").split("\n")[3]?.trim() : undefined;
  if (!port || !/^\d+$/.test(port)) {
    throw new StartProblem("Latchkey is starting or stopping on this data folder: try again in a moment.");
  }
  return `postgres://latchkey:${password}@127.0.0.1:${port}/latchkey`;
}
