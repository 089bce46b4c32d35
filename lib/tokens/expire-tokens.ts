import { and, eq, inArray, notInArray, type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { apiTokens } from "@/db/schema";
import { OrganizationsInTurn } from "@/lib/organizations/organizations-in-turn";
import { loadRules } from "./load-rules";
import { markDeleted } from "./mark-deleted";

/** Tokens of one transaction, and so of one message a person; the others follow in the next. */
const CHUNK = 10_000;

/**
 * Brings the rows of tokens to what the clock has made of them: expired, or, where the policy deletes at expiry, deleted,
 * with an event of the system. Nothing waits for it: a check goes by the instant itself. The longest overdue first, `limit`
 * tokens at most; a policy that is being changed is waited for. Throws what failed for one organization once the others had
 * their turn.
 */
export async function expireTokens(
  { db, now, signal }: { db: Db; now: Date; signal?: AbortSignal },
  { limit = 50_000 } = {},
): Promise<{ expired: number; deleted: number }> {
  const counts = { expired: 0, deleted: 0 };
  const turns = new OrganizationsInTurn(db, "expire-tokens");
  for (let left = limit; left > 0 && !signal?.aborted; ) {
    const [next] = await db
      .select({ organizationId: apiTokens.organizationId })
      .from(apiTokens)
      .where(and(isOverdue(now), notInArray(apiTokens.organizationId, turns.failed)))
      .orderBy(apiTokens.expiresAt)
      .limit(1);
    if (!next) break;
    const most = Math.min(CHUNK, left);
    const done = await turns.turnOf(next.organizationId, () =>
      db.transaction((tx) => expireSome(tx, next.organizationId, most, now)),
    );
    if (!done) continue;
    counts.expired += done.expired;
    counts.deleted += done.deleted;
    left -= Math.max(1, done.expired + done.deleted);
  }
  return turns.over(counts);
}

/** Also by the clock of the database, as a check goes: one that is ahead must not end what still works. */
const isOverdue = (now: Date) =>
  sql`${apiTokens.state} = 'active' and ${apiTokens.expiresAt} <= ${now.toISOString()} and ${apiTokens.expiresAt} <= now()`;

async function expireSome(tx: Tx, organizationId: string, limit: number, now: Date) {
  const { policy } = await loadRules(tx, organizationId, { lock: true });
  const longest = tx
    .select({ id: apiTokens.id })
    .from(apiTokens)
    .where(and(eq(apiTokens.organizationId, organizationId), isOverdue(now)))
    .orderBy(apiTokens.expiresAt)
    .limit(limit);
  const which = and(inArray(apiTokens.id, longest), isOverdue(now));
  if (policy.deleteExpired) {
    const rows = await markDeleted(
      tx,
      {
        organizationId,
        which,
        by: "system",
        policy,
        details: () => ({ by_policy: "deleteExpired" }),
        told: { event: "token_deleted", how: "expired" },
      },
      { now, origin: { requestId: null, ip: null } },
    );
    return { expired: 0, deleted: rows.length };
  }
  const rows = await tx
    .update(apiTokens)
    .set({ state: "expired" })
    .where(heldInOrder(tx, organizationId, which))
    .returning({ id: apiTokens.id });
  return { expired: rows.length, deleted: 0 };
}

/** The tokens that a condition names, held in the order in which uses are written, so that the two take turns. */
const heldInOrder = (tx: Tx, organizationId: string, which: SQL | undefined): SQL | undefined =>
  and(
    eq(apiTokens.organizationId, organizationId),
    inArray(
      apiTokens.id,
      tx
        .select({ id: apiTokens.id })
        .from(apiTokens)
        .where(and(eq(apiTokens.organizationId, organizationId), which))
        .orderBy(apiTokens.organizationId, apiTokens.id)
        .for("update"),
    ),
  );
