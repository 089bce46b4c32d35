import { desc, eq, sql } from "drizzle-orm";
import { localMailbox } from "@/db/schema";
import type { Context } from "@/lib/context";

export type MailboxMessage = typeof localMailbox.$inferSelect;
export type MailboxLine = Pick<MailboxMessage, "id" | "at" | "toLine" | "toAddress" | "subject">;

/** Messages that the list shows; searching finds older ones. */
export const MAILBOX_SHOWN = 100;

/**
 * The messages that were not sent but kept here, latest first; those whose receiver or subject holds `q`, where it is
 * given. Whose they are is not asked: only the demo and development have this mailbox, and the page asks `isMailboxOpen`.
 */
export function readMailbox({ q = "" }: { q?: string }, ctx: Pick<Context, "db">): Promise<MailboxLine[]> {
  const { id, at, toLine, toAddress, subject } = localMailbox;
  return ctx.db
    .select({ id, at, toLine, toAddress, subject })
    .from(localMailbox)
    .where(q ? sql`position(lower(${q}) in lower(${toLine} || ' ' || ${subject})) > 0` : undefined)
    .orderBy(desc(at), desc(id))
    .limit(MAILBOX_SHOWN);
}

/** One of them with all it says; null where there is none. */
export async function readMailboxMessage(id: string, ctx: Pick<Context, "db">): Promise<MailboxMessage | null> {
  const [message] = await ctx.db.select().from(localMailbox).where(eq(localMailbox.id, id));
  return message ?? null;
}
