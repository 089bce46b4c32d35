import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { organizations } from "@/db/schema";

/**
 * Lets changes of who may do what in an organization happen one after the other, on its own row: of members, roles,
 * permissions and the names of groups. The first statement of their transactions, so that what is read after it stays so;
 * only `lockTokenRules` comes before it. Rows that merely refer to the organization are written meanwhile.
 */
export async function lockAccess(tx: Tx, organizationId: string): Promise<void> {
  await tx.execute(sql`select 1 from ${organizations} where ${organizations.id} = ${organizationId} for no key update`);
}
