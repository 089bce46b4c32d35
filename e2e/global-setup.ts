import { startServer } from "./server";

/**
 * Starts the product for the whole run, unless BASE_URL names one that runs already. Workers inherit what is put into the
 * environment here.
 */
export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.BASE_URL) return undefined;
  const server = await startServer();
  process.env.BASE_URL = server.url;
  process.env.E2E_DATA_DIR = server.dataDir;
  process.env.E2E_LOG_FILE = server.logFile;
  return server.stop;
}
