import { and, eq, inArray, lte, ne } from "drizzle-orm";
import type { Db } from "@/db/client";
import { localMailbox, outbox } from "@/db/schema";
import { DAY } from "@/lib/tokens/token-status";

/** Days: after being settled, for what can still be sent again, and for what nobody could send because no way was set. */
const KEPT = 30;
const DEAD_KEPT = 90;
const UNSENT_KEPT = 3;
const CHUNK = 5000;

/** Removes messages after their time. What waited too long to tell anything is dropped first. */
export async function clearOldMail({
  db,
  now,
}: {
  db: Db;
  now: Date;
}): Promise<{ dropped: number; messages: number; mailbox: number }> {
  const before = (days: number) => new Date(now.getTime() - days * DAY);
  const stale = await db
    .update(outbox)
    .set({ state: "dropped", settledAt: now })
    .where(and(eq(outbox.state, "waiting"), eq(outbox.attempts, 0), lte(outbox.nextAttemptAt, before(UNSENT_KEPT))))
    .returning({ id: outbox.id });
  const remove = async (condition: ReturnType<typeof and>) => {
    const old = db.select({ id: outbox.id }).from(outbox).where(condition).limit(CHUNK);
    return (await db.delete(outbox).where(inArray(outbox.id, old)).returning({ id: outbox.id })).length;
  };
  const settled = await remove(and(ne(outbox.state, "dead"), lte(outbox.settledAt, before(KEPT))));
  const dead = await remove(and(eq(outbox.state, "dead"), lte(outbox.settledAt, before(DEAD_KEPT))));
  const mailbox = await db
    .delete(localMailbox)
    .where(lte(localMailbox.at, before(KEPT)))
    .returning({ id: localMailbox.id });
  return { dropped: stale.length, messages: settled + dead, mailbox: mailbox.length };
}
