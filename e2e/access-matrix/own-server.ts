import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createDatabase, type Database } from "@/db/client";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { databaseUrl } from "../database";
import { type RunningServer, startServer } from "../server";

export interface OwnServer extends Database {
  url: string;
  stop(): Promise<void>;
}

/**
 * A server that no other test changes anything on, so that its whole database can be compared, with a connection to that
 * database. From then on this process mints tokens that the server accepts.
 */
export async function startOwnServer(): Promise<OwnServer> {
  // Nothing happens there by itself either.
  const server = await startServer({ env: { JOBS: "off" } });
  try {
    const database = createDatabase(await databaseOf(server), { max: 4 });
    const stop = async () => {
      await database.end();
      await server.stop();
    };
    return { ...database, url: server.url, stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function databaseOf({ dataDir }: RunningServer): Promise<string> {
  const { authSecret, tokenPeppers } = JSON.parse(await readFile(join(dataDir, "secrets.json"), "utf8"));
  const url = await databaseUrl(dataDir);
  const settings = { DATABASE_URL: url, AUTH_SECRET: authSecret, TOKEN_PEPPERS: tokenPeppers };
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, settings);
  // Read once a process, which is why nothing of them has to stay in the environment.
  mintingKeys();
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  return url;
}
