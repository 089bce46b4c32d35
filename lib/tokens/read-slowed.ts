import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens, tokenUsage } from "@/db/schema";
import { isLive } from "./live-tokens";
import type { TokenPolicy } from "./token-policy";
import { DAY } from "./token-status";

/** Days back whose calls are looked at. */
const LOOKED_AT_DAYS = 7;

type CallLimits = Pick<TokenPolicy, "callsPerToken" | "callsPerOrganization">;

/** Limits on calls that are new or lower than before; null where one is not. */
export interface Slowed {
  days: number;
  /** `busier`: live tokens that made more than this in every minute of an hour, on average. Shorter bursts are not known. */
  eachToken: { limit: number; busier: number } | null;
  /** `busier`: whether all tokens together did. */
  organization: { limit: number; busier: boolean } | null;
}

/** Whom lower limits on calls would slow down, by the calls that were let in lately; null where no limit becomes lower. */
export async function readSlowed(
  db: Db,
  organizationId: string,
  { from, to }: { from: CallLimits; to: CallLimits },
  now: Date,
): Promise<Slowed | null> {
  const perToken = lowered(from.callsPerToken, to.callsPerToken);
  const together = lowered(from.callsPerOrganization, to.callsPerOrganization);
  if (perToken === null && together === null) return null;
  const since = new Date(now.getTime() - LOOKED_AT_DAYS * DAY).toISOString().slice(0, 10);
  // A limit that does not become lower is beyond every count.
  const rows = await db.execute<{ tokens: number; together: boolean }>(sql`
    with hours as (
      select ${tokenUsage.tokenId} as token_id, ${tokenUsage.day} as day, hour, sum(hourly.calls) as calls,
        bool_or(${isLive(now)}) as live
      from ${tokenUsage}
      join ${apiTokens} on ${apiTokens.organizationId} = ${tokenUsage.organizationId}
        and ${apiTokens.id} = ${tokenUsage.tokenId}
      cross join lateral unnest(${tokenUsage.byHour}) with ordinality as hourly(calls, hour)
      where ${tokenUsage.organizationId} = ${organizationId} and ${tokenUsage.day} >= ${since}
        and ${tokenUsage.outcome} <> 'refused' and hourly.calls > 0
      group by 1, 2, 3
    )
    select (select count(distinct token_id)::int from hours where live and calls > ${hourOf(perToken)}::float8) as tokens,
      exists (select from hours group by day, hour having sum(calls) > ${hourOf(together)}::float8) as together`);
  return {
    days: LOOKED_AT_DAYS,
    eachToken: perToken === null ? null : { limit: perToken, busier: rows[0]?.tokens ?? 0 },
    organization: together === null ? null : { limit: together, busier: rows[0]?.together ?? false },
  };
}

const lowered = (before: number | null, after: number | null): number | null =>
  after !== null && (before === null || after < before) ? after : null;

const hourOf = (limit: number | null): number | string => (limit === null ? "Infinity" : 60 * limit);
