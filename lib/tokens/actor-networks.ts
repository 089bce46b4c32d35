import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";

/** The networks that the token which acts is bound to itself; empty where it is to none, or a person acts. */
export async function readActorNetworks(db: Db, actor: Actor): Promise<string[]> {
  if (actor.kind !== "token") return [];
  const [row] = await db
    .select({ networks: apiTokens.allowedNetworks })
    .from(apiTokens)
    .where(and(eq(apiTokens.organizationId, actor.organizationId), eq(apiTokens.id, actor.tokenId)));
  return row?.networks ?? [];
}
