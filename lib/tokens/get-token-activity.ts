import { and, desc, eq, gte, sql } from "drizzle-orm";
import { tokenCallers, tokenUsage } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { done, type Outcome } from "@/lib/refusal";
import { getToken } from "./get-token";
import { utcDay } from "./read-tokens";
import type { TokenRow } from "./token-row";
import { DAY } from "./token-status";

const HOUR = DAY / 24;
/** Days of the chart on a token's page. */
const ACTIVITY_DAYS = 30;
/** Addresses that a page shows, latest first. */
const CALLERS_SHOWN = 20;

export interface TokenCaller {
  ip: string;
  agent: string | null;
  calls: number;
  firstAt: Date;
  lastAt: Date;
}

export interface TokenActivity {
  /** Oldest first, one for each of the last 30 days (UTC), days without a call included. */
  days: { day: string; allowed: number; forbidden: number; refused: number }[];
  /** Calls that were let through or lacked a permission, in this hour and the 23 before it. */
  lastDay: number;
  callers: TokenCaller[];
  /** Addresses that called in the last 24 hours. */
  callersLastDay: number;
}

/** How a token is used: its page shows it, and the dialog that deletes it names it as what would break. */
export async function getTokenActivity(
  actor: Actor,
  { id }: { id: string },
  ctx: Context,
): Promise<Outcome<TokenActivity>> {
  const token = await getToken(actor, id, ctx);
  return token.ok ? done(await readTokenActivity(actor, token.value, ctx)) : token;
}

/** The same for a token of which is known that the actor sees it. */
export async function readTokenActivity(
  actor: Actor,
  { id }: Pick<TokenRow, "id">,
  ctx: Context,
): Promise<TokenActivity> {
  const here = <T extends typeof tokenUsage | typeof tokenCallers>(table: T) =>
    and(eq(table.organizationId, actor.organizationId), eq(table.tokenId, id));
  const firstDay = utcDay(new Date(ctx.now.getTime() - (ACTIVITY_DAYS - 1) * DAY));
  const dayAgo = new Date(ctx.now.getTime() - DAY);
  const [usage, callers, recent] = await Promise.all([
    ctx.db
      .select({
        day: tokenUsage.day,
        outcome: tokenUsage.outcome,
        calls: tokenUsage.calls,
        byHour: tokenUsage.byHour,
      })
      .from(tokenUsage)
      .where(and(here(tokenUsage), gte(tokenUsage.day, firstDay))),
    ctx.db
      .select({
        ip: sql<string>`host(${tokenCallers.ip})`,
        agent: tokenCallers.agent,
        calls: tokenCallers.calls,
        firstAt: tokenCallers.firstAt,
        lastAt: tokenCallers.lastAt,
      })
      .from(tokenCallers)
      .where(here(tokenCallers))
      .orderBy(desc(tokenCallers.lastAt))
      .limit(CALLERS_SHOWN),
    ctx.db
      .select({ count: sql<number>`count(*)::int` })
      .from(tokenCallers)
      .where(and(here(tokenCallers), gte(tokenCallers.lastAt, dayAgo))),
  ]);
  return {
    days: byDay(usage, ctx.now),
    lastDay: usage.reduce((sum, row) => (row.outcome === "refused" ? sum : sum + withinLastDay(row, ctx.now)), 0),
    callers,
    callersLastDay: recent[0]?.count ?? 0,
  };
}

type UsageRow = { day: string; outcome: "allowed" | "forbidden" | "refused"; calls: number; byHour: number[] };

function byDay(rows: UsageRow[], now: Date): TokenActivity["days"] {
  return Array.from({ length: ACTIVITY_DAYS }, (_, index) => {
    const day = utcDay(new Date(now.getTime() - (ACTIVITY_DAYS - 1 - index) * DAY));
    const calls = (outcome: UsageRow["outcome"]) =>
      rows.find((row) => row.day === day && row.outcome === outcome)?.calls ?? 0;
    return { day, allowed: calls("allowed"), forbidden: calls("forbidden"), refused: calls("refused") };
  });
}

/** The calls of a day's row that fell into this hour or the 23 before it. */
function withinLastDay(row: UsageRow, now: Date): number {
  const firstHour = Math.floor(now.getTime() / HOUR) - 23;
  const dayStart = Date.parse(`${row.day}T00:00:00Z`) / HOUR;
  return row.byHour.reduce((sum, calls, hour) => (dayStart + hour >= firstHour ? sum + calls : sum), 0);
}
