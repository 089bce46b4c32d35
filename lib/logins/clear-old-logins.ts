import { and, inArray, lte } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiLogins, refreshTokens } from "@/db/schema";
import { type GoesOn, inChunks } from "@/lib/in-chunks";

/** Rows of one statement. */
const CHUNK = 5000;
/** Longer than any access token of theirs serves. */
const ENDED_KEPT = 24 * 60 * 60_000;

/**
 * Removes refresh tokens once they are over, when a second use of one tells nothing any more, and API logins a day after their end, the
 * oldest first. The audit log keeps that they were there.
 */
export async function clearOldLogins(
  { db, now }: { db: Db; now: Date },
  { goesOn, chunk = CHUNK }: { goesOn?: GoesOn; chunk?: number } = {},
): Promise<{ logins: number; refreshTokens: number }> {
  const isOver = lte(refreshTokens.expiresAt, now);
  const oldestTokens = (size: number) =>
    db.select({ id: refreshTokens.id }).from(refreshTokens).where(isOver).orderBy(refreshTokens.expiresAt).limit(size);
  const removeTokens = (size: number) =>
    db
      .delete(refreshTokens)
      .where(and(isOver, inArray(refreshTokens.id, oldestTokens(size))))
      .returning({ id: refreshTokens.id });
  // One that ended early is over at its expiry all the same: the index on that finds both.
  const isOld = lte(apiLogins.expiresAt, new Date(now.getTime() - ENDED_KEPT));
  const oldestLogins = (size: number) =>
    db.select({ id: apiLogins.id }).from(apiLogins).where(isOld).orderBy(apiLogins.expiresAt).limit(size);
  const removeLogins = (size: number) =>
    db
      .delete(apiLogins)
      .where(and(isOld, inArray(apiLogins.id, oldestLogins(size))))
      .returning({ id: apiLogins.id });
  const tokens = await inChunks(chunk, removeTokens, goesOn);
  return { logins: await inChunks(chunk, removeLogins, goesOn), refreshTokens: tokens };
}
