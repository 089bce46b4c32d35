import { and, eq, ne, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens } from "@/db/schema";
import { statusCondition } from "./status-condition";

/** Live = neither deleted nor expired. */
export const isLive = (now: Date) => statusCondition("active", now);

/** How many live tokens the organization has, and how many of them are this issuer's. */
export async function countLiveTokens(
  db: Db,
  { organizationId, memberId }: { organizationId: string; memberId: string },
  now: Date,
): Promise<{ organization: number; issuer: number }> {
  const [row] = await db
    .select({
      organization: sql<number>`count(*)::int`,
      issuer: sql<number>`(count(*) filter (where ${apiTokens.issuerId} = ${memberId}))::int`,
    })
    .from(apiTokens)
    .where(sql`${apiTokens.organizationId} = ${organizationId} and ${isLive(now)}`);
  return row ?? { organization: 0, issuer: 0 };
}

/** Whether the issuer has another live token of this name, whatever its capitals. Asked under the policy row's lock. */
export async function isNameTaken(
  db: Db,
  issuer: { organizationId: string; memberId: string },
  name: string,
  now: Date,
  exceptId = "",
): Promise<boolean> {
  const rows = await db
    .select({ id: apiTokens.id })
    .from(apiTokens)
    .where(
      and(
        eq(apiTokens.organizationId, issuer.organizationId),
        eq(apiTokens.issuerId, issuer.memberId),
        sql`lower(${apiTokens.name}) = lower(${name})`,
        ne(apiTokens.id, exceptId),
        isLive(now),
      ),
    )
    .limit(1);
  return rows.length > 0;
}
