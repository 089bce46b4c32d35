import { and, desc, eq, inArray, isNull, lt, lte, type SQL, sql } from "drizzle-orm";
import { apiTokens, notifications } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { loadRules, type TokenRules } from "@/lib/tokens/load-rules";
import { visibleCondition } from "@/lib/tokens/read-tokens";
import type { Told } from "./notice-events";
import type { MarkAllReadInput, MarkNotificationInput, NotificationsQuery } from "./notice-input";

/** A line of the notification centre. */
export type NotificationRow = {
  id: string;
  at: Date;
  isRead: boolean;
  /** What became of the tokens of whose expiry it tells, by their ids; without those for which it holds still. */
  since: Record<string, SinceTold>;
} & Told;

/** Why a token does not end at the moment that somebody was told of. */
export type SinceTold = "rotated" | "extended" | "deleted";

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
  const rules = await loadRules(ctx.db, actor.organizationId);
  const [rows, count] = await Promise.all([
    ctx.db
      .select({
        id: notifications.id,
        event: notifications.event,
        details: notifications.details,
        at: notifications.at,
        readAt: notifications.readAt,
        // Within another, so that its columns keep the names of their tables.
        since: sql<Record<string, SinceTold> | null>`${sinceTold(actor, rules)}`,
      })
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
    rows: page.map(({ id, event, at, readAt, details, since }) => {
      // Written together, as one of these.
      const told = { event, details } as Told;
      return { id, at, isRead: readAt !== null, since: since ?? {}, ...told };
    }),
    before: rows.length > SHOWN ? (page.at(-1)?.id ?? null) : null,
    unread: count,
  };
}

/**
 * Part of the list's statement, so that no line asks by itself. Null where nothing changed; of a token that the person does
 * not see any more nothing is told.
 */
const sinceTold = (actor: MemberActor, { policy }: TokenRules): SQL<Record<string, SinceTold>> => sql`(
  select jsonb_object_agg(token.id, token.became) from (
    select ${apiTokens.id}, case
      when ${apiTokens.deletedAt} is not null then 'deleted'
      when ${apiTokens.expiresAt} is not distinct from (told->>'expiresAt')::timestamptz then null
      when ${apiTokens.rotatedAt} >= ${notifications.at} then 'rotated'
      else 'extended' end as became
    from jsonb_array_elements(${notifications.details}->'tokens') told
    join ${apiTokens} on ${apiTokens.id} = told->>'id' and ${visibleCondition(actor, policy)}
    where ${notifications.event} = 'token_expiring'
  ) token where token.became is not null)`;

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

/** Marks as read what tells of this token's expiry alone: the person has said something to it. */
export const markExpiryRead = async (actor: MemberActor, tokenId: string, { db, now }: Pick<Context, "db" | "now">) =>
  db
    .update(notifications)
    .set({ readAt: now })
    .where(
      and(
        ownOnes(actor),
        isNull(notifications.readAt),
        eq(notifications.event, "token_expiring"),
        sql`jsonb_array_length(${notifications.details}->'tokens') = 1`,
        sql`${notifications.details}->'tokens'->0->>'id' = ${tokenId}`,
      ),
    );

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
