import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens, inactivityNotices, members, organizations, tokenCallers, users } from "@/db/schema";
import { toldMembers } from "@/lib/notices/told-members";
import { statusCondition } from "./status-condition";
import { type InactivityNotice, type InactivityRule, type UseFacts, unusedSince } from "./token-inactivity";

/** A token, as far as a rule for unused ones bears on it. */
export type UnusedToken = UseFacts & { id: string };
export type NoticedToken = UnusedToken & { notice: InactivityNotice };

/** Times as the database gives them in plain statements. */
interface Selected extends Record<string, unknown> {
  id: string;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  judged: boolean;
  noticed_at: string;
  due_at: string;
}

/**
 * Whether the rule judges a token: somebody can use it (`isUsable` in SQL), and somebody would be told. A person who can use
 * one hears of it; a service account depends on who answers for it, and on administrators who see its tokens.
 */
const judged = (organizationId: string, now: Date): SQL => sql`(
  ${statusCondition("active", now)} and member.status = 'active' and organization.tokens_enabled
  and (issuer.kind = 'person' or member.id in (select told.issuer_id from ${toldMembers(
    organizationId,
    sql`select account.id from ${members} account join ${users} program on program.id = account.user_id
      where account.organization_id = ${organizationId} and program.kind = 'service'`,
    sql`true`,
  )} told)))`;

const joined = sql`${apiTokens}
  join ${members} member on member.organization_id = ${apiTokens.organizationId} and member.id = ${apiTokens.issuerId}
  join ${users} issuer on issuer.id = member.user_id
  join ${organizations} organization on organization.id = ${apiTokens.organizationId}`;

/** Tokens of which was told that nobody uses them, the first to be deleted first. `due` leaves out those that are due later. */
export async function readNoticed(
  db: Db,
  organizationId: string,
  { limit, due }: { limit?: number; due?: Date },
  now: Date,
): Promise<NoticedToken[]> {
  const rows = await db.execute<Selected>(sql`
    select ${apiTokens.id}, ${apiTokens.createdAt}, ${apiTokens.expiresAt}, ${judged(organizationId, now)} as judged,
      -- Of the latest call, which is written sooner.
      greatest(${apiTokens.lastUsedAt}, (select max(${tokenCallers.lastAt}) from ${tokenCallers}
        where ${tokenCallers.organizationId} = ${organizationId} and ${tokenCallers.tokenId} = ${apiTokens.id})) as last_used_at,
      ${inactivityNotices.noticedAt}, ${inactivityNotices.dueAt}
    from ${inactivityNotices} join ${joined} on ${apiTokens.organizationId} = ${inactivityNotices.organizationId}
      and ${apiTokens.id} = ${inactivityNotices.tokenId}
    where ${inactivityNotices.organizationId} = ${organizationId}
      ${due ? sql`and ${inactivityNotices.dueAt} <= ${due.toISOString()}` : sql``}
    order by ${inactivityNotices.dueAt}, ${apiTokens.id} limit ${limit ?? null}`);
  return rows.map((row) => ({
    ...factsOf(row),
    notice: { noticedAt: new Date(row.noticed_at), dueAt: new Date(row.due_at) },
  }));
}

/** Tokens that are judged, of which nothing was told and which lay unused for long enough or nearly so, the longest first. */
export async function readUnnoticed(
  db: Db,
  organizationId: string,
  rule: InactivityRule,
  { limit }: { limit: number },
  now: Date,
): Promise<UnusedToken[]> {
  const since = unusedSince(rule, now).toISOString();
  const rows = await db.execute<Selected>(sql`
    select ${apiTokens.id}, ${apiTokens.createdAt}, ${apiTokens.expiresAt}, ${apiTokens.lastUsedAt}, true as judged
    from ${joined}
    where ${apiTokens.organizationId} = ${organizationId} and ${judged(organizationId, now)}
      and coalesce(${apiTokens.lastUsedAt}, ${apiTokens.createdAt}) <= ${since}
      and not exists (select from ${inactivityNotices} where ${inactivityNotices.organizationId} = ${organizationId}
        and ${inactivityNotices.tokenId} = ${apiTokens.id})
    order by coalesce(${apiTokens.lastUsedAt}, greatest(${apiTokens.createdAt}, ${rule.since.toISOString()})), ${apiTokens.id}
    limit ${limit}`);
  return rows.map(factsOf);
}

/** Every token that is judged. */
export async function readUnused(db: Db, organizationId: string, now: Date): Promise<UnusedToken[]> {
  const rows = await db.execute<Selected>(sql`
    select ${apiTokens.id}, ${apiTokens.createdAt}, ${apiTokens.expiresAt}, ${apiTokens.lastUsedAt}, true as judged
    from ${joined} where ${apiTokens.organizationId} = ${organizationId} and ${judged(organizationId, now)}`);
  return rows.map(factsOf);
}

const instant = (value: string | null) => (value === null ? null : new Date(value));

const factsOf = (row: Selected): UnusedToken => ({
  id: row.id,
  createdAt: new Date(row.created_at),
  expiresAt: instant(row.expires_at),
  lastUsedAt: instant(row.last_used_at),
  judged: row.judged,
});
