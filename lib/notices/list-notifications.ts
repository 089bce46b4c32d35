import { and, desc, eq, inArray, isNull, lt, lte, type SQL, sql } from "drizzle-orm";
import { notifications } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import type { Told } from "./notice-events";
import type { MarkAllReadInput, MarkNotificationInput, NotificationsQuery } from "./notice-input";

/** A line of the notification centre. */
export type NotificationRow = { id: string; at: Date; isRead: boolean } & Told;

export interface NotificationPage {
  rows: NotificationRow[];
  /** The id to go on before; null where there are no older ones. */
  before: string | null;
  unread: number;
}

const SHOWN = 20;
/** The bell says "99+" from there on. */
const COUNTED = 100;

const ownOnes = ({ organizationId, memberId }: MemberActor): SQL | undefined =>
  and(eq(notifications.organizationId, organizationId), eq(notifications.memberId, memberId), notifications.inApp);

/** What the person was told here, newest first; nobody sees another's. */
export async function listNotifications(
  actor: MemberActor,
  { unread, events, before }: NotificationsQuery,
  ctx: Context,
): Promise<NotificationPage> {
  const [rows, count] = await Promise.all([
    ctx.db
      .select()
      .from(notifications)
      .where(
        and(
          ownOnes(actor),
          unread ? isNull(notifications.readAt) : undefined,
          events.length > 0 ? inArray(notifications.event, events) : undefined,
          before ? lt(notifications.id, before) : undefined,
        ),
      )
      .orderBy(desc(notifications.id))
      .limit(SHOWN + 1),
    countUnread(actor, ctx),
  ]);
  const page = rows.slice(0, SHOWN);
  return {
    rows: page.map(({ id, event, at, readAt, details }) => {
      // Written together, as one of these.
      const told = { event, details } as Told;
      return { id, at, isRead: readAt !== null, ...told };
    }),
    before: rows.length > SHOWN ? (page.at(-1)?.id ?? null) : null,
    unread: count,
  };
}

/** The number at the bell as a part of a statement, 100 at most. */
export const unreadCount = (actor: MemberActor): SQL<number> =>
  sql`(select count(*)::int from (select from ${notifications}
    where ${ownOnes(actor)} and ${notifications.readAt} is null limit ${COUNTED}) unread)`;

async function countUnread(actor: MemberActor, { db }: Pick<Context, "db">): Promise<number> {
  const [row] = await db.execute<{ unread: number }>(sql`select ${unreadCount(actor)} as unread`);
  return row?.unread ?? 0;
}

/** Marks one as read or unread. Somebody else's is not found. */
export async function markNotification(
  actor: MemberActor,
  { id, isRead }: MarkNotificationInput,
  ctx: Context,
): Promise<Outcome<{ unread: number }>> {
  const rows = await ctx.db
    .update(notifications)
    .set({ readAt: isRead ? ctx.now : null })
    .where(and(ownOnes(actor), eq(notifications.id, id)))
    .returning({ id: notifications.id });
  return rows.length > 0 ? done({ unread: await countUnread(actor, ctx) }) : refused("not_found");
}

/**
 * Marks all of them as read that the person has seen: those up to the newest that their page showed, and of the events
 * that it was filtered by.
 */
export async function markAllRead(
  actor: MemberActor,
  { upTo, events }: MarkAllReadInput,
  ctx: Context,
): Promise<Outcome<{ unread: number }>> {
  await ctx.db
    .update(notifications)
    .set({ readAt: ctx.now })
    .where(
      and(
        ownOnes(actor),
        isNull(notifications.readAt),
        lte(notifications.id, upTo),
        events.length > 0 ? inArray(notifications.event, events) : undefined,
      ),
    );
  return done({ unread: await countUnread(actor, ctx) });
}
