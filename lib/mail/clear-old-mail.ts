import { and, eq, inArray, lte, ne, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import { localMailbox, outbox } from "@/db/schema";
import { DAY } from "@/lib/tokens/token-status";
import type { Mailer } from "./mailer";

/** Days: after being settled, for what can still be sent again, and for what nobody can send because no way is set. */
const KEPT = 30;
const DEAD_KEPT = 90;
const UNSENT_KEPT = 3;
/** Rows of one kind in one run. */
const CHUNK = 5000;

/**
 * Removes messages after their time. What waited too long to tell anything is dropped first: after three days where there is
 * no way to send (`mailer` is null), after thirty where there is one and its server never took it.
 */
export async function clearOldMail({
  db,
  now,
  mailer,
}: {
  db: Db;
  now: Date;
  mailer: Mailer | null;
}): Promise<{ dropped: number; messages: number; mailbox: number }> {
  const before = (days: number) => new Date(now.getTime() - days * DAY);
  const some = (condition: SQL | undefined) => db.select({ id: outbox.id }).from(outbox).where(condition).limit(CHUNK);
  const tooLate = and(
    eq(outbox.state, "waiting"),
    mailer
      ? lte(outbox.createdAt, before(KEPT))
      : and(eq(outbox.attempts, 0), lte(outbox.nextAttemptAt, before(UNSENT_KEPT))),
  );
  const stale = await db
    .update(outbox)
    .set({ state: "dropped", settledAt: now, ...(mailer ? {} : { failure: "no_way" }) })
    .where(and(eq(outbox.state, "waiting"), inArray(outbox.id, some(tooLate))))
    .returning({ id: outbox.id });
  const remove = async (condition: SQL | undefined) =>
    (
      await db
        .delete(outbox)
        .where(inArray(outbox.id, some(condition)))
        .returning({ id: outbox.id })
    ).length;
  const settled = await remove(and(ne(outbox.state, "dead"), lte(outbox.settledAt, before(KEPT))));
  const dead = await remove(and(eq(outbox.state, "dead"), lte(outbox.settledAt, before(DEAD_KEPT))));
  const kept = db
    .select({ id: localMailbox.id })
    .from(localMailbox)
    .where(lte(localMailbox.at, before(KEPT)))
    .limit(CHUNK);
  const mailbox = await db
    .delete(localMailbox)
    .where(inArray(localMailbox.id, kept))
    .returning({ id: localMailbox.id });
  return { dropped: stale.length, messages: settled + dead, mailbox: mailbox.length };
}
