import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { apiTokens, inactivityNotices, organizations, tokenPolicies } from "@/db/schema";
import { composeInactivityNotices } from "@/lib/notices/compose-inactivity-notices";
import { OrganizationsInTurn } from "@/lib/organizations/organizations-in-turn";
import { keepWatch } from "./inactivity-watch";
import { loadRules } from "./load-rules";
import { markDeleted } from "./mark-deleted";
import { type NoticedToken, readNoticed, readUnnoticed } from "./read-unused";
import { decideInactivity } from "./token-inactivity";

export interface InactivityCounts extends Record<string, number> {
  notices: number;
  takenBack: number;
  notifications: number;
  mails: number;
  deleted: number;
}

/** Tokens that are told of together, and so in one message a person; the others follow with the next run. */
const TOGETHER = 20_000;
/** Tokens that are deleted in one transaction, and of which a person is told in one message. */
const CHUNK = 10_000;

/**
 * Deletes tokens that nobody uses, by the policy's rule: first whoever a token belongs to and the administrators are told of
 * it, and a week later it is deleted unless it was used. A use takes the notice back, and so does whatever else ends the
 * reason for it. Last uses are written within a minute, so the period of the notice is also what makes sure that a use
 * which only another instance knows of deletes nothing.
 *
 * Organizations one after the other, the one whose deletion is due first before the others; `limit` tokens at most. A run
 * that was cut short goes on with the next; of several at once, each finds what the others have left. Throws what failed for
 * one organization once the others had their turn.
 */
export async function deleteInactiveTokens(
  { db, now, signal }: { db: Db; now: Date; signal?: AbortSignal },
  { limit = 50_000 } = {},
): Promise<InactivityCounts> {
  const counts: InactivityCounts = { notices: 0, takenBack: 0, notifications: 0, mails: 0, deleted: 0 };
  const add = (done: Partial<InactivityCounts>) => {
    for (const [name, count] of Object.entries(done)) counts[name] = (counts[name] ?? 0) + (count ?? 0);
  };
  const left = () => limit - counts.notices - counts.takenBack - counts.deleted;
  const turns = new OrganizationsInTurn(db, "delete-inactive-tokens");
  for (const { id } of await organizationsInOrder(db)) {
    await turns.turnOf(id, async () => {
      add(await db.transaction((tx) => look(tx, id, left(), now)));
      for (let more = true; more && left() > 0; ) {
        const most = Math.min(CHUNK, left());
        const done = await db.transaction((tx) => deleteDue(tx, id, most, now));
        add(done);
        more = done.deleted + done.takenBack === most;
      }
    });
    if (left() <= 0 || signal?.aborted) break;
  }
  return turns.over(counts);
}

/** Those with the rule, and those in which a notice stands. */
const organizationsInOrder = (db: Db) =>
  db.execute<{ id: string }>(sql`
    select ${organizations.id} from ${organizations}
    join ${tokenPolicies} on ${tokenPolicies.organizationId} = ${organizations.id}
    left join (
      select ${inactivityNotices.organizationId}, min(${inactivityNotices.dueAt}) as due_at
      from ${inactivityNotices} group by 1
    ) first on first.organization_id = ${organizations.id}
    where ${tokenPolicies.inactiveDays} is not null or first.due_at is not null
    order by first.due_at, ${organizations.id}`);

/** Takes back what does not stand any more, and tells of what lies unused for long enough. */
async function look(tx: Tx, organizationId: string, limit: number, now: Date): Promise<Partial<InactivityCounts>> {
  // Whoever changes the policy, creates or extends a token takes turns with this.
  await loadRules(tx, organizationId, { lock: true });
  await keepWatch(tx, organizationId, now);
  const { inactivity: rule } = await loadRules(tx, organizationId);
  const standing = await readNoticed(tx, organizationId, { limit }, now);
  const over = standing.filter(
    ({ notice, ...token }) => decideInactivity(token, notice, rule, now).kind === "take_back",
  );
  await takeBack(tx, organizationId, over);
  if (!rule) return { takenBack: over.length };

  const most = Math.min(TOGETHER, limit);
  const unused = await readUnnoticed(tx, organizationId, rule, { limit: most }, now);
  const told = unused.flatMap((token) => {
    const step = decideInactivity(token, null, rule, now);
    return step.kind === "tell" ? [{ id: token.id, ...step }] : [];
  });
  // Nothing is told early for its own sake.
  if (told.every(({ early }) => early)) return { takenBack: over.length };
  await tx.execute(sql`
    insert into ${inactivityNotices} (organization_id, token_id, noticed_at, due_at)
    select ${organizationId}, token.id, ${now.toISOString()}, token.due_at::timestamptz
    from unnest(${sql.param(told.map(({ id }) => id))}::text[],
      ${sql.param(told.map(({ notice }) => notice.dueAt.toISOString()))}::text[]) token(id, due_at)
    on conflict do nothing`);
  const composed = await composeInactivityNotices(tx, organizationId, now);
  return { takenBack: over.length, notices: told.length, ...composed };
}

/** Deletes tokens whose moment has come, `most` of them. */
async function deleteDue(tx: Tx, organizationId: string, most: number, now: Date) {
  const { policy, inactivity: rule } = await loadRules(tx, organizationId, { lock: true });
  const due = await readNoticed(tx, organizationId, { limit: most, due: now }, now);
  const steps = due.map(({ notice, ...token }) => ({
    id: token.id,
    kind: decideInactivity(token, notice, rule, now).kind,
  }));
  const ids = steps.filter(({ kind }) => kind === "delete").map(({ id }) => id);
  const noticedAt = new Map(due.map(({ id, notice }) => [id, notice.noticedAt]));
  const rows = await markDeleted(
    tx,
    {
      organizationId,
      which: sql`${apiTokens.id} = any(${sql.param(ids)}::text[]) and ${apiTokens.state} = 'active' and exists (
        select from ${inactivityNotices} where ${inactivityNotices.organizationId} = ${organizationId}
          and ${inactivityNotices.tokenId} = ${apiTokens.id}
          and (${apiTokens.lastUsedAt} is null or ${apiTokens.lastUsedAt} <= ${inactivityNotices.noticedAt}))`,
      by: "system",
      policy,
      details: ({ id, lastUsedAt }) => ({
        by_policy: "inactiveDays",
        inactive_days: policy.inactiveDays,
        last_used_at: lastUsedAt,
        noticed_at: noticedAt.get(id),
      }),
      told: { event: "token_deleted", how: "unused" },
    },
    { now, origin: { requestId: null, ip: null } },
  );
  const acted = steps.filter(({ kind }) => kind !== "nothing");
  await takeBack(tx, organizationId, acted);
  return { deleted: rows.length, takenBack: acted.length - rows.length };
}

/** Removes the notices of these tokens. */
async function takeBack(tx: Tx, organizationId: string, tokens: readonly Pick<NoticedToken, "id">[]): Promise<void> {
  await tx.execute(sql`
    delete from ${inactivityNotices} where ${inactivityNotices.organizationId} = ${organizationId}
      and ${inactivityNotices.tokenId} = any(${sql.param(tokens.map(({ id }) => id))}::text[])`);
}
