import { z } from "zod";

/** A cursor that this server did not make, or made for another list. Answered with 400. */
export class InvalidCursor extends Error {
  override name = "InvalidCursor";

  constructor() {
    super("invalid cursor");
  }
}

/** Room for a name of 200 characters of four bytes each, and the rest of the place. */
const MAX_LENGTH = 2000;

/** An opaque place in a list: base64url of JSON. `kind` ties it to the list that made it. */
export function encodeCursor(kind: string, place: unknown): string {
  return Buffer.from(JSON.stringify([kind, place])).toString("base64url");
}

/** Reads what `encodeCursor` made for the same `kind`. Throws `InvalidCursor`, also where `place` does not hold. */
export function decodeCursor<T>(kind: string, cursor: string, place: z.ZodType<T>): T {
  if (cursor.length > MAX_LENGTH || !/^[\w-]+$/.test(cursor)) throw new InvalidCursor();
  let decoded: unknown;
  try {
    decoded = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"), storable);
  } catch {
    throw new InvalidCursor();
  }
  const parsed = z.tuple([z.literal(kind), place]).safeParse(decoded);
  if (!parsed.success) throw new InvalidCursor();
  return parsed.data[1];
}

/** NUL and lone surrogates never come from the database, which cannot hold them, and make it refuse the whole statement. */
function storable(_key: string, value: unknown): unknown {
  if (typeof value === "string" && (value.includes("\0") || !isWellFormed(value))) throw new InvalidCursor();
  return value;
}

const isWellFormed = (text: string) => (text as string & { isWellFormed(): boolean }).isWellFormed();
