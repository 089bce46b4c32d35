import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { tokenPolicies } from "@/db/schema";

/**
 * Lets what bears on an organization's tokens as a whole happen one after the other, on the row of its policy: creations,
 * changes of the policy, and switching tokens on or off. The first statement of its transaction, and alone: a row that was
 * read in the same statement could be older than the lock. Who takes `lockAccess` takes it after this one, if at all: these
 * transactions go on to write the row of the organization, which that one holds.
 */
export async function lockTokenRules(tx: Db, organizationId: string): Promise<void> {
  await tx.execute(
    sql`select 1 from ${tokenPolicies} where ${tokenPolicies.organizationId} = ${organizationId} for update`,
  );
}
