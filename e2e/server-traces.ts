import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { withDatabase } from "./database";

/** Every row of every table of the product's database, one line each, as PostgreSQL writes it: bytes in hexadecimal. */
export function dumpDatabase(): Promise<string> {
  return withDatabase(async (sql) => {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
    const lines: string[] = [];
    for (const { name } of tables) {
      const rows = await sql.unsafe<{ line: string }[]>(`select t::text as line from ${name} t`);
      lines.push(`table ${name}`, ...rows.map(({ line }) => line));
    }
    return lines.join("\n");
  });
}

/** The files below a folder that hold any of the texts: for a DATA_DIR that is every page and log of the database too. */
export async function filesHolding(folder: string, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // A file of a running database may go between the two calls.
    const content = await readFile(path).catch(() => Buffer.alloc(0));
    if (texts.some((text) => content.includes(text))) found.push(path);
  }
  return found;
}
