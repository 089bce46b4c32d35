import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { organizations, outbox } from "@/db/schema";
import type { Session } from "@/lib/auth/read-session";
import type { Context } from "@/lib/context";
import { decodeCursor, encodeCursor, InvalidCursor } from "@/lib/http/cursor";
import { assertOperator } from "@/lib/organizations/operator-proof";
import type { MailContent } from "./mail-content";
import { type OutboxState, readOutboxQuery } from "./outbox-query";

/** A message as the operator sees it: to whom, what about and where it is stuck, and not what it says. */
export interface OutboxLine {
  id: string;
  organization: { id: string; name: string };
  toAddress: string;
  kind: MailContent["kind"];
  /** Null before the first attempt, which settles it. */
  subject: string | null;
  state: OutboxState;
  attempts: number;
  /** It may have arrived all the same. */
  doubtful: boolean;
  /** Code of the last attempt that failed. */
  failure: string | null;
  createdAt: Date;
  /** When it is tried next; null for one that is settled. */
  nextAttemptAt: Date | null;
  /** When it was sent, given up or dropped. */
  settledAt: Date | null;
}

export interface OutboxView {
  /** Latest first. */
  rows: OutboxLine[];
  previous: string | null;
  next: string | null;
  waiting: number;
  dead: number;
  /** When the longest waiting was written; null where none waits. */
  oldest: Date | null;
}

const SHOWN = 50;
const KIND = "outbox";
const place = z.object({ way: z.enum(["previous", "next"]), id: z.uuid() });

/**
 * A page of the messages of all organizations, as far as they are still there. A place that is none is the first page. For
 * the operator alone: throws for anybody else.
 */
export async function viewOutbox(
  operator: Session,
  params: Parameters<typeof readOutboxQuery>[0],
  ctx: Context,
): Promise<OutboxView> {
  assertOperator(operator);
  const { state, q, cursor } = readOutboxQuery(params);
  const from = readPlace(cursor);
  const backwards = from?.way === "previous";
  const [found, counts] = await Promise.all([
    ctx.db
      .select({
        id: outbox.id,
        organization: { id: organizations.id, name: organizations.name },
        toAddress: outbox.toAddress,
        kind: sql<MailContent["kind"]>`${outbox.content} ->> 'kind'`,
        subject: sql<string | null>`${outbox.rendered} ->> 'subject'`,
        state: outbox.state,
        attempts: outbox.attempts,
        doubtful: outbox.doubtful,
        failure: outbox.failure,
        createdAt: outbox.createdAt,
        nextAttemptAt: outbox.nextAttemptAt,
        settledAt: outbox.settledAt,
      })
      .from(outbox)
      .innerJoin(organizations, eq(organizations.id, outbox.organizationId))
      .where(
        and(
          // Said outright and not as parameters, so that the plan may use what is indexed of one state.
          state.length > 0 ? sql`${outbox.state} in (${sql.raw(state.map((one) => `'${one}'`).join())})` : undefined,
          q ? sql`position(lower(${q}) in lower(${outbox.toAddress})) > 0` : undefined,
          from ? (backwards ? sql`${outbox.id} > ${from.id}` : sql`${outbox.id} < ${from.id}`) : undefined,
        ),
      )
      // Ids count up with the time.
      .orderBy(backwards ? outbox.id : desc(outbox.id))
      .limit(SHOWN + 1),
    countOutbox(ctx.db),
  ]);
  const more = found.length > SHOWN;
  const rows = found.slice(0, SHOWN).map((row) => ({
    ...row,
    nextAttemptAt: row.state === "waiting" ? row.nextAttemptAt : null,
  }));
  if (backwards) rows.reverse();
  const beside = (way: "previous" | "next", row: OutboxLine | undefined) =>
    row ? encodeCursor(KIND, { way, id: row.id }) : null;
  return {
    rows,
    previous: (backwards ? more : from !== null) ? beside("previous", rows[0]) : null,
    next: backwards || more ? beside("next", rows.at(-1)) : null,
    ...counts,
  };
}

function readPlace(cursor: string | null): z.output<typeof place> | null {
  if (cursor === null) return null;
  try {
    return decodeCursor(KIND, cursor, place);
  } catch (error) {
    if (error instanceof InvalidCursor) return null;
    throw error;
  }
}

/**
 * How many messages wait and how many were given up; when the first of those that wait was written. What was settled is not
 * looked at: each of the two states has an index of its own.
 */
export async function countOutbox(db: Db): Promise<{ waiting: number; dead: number; oldest: Date | null }> {
  const [counted] = await db.execute<{ waiting: number; dead: number; oldest: string | null }>(sql`
    select waiting, dead, oldest from
      (select count(*)::int as waiting, min(${outbox.createdAt}) as oldest from ${outbox} where state = 'waiting') w,
      (select count(*)::int as dead from ${outbox} where state = 'dead') d`);
  return {
    waiting: counted?.waiting ?? 0,
    dead: counted?.dead ?? 0,
    oldest: counted?.oldest ? new Date(counted.oldest) : null,
  };
}
