import { and, inArray, lte, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { revokedAccessTokens } from "@/db/schema";
import { type GoesOn, inChunks } from "@/lib/in-chunks";

const CHUNK = 5000;

/** Forgets which access tokens were taken back, once they are over by the clock that they are checked by; the oldest first. */
export async function clearRevoked(
  { db }: { db: Db },
  { goesOn, chunk = CHUNK }: { goesOn?: GoesOn; chunk?: number } = {},
): Promise<{ revoked: number }> {
  const isOver = lte(revokedAccessTokens.expiresAt, sql`now()`);
  const oldest = (size: number) =>
    db
      .select({ id: revokedAccessTokens.id })
      .from(revokedAccessTokens)
      .where(isOver)
      .orderBy(revokedAccessTokens.expiresAt)
      .limit(size);
  const remove = (size: number) =>
    db
      .delete(revokedAccessTokens)
      .where(and(isOver, inArray(revokedAccessTokens.id, oldest(size))))
      .returning({ id: revokedAccessTokens.id });
  return { revoked: await inChunks(chunk, remove, goesOn) };
}
