import { z } from "zod";

/** A cursor that this server did not make, or made for another list. Answered with 400. */
export class InvalidCursor extends Error {
  override name = "InvalidCursor";

  constructor() {
    super("invalid cursor");
  }
}

/** What a place in an ordered list can be told by: the sort columns' values of its last row. */
export type CursorValue = string | number | boolean | null;

const MAX_LENGTH = 1000;

const text = z
  .string()
  .max(400)
  .refine((value) => !value.includes("\0") && (value as string & { isWellFormed(): boolean }).isWellFormed());
const content = z.tuple([z.string().max(40), z.array(z.union([text, z.number(), z.boolean(), z.null()])).max(8)]);

/** An opaque place in a list: base64url of a JSON array. `kind` ties it to one list and order, such as `tokens:-created_at`. */
export function encodeCursor(kind: string, values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify([kind, values])).toString("base64url");
}

/**
 * Reads what `encodeCursor` made for the same `kind`. The values come from outside: parse them again before they reach a
 * statement. Throws `InvalidCursor`.
 */
export function decodeCursor(kind: string, cursor: string): CursorValue[] {
  if (cursor.length > MAX_LENGTH || !/^[\w-]+$/.test(cursor)) throw new InvalidCursor();
  let decoded: unknown;
  try {
    decoded = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw new InvalidCursor();
  }
  const parsed = content.safeParse(decoded);
  if (!parsed.success || parsed.data[0] !== kind) throw new InvalidCursor();
  return parsed.data[1];
}
