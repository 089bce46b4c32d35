import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens, inactivityNotices, members, users } from "@/db/schema";
import { publicIdOf, type TokenKind } from "@/lib/tokens/token-secret";
import { toldMembers } from "./told-members";

export interface InactiveTokens {
  tokens: { id: string; name: string; masked: string; issuedBy: string; lastUsedAt: string | null; dueAt: string }[];
  count: number;
  /** When the last of them is to be deleted. */
  last: string;
}

interface Selected extends Record<string, unknown> {
  id: string;
  name: string;
  kind: TokenKind;
  prefix: string;
  issued_by: string;
  last_used_at: string | null;
  due_at: string;
  last: string;
  count: number;
}

/** The tokens of which a member was told at a moment that nobody uses them, the first to be deleted first, as far as that still holds. */
export async function readInactiveTokens(
  db: Db,
  {
    organizationId,
    memberId,
    noticedAt,
    most,
  }: { organizationId: string; memberId: string; noticedAt: Date; most: number },
  now: Date,
): Promise<InactiveTokens> {
  const ofThen = sql`${inactivityNotices.organizationId} = ${organizationId}
    and ${inactivityNotices.noticedAt} = ${noticedAt.toISOString()}`;
  const told = toldMembers(
    organizationId,
    sql`select ${apiTokens.issuerId} from ${inactivityNotices} join ${apiTokens} on ${stillUnused(now)} where ${ofThen}`,
    sql`true`,
  );
  const rows = await db.execute<Selected>(sql`
    select ${apiTokens.id}, ${apiTokens.name}, ${apiTokens.kind}, ${apiTokens.prefix}, ${users.name} as issued_by,
      ${apiTokens.lastUsedAt}, ${inactivityNotices.dueAt}, (count(*) over ())::int as count,
      max(${inactivityNotices.dueAt}) over () as last
    from ${inactivityNotices} join ${apiTokens} on ${stillUnused(now)}
    join ${members} on ${members.organizationId} = ${apiTokens.organizationId} and ${members.id} = ${apiTokens.issuerId}
    join ${users} on ${users.id} = ${members.userId}
    where ${ofThen} and ${apiTokens.issuerId} in (select issuer_id from ${told} told where told.member_id = ${memberId})
    order by ${inactivityNotices.dueAt}, ${apiTokens.id} limit ${most}`);
  const time = (value: string) => new Date(value).toISOString();
  return {
    tokens: rows.map((row) => ({
      id: row.id,
      name: row.name,
      masked: publicIdOf(row),
      issuedBy: row.issued_by,
      lastUsedAt: row.last_used_at && time(row.last_used_at),
      dueAt: time(row.due_at),
    })),
    count: rows[0]?.count ?? 0,
    last: rows[0] ? time(rows[0].last) : "",
  };
}

/** Joins a notice with its token where that lives and was not used since. */
export const stillUnused = (now: Date) => sql`${apiTokens.organizationId} = ${inactivityNotices.organizationId}
  and ${apiTokens.id} = ${inactivityNotices.tokenId} and ${apiTokens.state} = 'active'
  and (${apiTokens.lastUsedAt} is null or ${apiTokens.lastUsedAt} <= ${inactivityNotices.noticedAt})
  and (${apiTokens.expiresAt} is null or ${apiTokens.expiresAt} > ${now.toISOString()})`;
