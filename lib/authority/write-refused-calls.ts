import type { ISql } from "postgres";
import type { Reason } from "./refused-calls";

/** Calls kept of one token, and of one person's access tokens, the newest. */
export const KEPT_CALLS = 100;
/** Rows in one statement. */
const ROWS = 500;

export interface RefusedRow extends Reason {
  organizationId: string;
  id: string;
  requestId: string;
  tokenId: string | null;
  memberId: string | null;
  /** Milliseconds since 1970. */
  at: number;
  server: "app" | "gate";
  method: string;
  path: string;
  ip: string | null;
  agent: string | null;
}

/** Later calls of a minute, of which nothing but their number is kept, with the last one that was kept before them. */
export interface SkippedCalls {
  organizationId: string;
  id: string;
  skipped: number;
}

/**
 * Adds refused calls to what is stored, and takes out what is too much of one token. A missing permission is told with the
 * roles that lack it, as they are at this moment: a second after the call at most, while the database answers.
 */
export async function writeRefusedCalls(
  sql: ISql,
  rows: readonly RefusedRow[],
  skipped: readonly SkippedCalls[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS) {
    const chunk = rows.slice(at, at + ROWS);
    const text = JSON.stringify(chunk);
    await addOfTokens(sql, text);
    await addOfMembers(sql, text);
    await keepNewest(sql, "token_id", "api_tokens", [...new Set(chunk.flatMap(({ tokenId }) => tokenId ?? []))]);
    await keepNewest(sql, "member_id", "members", [...new Set(chunk.flatMap(({ memberId }) => memberId ?? []))]);
  }
  if (skipped.length > 0) await tellSkipped(sql, JSON.stringify(skipped));
}

const ofRows = (sql: ISql, rows: string) => sql`jsonb_to_recordset(${rows}::text::jsonb) as n(
  "organizationId" uuid, id uuid, "requestId" text, "tokenId" text, "memberId" uuid, at float8, server text, method text,
  path text, status int, code text, facts jsonb, ip inet, agent text)`;

const columns = (
  sql: ISql,
) => sql`organization_id, id, request_id, token_id, member_id, at, server, method, path, status, code,
  facts, ip, agent`;

/** Those of `missing` that a role does not allow. */
const lacks = (sql: ISql, permissions: "role" | "issuer_role") => sql`coalesce((
  select jsonb_agg(wanted order by wanted) from jsonb_array_elements_text(n.facts->'missing') wanted
  where wanted <> all (${sql(permissions)}.permissions)), '[]'::jsonb)`;

const ofIssuer = (sql: ISql) => sql`'issuerRole', jsonb_build_object(
  'id', issuer_role.id, 'name', issuer_role.name, 'lacks', ${lacks(sql, "issuer_role")})`;

// Joined to the tokens that still exist and held until the rows are in: one that goes meanwhile takes its rows along.
const addOfTokens = (sql: ISql, rows: string) => sql`
  insert into refused_calls (${columns(sql)})
  select t.organization_id, n.id, n."requestId", t.id, null, to_timestamp(n.at / 1000), n.server, n.method, n.path, n.status,
    n.code, n.facts || case when n.code <> 'insufficient_scope' then '{}'::jsonb else jsonb_build_object(
      'role', case when role.id is not null then jsonb_build_object(
        'id', role.id, 'name', role.name, 'lacks', ${lacks(sql, "role")}) end,
      ${ofIssuer(sql)}) end,
    n.ip, n.agent
  from ${ofRows(sql, rows)}
  join api_tokens t on t.organization_id = n."organizationId" and t.id = n."tokenId"
  join members m on m.organization_id = t.organization_id and m.id = t.issuer_id
  join roles issuer_role on issuer_role.organization_id = m.organization_id and issuer_role.id = m.role_id
  left join roles role on role.organization_id = t.organization_id and role.id = t.role_id
  order by t.organization_id, t.id, n.at
  for key share of t`;

const addOfMembers = (sql: ISql, rows: string) => sql`
  insert into refused_calls (${columns(sql)})
  select m.organization_id, n.id, n."requestId", null, m.id, to_timestamp(n.at / 1000), n.server, n.method, n.path, n.status,
    n.code, n.facts || case when n.code <> 'insufficient_scope' then '{}'::jsonb
      else jsonb_build_object(${ofIssuer(sql)}) end,
    n.ip, n.agent
  from ${ofRows(sql, rows)}
  join members m on n."tokenId" is null and m.organization_id = n."organizationId" and m.id = n."memberId"
  join roles issuer_role on issuer_role.organization_id = m.organization_id and issuer_role.id = m.role_id
  order by m.organization_id, m.id, n.at
  for key share of m`;

async function keepNewest(
  sql: ISql,
  owner: "token_id" | "member_id",
  owners: "api_tokens" | "members",
  ids: string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    delete from refused_calls c using (
      select organization_id, id,
        row_number() over (partition by organization_id, ${sql(owner)} order by at desc, id desc) as place
      from refused_calls where (organization_id, ${sql(owner)}) in (
        select organization_id, id from ${sql(owners)} where id in ${sql(ids)})
    ) ranked
    where ranked.place > ${KEPT_CALLS} and c.organization_id = ranked.organization_id and c.id = ranked.id`;
}

const tellSkipped = (sql: ISql, rows: string) => sql`
  update refused_calls c set facts = c.facts || jsonb_build_object('skipped', n.skipped)
  from jsonb_to_recordset(${rows}::text::jsonb) as n("organizationId" uuid, id uuid, skipped int)
  where c.organization_id = n."organizationId" and c.id = n.id`;
