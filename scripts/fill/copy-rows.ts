import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { TransactionSql } from "postgres";

/** The values of one row, in the order of its columns. Bytes are written as `\x` and hexadecimal digits, arrays in braces. */
export type Row = readonly (string | number | Date | null)[];

/** Writes rows as PostgreSQL's COPY takes them, many times faster than INSERT. `table` and `columns` are written as they are. */
export async function copyRows(
  tx: TransactionSql,
  table: string,
  columns: string,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const target = await tx.unsafe(`copy ${table} (${columns}) from stdin`).writable();
  await pipeline(Readable.from(lines(rows), { objectMode: false }), target);
}

const ROWS_A_CHUNK = 500;

function* lines(rows: readonly Row[]): Generator<Buffer> {
  for (let at = 0; at < rows.length; at += ROWS_A_CHUNK) {
    const some = rows.slice(at, at + ROWS_A_CHUNK);
    yield Buffer.from(some.map((row) => `${row.map(field).join("\t")}\n`).join(""));
  }
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function field(value: Row[number]): string {
  if (value === null) return "\\N";
  if (value instanceof Date) return value.toISOString();
  return String(value).replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}
