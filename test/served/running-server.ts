import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { databaseUrl } from "@/e2e/database";
import { startServer } from "@/e2e/server";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the server of this run listens, without a slash at the end: its issuer too. */
    servedUrl: string;
    /** Everything that it writes. */
    servedLog: string;
    /** Its DATA_DIR. */
    servedFolder: string;
    /** What a process needs that makes tokens for it. */
    servedSettings: Record<string, string>;
  }
}

/**
 * One server as a person starts it, the production build with a database of its own, for the tests that ask it over HTTP.
 * It stands behind one trusted proxy, so that a test can come from any address, and logs every call.
 */
export default async function setup(project: TestProject) {
  const server = await startServer({
    env: { JOBS: "off", TRUSTED_PROXIES: "1", LOG_LEVEL: "trace", NODE_OPTIONS: undefined, VITEST: undefined },
  });
  try {
    const { authSecret, tokenPeppers } = JSON.parse(await readFile(join(server.dataDir, "secrets.json"), "utf8"));
    project.provide("servedUrl", server.url);
    project.provide("servedLog", server.logFile);
    project.provide("servedFolder", server.dataDir);
    project.provide("servedSettings", {
      DATABASE_URL: await databaseUrl(server.dataDir),
      AUTH_SECRET: authSecret,
      TOKEN_PEPPERS: tokenPeppers,
      PUBLIC_URL: server.url,
      LOG_LEVEL: "silent",
    });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server.stop;
}
