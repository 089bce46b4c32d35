import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { apiTokens, members, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";

/**
 * Who did something, as a message names them: the person, also to those who would not be shown them elsewhere, and no token.
 * What a token does is never what one does oneself: it may be in others' hands.
 */
export async function authorOf(tx: Tx, actor: Actor): Promise<{ memberId: string | null; name: string }> {
  if (actor.kind === "member") return { memberId: actor.memberId, name: actor.name };
  const [row] = await tx
    .select({ person: users.name })
    .from(apiTokens)
    .innerJoin(members, and(eq(members.organizationId, apiTokens.organizationId), eq(members.id, apiTokens.issuerId)))
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(apiTokens.organizationId, actor.organizationId), eq(apiTokens.id, actor.tokenId)));
  return { memberId: null, name: row ? `${row.person} (through the API)` : "A program" };
}
