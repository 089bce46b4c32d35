import { z } from "zod";
import { decodeCursor, encodeCursor } from "./cursor";
import { pageSize } from "./page-size";

/** The page of a list that is read in the order of its ids. */
export const listQuery = z.strictObject({
  limit: pageSize,
  cursor: z.string().max(1000).nullable().default(null),
});
export type ListQuery = z.output<typeof listQuery>;

export interface ListPage<Row> {
  rows: Row[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/** The id after which a page starts; null for the first. Throws `InvalidCursor`. */
export const startAfter = (kind: string, { cursor }: ListQuery): string | null =>
  cursor === null ? null : decodeCursor(kind, cursor, z.uuid());

/** A page out of one row more than it holds: whether there was one says whether there is another page. */
export function pageOf<Row extends { id: string }>(kind: string, found: Row[], { limit }: ListQuery): ListPage<Row> {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, nextCursor: found.length > limit && last ? encodeCursor(kind, last.id) : null };
}
