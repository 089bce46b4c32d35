import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { organizations, tokenPolicies } from "@/db/schema";

/**
 * An organization as it is while nobody else changes it, or null where there is none. The lock is the one that creations
 * of tokens and changes of the policy wait for: its policy's row.
 */
export async function lockOrganization(tx: Tx, organizationId: string) {
  // The lock comes first and alone: a row that was read in the same statement could be older than the lock.
  await tx.execute(
    sql`select 1 from ${tokenPolicies} where ${tokenPolicies.organizationId} = ${organizationId} for update`,
  );
  const [organization] = await tx.select().from(organizations).where(eq(organizations.id, organizationId));
  return organization ?? null;
}
