import { and, eq, inArray, lte } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens } from "@/db/schema";
import { recordAudits } from "@/lib/audit/record-audit";
import { DAY } from "./token-status";

/** Tokens of one transaction. */
const CHUNK = 500;

/**
 * Removes the rows of tokens that were deleted `tombstoneDays` ago, with the counts of their use. The audit log keeps what
 * happened to them, and says that they were removed. The oldest first, `limit` at most.
 */
export async function forgetTokens(
  { db, now, tombstoneDays }: { db: Db; now: Date; tombstoneDays: number },
  { limit = 10_000 } = {},
): Promise<{ forgotten: number }> {
  const before = new Date(now.getTime() - tombstoneDays * DAY);
  let forgotten = 0;
  while (forgotten < limit) {
    const rows = await db.transaction(async (tx) => {
      const old = await tx
        .select({ organizationId: apiTokens.organizationId, id: apiTokens.id, name: apiTokens.name })
        .from(apiTokens)
        .where(and(eq(apiTokens.state, "deleted"), lte(apiTokens.deletedAt, before)))
        .orderBy(apiTokens.deletedAt)
        .limit(CHUNK)
        // Another worker is at the others.
        .for("update", { skipLocked: true });
      if (old.length === 0) return old;
      await tx.delete(apiTokens).where(
        inArray(
          apiTokens.id,
          old.map(({ id }) => id),
        ),
      );
      await recordAudits(
        tx,
        "system",
        old.map(({ organizationId, id, name }) => ({
          organizationId,
          action: "token.forgotten",
          subject: { kind: "token", id },
          details: { name, kept_days: tombstoneDays },
        })),
        { now, origin: { requestId: null, ip: null } },
      );
      return old;
    });
    forgotten += rows.length;
    if (rows.length < CHUNK) break;
  }
  return { forgotten };
}
