import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { organizations } from "@/db/schema";

/** An organization, or null where there is none. Who goes on to change it holds `lockTokenRules`. */
export async function loadOrganization(tx: Db, organizationId: string) {
  const [organization] = await tx.select().from(organizations).where(eq(organizations.id, organizationId));
  return organization ?? null;
}
