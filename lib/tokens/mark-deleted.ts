import { and, eq, inArray, isNull, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { apiTokens } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { recordAudits } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { authorOf } from "@/lib/notices/author-of";
import { noteTokens, type TokenNote } from "@/lib/notices/note-tokens";
import type { TokenPolicy } from "./token-policy";

export type DeletedToken = Pick<
  typeof apiTokens.$inferSelect,
  "id" | "name" | "kind" | "prefix" | "issuerId" | "expiresAt" | "lastUsedAt"
>;

interface Deletion {
  organizationId: string;
  /** Which of the organization's tokens, as a condition that is asked again of each once it is held. Ten thousand at most. */
  which: SQL | undefined;
  by: Actor | "system";
  policy: Pick<TokenPolicy, "mailOnCreate" | "mailOnDelete">;
  /** What the event of a token says beside its name. */
  details?: (token: DeletedToken) => Record<string, unknown>;
  /** As what those are told of it to whom it belongs; a deletion unless said otherwise. */
  told?: Pick<TokenNote, "event" | "how" | "from">;
}

/**
 * Deletes tokens for good, with their events and whatever their issuers are told. Whoever holds their rows first is who did
 * it: returns those that it deleted; what somebody else deleted before is theirs. They are deleted last, so that the feed,
 * whose time is that of this statement, hears of it as soon as it is done.
 */
export async function markDeleted(
  tx: Tx,
  { organizationId, which, by, policy, details, told = { event: "token_deleted" } }: Deletion,
  { now, origin }: Pick<Context, "now" | "origin">,
): Promise<DeletedToken[]> {
  const rows = await tx
    .select({
      id: apiTokens.id,
      name: apiTokens.name,
      kind: apiTokens.kind,
      prefix: apiTokens.prefix,
      issuerId: apiTokens.issuerId,
      expiresAt: apiTokens.expiresAt,
      lastUsedAt: apiTokens.lastUsedAt,
    })
    .from(apiTokens)
    .where(and(eq(apiTokens.organizationId, organizationId), isNull(apiTokens.deletedAt), which))
    // The order in which uses are written, so that the two take turns.
    .orderBy(apiTokens.organizationId, apiTokens.id)
    .for("update");
  if (rows.length === 0) return rows;
  await recordAudits(
    tx,
    by,
    rows.map((token) => ({
      organizationId,
      action: "token.deleted",
      subject: { kind: "token", id: token.id },
      details: { name: token.name, ...details?.(token) },
    })),
    { now, origin },
  );
  const author = by === "system" ? null : await authorOf(tx, by);
  await noteTokens(tx, { ...told, organizationId, tokens: rows, by: author }, { policy, now });
  const ids = rows.map(({ id }) => id);
  await tx
    .update(apiTokens)
    .set({ state: "deleted", deletedAt: now, deletedBy: by === "system" ? null : by.memberId })
    .where(and(eq(apiTokens.organizationId, organizationId), inArray(apiTokens.id, ids)));
  return rows;
}
