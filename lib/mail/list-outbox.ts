import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { organizations, outbox } from "@/db/schema";
import type { Session } from "@/lib/auth/read-session";
import type { Context } from "@/lib/context";
import { assertOperator } from "@/lib/organizations/operator-proof";
import { done, type Outcome, refused } from "@/lib/refusal";

/** A message as the operator sees it: where it is stuck, and not what it says. */
export interface OutboxLine {
  id: string;
  organization: string;
  toAddress: string;
  kind: string;
  state: "waiting" | "dead";
  attempts: number;
  /** It may have arrived all the same. */
  doubtful: boolean;
  failure: string | null;
  createdAt: Date;
  /** Null for one that was given up. */
  nextAttemptAt: Date | null;
}

export interface OutboxView {
  /** Given up, latest first; then what failed and is tried again. */
  stuck: OutboxLine[];
  waiting: number;
  dead: number;
  /** When the longest waiting was due; null where nothing is. */
  oldestDueAt: Date | null;
}

const SHOWN = 100;

/** What has not been sent. For the operator alone: throws for anybody else. */
export async function viewOutbox(operator: Session, ctx: Context): Promise<OutboxView> {
  assertOperator(operator);
  const [rows, { waiting, dead, oldest }] = await Promise.all([
    ctx.db
      .select({ outbox, organization: organizations.name })
      .from(outbox)
      .innerJoin(organizations, eq(organizations.id, outbox.organizationId))
      .where(sql`${outbox.state} = 'dead' or (${outbox.state} = 'waiting' and ${outbox.attempts} > 0)`)
      .orderBy(asc(outbox.state), desc(outbox.settledAt), asc(outbox.nextAttemptAt))
      .limit(SHOWN),
    countOutbox(ctx.db),
  ]);
  return {
    stuck: rows.map(({ outbox: row, organization }) => ({
      id: row.id,
      organization,
      toAddress: row.toAddress,
      kind: row.content.kind,
      state: row.state as "waiting" | "dead",
      attempts: row.attempts,
      doubtful: row.doubtful,
      failure: row.failure,
      createdAt: row.createdAt,
      nextAttemptAt: row.state === "waiting" ? row.nextAttemptAt : null,
    })),
    waiting,
    dead,
    oldestDueAt: oldest && oldest <= ctx.now ? oldest : null,
  };
}

/** How many messages wait and how many were given up; when the first of those that wait is due. */
export async function countOutbox(db: Db): Promise<{ waiting: number; dead: number; oldest: Date | null }> {
  const [counted] = await db
    .select({
      waiting: sql<number>`(count(*) filter (where ${outbox.state} = 'waiting'))::int`,
      dead: sql<number>`(count(*) filter (where ${outbox.state} = 'dead'))::int`,
      oldest: sql<string | null>`min(${outbox.nextAttemptAt}) filter (where ${outbox.state} = 'waiting')`,
    })
    .from(outbox)
    .where(inArray(outbox.state, ["waiting", "dead"]));
  return {
    waiting: counted?.waiting ?? 0,
    dead: counted?.dead ?? 0,
    oldest: counted?.oldest ? new Date(counted.oldest) : null,
  };
}

/** Has a message that was given up tried again from the start, as the same message. Of two who ask, the second is told. */
export async function sendAgain(
  operator: Session,
  { id }: { id: string },
  ctx: Context,
): Promise<Outcome<{ id: string }>> {
  assertOperator(operator);
  const rows = await ctx.db
    .update(outbox)
    .set({ state: "waiting", attempts: 0, nextAttemptAt: ctx.now, settledAt: null })
    .where(and(eq(outbox.id, id), eq(outbox.state, "dead")))
    .returning({ id: outbox.id });
  return rows[0] ? done(rows[0]) : refused("not_found");
}
