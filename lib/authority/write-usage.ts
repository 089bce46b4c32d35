import type { ISql } from "postgres";
import type { UsageCounts } from "./usage-counts";

/** Rows in one statement; longer ones would hold the event loop and the database's locks for too long. */
const ROWS = 2000;
/** Addresses kept of one token, the latest. */
const KEPT_CALLERS = 100;

/**
 * Adds counts to what is stored, in one statement for each kind of row. Everything is joined to the tokens that still
 * exist, so a token that went meanwhile takes only its own counts along. Times only move forward.
 */
export async function writeUsage(sql: ISql, counts: UsageCounts): Promise<void> {
  for (const rows of chunks(counts.days.values())) await addDays(sql, rows);
  const callers = [...counts.callers.values()].flatMap((byAddress) => [...byAddress.values()]);
  for (const rows of chunks(callers)) await addCallers(sql, rows);
  for (const rows of chunks(counts.lastUses.values())) await moveLastUses(sql, rows);
  for (const rows of chunks(counts.secretUses.values())) await moveSecretUses(sql, rows);
}

function* chunks<T>(rows: Iterable<T>): Generator<string> {
  const all = [...rows];
  for (let at = 0; at < all.length; at += ROWS) yield JSON.stringify(all.slice(at, at + ROWS));
}

// The rows travel as one JSON text: arrays inside rows do not fit the driver's own arrays. The tokens are held from the first
// statement on: whoever takes one out with all of its rows waits for the batch, or the batch for it, and neither for both.

const addDays = (sql: ISql, rows: string) => sql`
  insert into token_usage (organization_id, token_id, day, outcome, calls, by_hour)
  select t.organization_id, t.id, n.day, n.outcome, (select sum(calls) from unnest(n.by_hour) calls), n.by_hour
  from jsonb_to_recordset(${rows}::text::jsonb)
    as n("organizationId" uuid, "tokenId" text, day date, outcome text, by_hour int[])
  join api_tokens t on t.organization_id = n."organizationId" and t.id = n."tokenId"
  order by t.organization_id, t.id, n.day, n.outcome
  for key share of t
  on conflict (organization_id, token_id, day, outcome) do update set
    calls = token_usage.calls + excluded.calls,
    by_hour = (
      select array_agg(coalesce(old.calls, 0) + new.calls order by new.hour)
      from unnest(excluded.by_hour) with ordinality new(calls, hour)
      left join unnest(token_usage.by_hour) with ordinality old(calls, hour) using (hour))`;

// Grouped, since the database knows spellings of one address that are two to us, and takes no row twice.
async function addCallers(sql: ISql, rows: string): Promise<void> {
  const added = await sql<{ organization_id: string; token_id: string; is_new: boolean }[]>`
    insert into token_callers (organization_id, token_id, ip, agent, calls, first_at, last_at)
    select t.organization_id, t.id, n.ip, (array_agg(n.agent order by n.last_at desc))[1], sum(n.calls),
      to_timestamp(min(n.first_at) / 1000), to_timestamp(max(n.last_at) / 1000)
    from jsonb_to_recordset(${rows}::text::jsonb)
      as n("organizationId" uuid, "tokenId" text, ip inet, agent text, calls bigint, first_at float8, last_at float8)
    join api_tokens t on t.organization_id = n."organizationId" and t.id = n."tokenId"
    group by t.organization_id, t.id, n.ip
    order by t.organization_id, t.id, n.ip
    on conflict (organization_id, token_id, ip) do update set
      calls = token_callers.calls + excluded.calls,
      first_at = least(token_callers.first_at, excluded.first_at),
      last_at = greatest(token_callers.last_at, excluded.last_at),
      agent = case when excluded.last_at >= token_callers.last_at then excluded.agent else token_callers.agent end
    returning organization_id, token_id, xmax = 0 as is_new`;
  const grown = [...new Set(added.filter((row) => row.is_new).map((row) => row.token_id))];
  if (grown.length === 0) return;
  await sql`
    delete from token_callers c using (
      select organization_id, token_id, ip,
        row_number() over (partition by organization_id, token_id order by last_at desc, ip) as place
      from token_callers where (organization_id, token_id) in (
        select organization_id, id from api_tokens where id = any(${grown}))
    ) ranked
    where ranked.place > ${KEPT_CALLERS} and c.organization_id = ranked.organization_id
      and c.token_id = ranked.token_id and c.ip = ranked.ip`;
}

// Locked in the order of the key first: two instances that write the same tokens take turns instead of a deadlock.
const moveLastUses = (sql: ISql, rows: string) => sql`
  with used as materialized (
    select t.organization_id, t.id, to_timestamp(n.at / 1000) as at, n.ip, n.agent
    from jsonb_to_recordset(${rows}::text::jsonb)
      as n("organizationId" uuid, "tokenId" text, at float8, ip inet, agent text)
    join api_tokens t on t.organization_id = n."organizationId" and t.id = n."tokenId"
    where t.last_used_at is null or t.last_used_at < to_timestamp(n.at / 1000)
    order by t.organization_id, t.id
    for no key update of t
  )
  update api_tokens t set last_used_at = greatest(t.last_used_at, used.at), last_used_ip = used.ip, last_used_agent = used.agent
  from used where t.organization_id = used.organization_id and t.id = used.id`;

// A call that was checked before a rotation went on may be written after it: by then its secret may be the other one's place.
const moveSecretUses = (sql: ISql, rows: string) => sql`
  insert into secret_uses (organization_id, token_id, secret, at, ip, agent)
  select t.organization_id, t.id, n.secret, to_timestamp(n.at / 1000), n.ip, n.agent
  from jsonb_to_recordset(${rows}::text::jsonb)
    as n("organizationId" uuid, "tokenId" text, secret text, at float8, ip inet, agent text)
  join api_tokens t on t.organization_id = n."organizationId" and t.id = n."tokenId"
  where t.rotated_at < to_timestamp(n.at / 1000)
  order by t.organization_id, t.id, n.secret
  on conflict (organization_id, token_id, secret) do update set at = excluded.at, ip = excluded.ip, agent = excluded.agent
    where secret_uses.at < excluded.at`;
