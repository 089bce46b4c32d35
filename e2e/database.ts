import { readFile } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";

/** The address of the embedded database of a server that runs, by its DATA_DIR. */
export async function databaseUrl(dataDir: string): Promise<string> {
  const { databasePassword } = JSON.parse(await readFile(join(dataDir, "secrets.json"), "utf8"));
  const port = (await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8")).split("\n")[3];
  return `postgres://latchkey:${databasePassword}@127.0.0.1:${port}/latchkey`;
}

/** Opens the embedded database of a server that runs, by its DATA_DIR: of the one that all tests share when none is given. */
export async function openDatabase(dataDir = process.env.E2E_DATA_DIR): Promise<postgres.Sql> {
  if (!dataDir) throw new Error("E2E_DATA_DIR is not set: with a BASE_URL, it names the DATA_DIR of that server");
  return postgres(await databaseUrl(dataDir), { max: 1, onnotice: () => {} });
}

/** Runs `work` with the database of the server that all tests share. */
export async function withDatabase<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = await openDatabase();
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
