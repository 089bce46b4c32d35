import { and, inArray, lte } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiLogins, refreshTokens } from "@/db/schema";

/** Rows of one statement. */
const CHUNK = 5000;
/** Longer than any access token of theirs serves. */
const ENDED_KEPT = 24 * 60 * 60_000;

/**
 * Removes refresh tokens once they are over, which nobody can use a second time, and API logins a day after their end, the
 * oldest first. The audit log keeps that they were there.
 */
export async function clearOldLogins({
  db,
  now,
}: {
  db: Db;
  now: Date;
}): Promise<{ logins: number; refreshTokens: number }> {
  const tokens = await db
    .delete(refreshTokens)
    .where(
      and(
        lte(refreshTokens.expiresAt, now),
        inArray(
          refreshTokens.id,
          db
            .select({ id: refreshTokens.id })
            .from(refreshTokens)
            .where(lte(refreshTokens.expiresAt, now))
            .orderBy(refreshTokens.expiresAt)
            .limit(CHUNK),
        ),
      ),
    )
    .returning({ id: refreshTokens.id });
  const before = new Date(now.getTime() - ENDED_KEPT);
  // One that ended early is over at its expiry all the same: the index on that finds both.
  const logins = await db
    .delete(apiLogins)
    .where(
      inArray(
        apiLogins.id,
        db
          .select({ id: apiLogins.id })
          .from(apiLogins)
          .where(lte(apiLogins.expiresAt, before))
          .orderBy(apiLogins.expiresAt)
          .limit(CHUNK),
      ),
    )
    .returning({ id: apiLogins.id });
  return { logins: logins.length, refreshTokens: tokens.length };
}
