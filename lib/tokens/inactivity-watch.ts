import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inactivityNotices, inactivityWatches, tokenPolicies } from "@/db/schema";
import type { TokenPolicy } from "./token-policy";

/** Milliseconds between two looks from which on the time between them does not count. */
const PAUSE = 3_600_000;

/**
 * Begins or ends to look by the rule for unused tokens, as a change of policy has it. Ending it takes all notices back;
 * days that change leave to the next look what still stands.
 */
export async function watchAsPolicy(
  tx: Tx,
  organizationId: string,
  { from, to }: { from: Pick<TokenPolicy, "inactiveDays">; to: Pick<TokenPolicy, "inactiveDays"> },
  now: Date,
): Promise<void> {
  if (to.inactiveDays === null) {
    await tx.delete(inactivityNotices).where(eq(inactivityNotices.organizationId, organizationId));
    await tx.delete(inactivityWatches).where(eq(inactivityWatches.organizationId, organizationId));
  } else if (from.inactiveDays === null) {
    const begun = { since: now, lookedAt: now };
    await tx
      .insert(inactivityWatches)
      .values({ organizationId, ...begun })
      .onConflictDoUpdate({ target: inactivityWatches.organizationId, set: begun });
  }
}

/**
 * Notes that somebody looks now, and begins where nobody has before. What was to be deleted comes later by the time in
 * which nobody looked: whoever was told could not use a token while everything was off.
 */
export async function keepWatch(tx: Tx, organizationId: string, now: Date): Promise<void> {
  const at = now.toISOString();
  await tx.execute(sql`
    insert into ${inactivityWatches} (organization_id, since, looked_at)
    select ${tokenPolicies.organizationId}, ${at}::timestamptz, ${at}::timestamptz from ${tokenPolicies}
    where ${and(eq(tokenPolicies.organizationId, organizationId), isNotNull(tokenPolicies.inactiveDays))}
    on conflict do nothing`);
  await tx.execute(sql`
    update ${inactivityNotices} set due_at = due_at
      -- In seconds: a difference of days would follow the clocks of the database's time zone.
      + extract(epoch from ${at}::timestamptz - watch.looked_at) * interval '1 second'
    from ${inactivityWatches} watch
    where watch.organization_id = ${organizationId} and ${inactivityNotices.organizationId} = ${organizationId}
      and ${at}::timestamptz - watch.looked_at >= ${PAUSE} * interval '1 millisecond'`);
  await tx
    .update(inactivityWatches)
    .set({ lookedAt: sql`greatest(${inactivityWatches.lookedAt}, ${at})` })
    .where(eq(inactivityWatches.organizationId, organizationId));
}
