import { and, inArray, lte, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { expiryNotices, notifications } from "@/db/schema";
import { DAY } from "@/lib/tokens/token-status";

/** Days for which the notification centre remembers. */
const KEPT = 90;
/** An expiry that is so long past is not told again, whatever happens to its token. */
const EXPIRY_KEPT = 30;
const CHUNK = 5000;

/** Removes notifications after their time, and the marks of expiries that are over. */
export async function clearOldNotices({
  db,
  now,
}: {
  db: Db;
  now: Date;
}): Promise<{ notifications: number; marks: number }> {
  const gone = await db
    .delete(notifications)
    .where(
      and(
        lte(notifications.at, new Date(now.getTime() - KEPT * DAY)),
        inArray(
          notifications.id,
          db
            .select({ id: notifications.id })
            .from(notifications)
            .where(lte(notifications.at, new Date(now.getTime() - KEPT * DAY)))
            .limit(CHUNK),
        ),
      ),
    )
    .returning({ id: notifications.id });
  const over = new Date(now.getTime() - EXPIRY_KEPT * DAY);
  const marks = await db
    .delete(expiryNotices)
    .where(
      sql`(${expiryNotices.organizationId}, ${expiryNotices.tokenId}) in (
        select organization_id, token_id from ${expiryNotices} where ${lte(expiryNotices.expiresAt, over)} limit ${CHUNK})
        and ${lte(expiryNotices.expiresAt, over)}`,
    )
    .returning({ days: expiryNotices.days });
  return { notifications: gone.length, marks: marks.length };
}
