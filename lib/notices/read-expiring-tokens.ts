import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens, expiryNotices, members, users } from "@/db/schema";
import { publicIdOf } from "@/lib/tokens/token-secret";
import { waitingSince } from "@/lib/tokens/waiting-since";

export interface ExpiringTokens {
  tokens: {
    id: string;
    name: string;
    masked: string;
    expiresAt: string;
    lastUsedAt: string | null;
    issuedBy: string;
    /** One that waits to be used, and until when its first use renews the token; null where it does not. */
    newSecret: { since: string; renewsUntil: string | null } | null;
  }[];
  count: number;
  /** The latest expiry of all of them. */
  last: string;
  /** How many of them the receiver issued. */
  issued: "all" | "some" | "none";
  isReminder: boolean;
}

/** The tokens that a notification tells of, the first to expire first, as far as they still live and expire as was told. */
export async function readExpiringTokens(
  db: Db,
  { organizationId, notificationId, most }: { organizationId: string; notificationId: string; most: number },
  now: Date,
): Promise<ExpiringTokens> {
  const rows = await db
    .select({
      id: apiTokens.id,
      name: apiTokens.name,
      kind: apiTokens.kind,
      prefix: apiTokens.prefix,
      issuedBy: users.name,
      expiresAt: expiryNotices.expiresAt,
      lastUsedAt: apiTokens.lastUsedAt,
      last: sql<string>`max(${expiryNotices.expiresAt}) over ()`,
      issued: sql<number>`(count(*) filter (where ${apiTokens.issuerId} = ${expiryNotices.memberId}) over ())::int`,
      waitingSince,
      pendingExpiresAt: apiTokens.pendingExpiresAt,
      count: sql<number>`(count(*) over ())::int`,
      isReminder: sql<boolean>`bool_and(${expiryNotices.days} = 0) over ()`,
    })
    .from(expiryNotices)
    .innerJoin(apiTokens, stillExpires(now))
    .innerJoin(members, and(eq(members.organizationId, apiTokens.organizationId), eq(members.id, apiTokens.issuerId)))
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      sql`${expiryNotices.organizationId} = ${organizationId} and ${expiryNotices.notificationId} = ${notificationId}`,
    )
    .orderBy(expiryNotices.expiresAt, apiTokens.id)
    .limit(most);
  const [first] = rows;
  return {
    tokens: rows.map((row) => ({
      id: row.id,
      name: row.name,
      masked: publicIdOf(row),
      expiresAt: row.expiresAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      issuedBy: row.issuedBy,
      newSecret: row.waitingSince && {
        since: row.waitingSince.toISOString(),
        renewsUntil:
          row.pendingExpiresAt && row.pendingExpiresAt > row.expiresAt ? row.pendingExpiresAt.toISOString() : null,
      },
    })),
    count: first?.count ?? 0,
    last: first ? new Date(first.last).toISOString() : "",
    issued: !first || first.issued === 0 ? "none" : first.issued === first.count ? "all" : "some",
    isReminder: first?.isReminder ?? false,
  };
}

/** Joins a notice with its token where that lives and still expires when the notice says. */
export const stillExpires = (now: Date) => sql`${apiTokens.organizationId} = ${expiryNotices.organizationId}
  and ${apiTokens.id} = ${expiryNotices.tokenId} and ${apiTokens.expiresAt} = ${expiryNotices.expiresAt}
  and ${apiTokens.deletedAt} is null and ${apiTokens.expiresAt} > ${now.toISOString()}`;
