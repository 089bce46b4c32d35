import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { apiTokens, expiryAnswers, expiryNotices, organizations, tokenPolicies } from "@/db/schema";
import { OrganizationsInTurn } from "@/lib/organizations/organizations-in-turn";
import { type ComposeCounts, composeExpiryNotices } from "./compose-expiry-notices";
import { toldMembers } from "./told-members";

export interface NotifyContext {
  db: Db;
  now: Date;
  /** Ends the run after the organization that is under way. */
  signal?: AbortSignal;
}

export interface NotifyCounts extends ComposeCounts {
  organizations: number;
  notices: number;
}

/** Rows of one statement. */
const CHUNK = 20_000;

/**
 * Tells people of tokens that are about to expire, at the days before it that the policy says. A day is 24 hours, so that no
 * clock of a country and no length of a month moves a notice. One comes within minutes of its moment; what else of the same
 * receiver is due within a day after comes with it, so that many tokens make one message. Of several moments that passed
 * while nothing ran, the last one is told.
 *
 * Organizations one after the other, the one whose token expires first before the others, until `limit` messages are
 * written. What is told is decided by the keys of rows, so running it again, elsewhere or at the same time adds nothing.
 * Throws what failed for one organization once the others had their turn.
 */
export async function notifyExpiringTokens(ctx: NotifyContext, { limit = 20_000 } = {}): Promise<NotifyCounts> {
  const counts: NotifyCounts = { organizations: 0, notices: 0, notifications: 0, mails: 0 };
  const turns = new OrganizationsInTurn(ctx.db, "notify-expiring-tokens");
  for (const { id } of await organizationsInOrder(ctx)) {
    const done = await turns.turnOf(id, () => notifyOrganization(id, ctx));
    if (done) {
      counts.organizations += done.notices > 0 || done.notifications > 0 ? 1 : 0;
      counts.notices += done.notices;
      counts.notifications += done.notifications;
      counts.mails += done.mails;
    }
    if (counts.notifications >= limit || ctx.signal?.aborted) break;
  }
  return turns.over(counts);
}

/** Those in which somebody may have to be told something, the most urgent first. */
async function organizationsInOrder({ db, now }: NotifyContext): Promise<{ id: string }[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  return db.execute<{ id: string }>(sql`
    select ${organizations.id} from ${organizations}
    join ${tokenPolicies} on ${tokenPolicies.organizationId} = ${organizations.id}
    cross join lateral (
      select min(${apiTokens.expiresAt}) as at from ${apiTokens}
      where ${apiTokens.organizationId} = ${organizations.id} and ${apiTokens.state} = 'active'
        and ${apiTokens.expiresAt} > ${at}
    ) first
    where ${organizations.tokensEnabled} and (
      first.at <= ${at} + (select max(days) + 1 from unnest(${tokenPolicies.noticeDays}) days) * interval '24 hours'
      or exists (select from ${expiryAnswers} where ${expiryAnswers.organizationId} = ${organizations.id}
        and ${expiryAnswers.remindAt} <= ${at} and ${expiryAnswers.remindedAt} is null)
      or exists (select from ${expiryNotices} where ${expiryNotices.organizationId} = ${organizations.id}
        and ${expiryNotices.toldAt} is null))
    order by first.at, ${organizations.id}`);
}

/**
 * Several workers take turns at an organization; whoever finds it taken leaves it to the other. Messages are made only where
 * nothing more is due, so that they hold all there is to tell.
 */
async function notifyOrganization(id: string, { db, now }: NotifyContext) {
  const sum = { notices: 0, notifications: 0, mails: 0 };
  for (;;) {
    const step = await alone(db, id, async (tx) => {
      const notices = (await noteDue(tx, id, now)) + (await noteReminders(tx, id, now));
      const composed = notices < CHUNK ? await composeExpiryNotices(tx, id, now) : null;
      return { notices, composed };
    });
    if (!step) return sum;
    sum.notices += step.notices;
    sum.notifications += step.composed?.notifications ?? 0;
    sum.mails += step.composed?.mails ?? 0;
    if (step.composed?.members === 0) return sum;
  }
}

const NOTICE_LOCK = 4_715_208_115;

/** Null where another worker is at it. */
function alone<T>(db: Db, id: string, run: (tx: Tx) => Promise<T>): Promise<T | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx.execute<{ got: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended(${id}, ${NOTICE_LOCK})) as got`,
    );
    return row?.got ? run(tx) : null;
  });
}

/** Writes a row for each token, receiver and threshold that is due; how many there were. */
async function noteDue(tx: Tx, id: string, now: Date): Promise<number> {
  const at = sql`${now.toISOString()}::timestamptz`;
  // A threshold that lay in the past when the expiry was chosen tells nobody anything: they chose it just now.
  const candidate = sql`
    select token.id, token.issuer_id, token.expires_at, threshold.days,
      token.expires_at - threshold.days * interval '24 hours' <= ${at} as is_due
    from ${apiTokens} token
    join ${tokenPolicies} policy on policy.organization_id = token.organization_id
    cross join lateral (
      select unnest(array[min(days) filter (where token.expires_at - days * interval '24 hours' <= ${at}), min(days)]) as days
      from unnest(policy.notice_days) days
      where token.expires_at - days * interval '24 hours' <= ${at} + interval '24 hours'
        and token.expires_at - days * interval '24 hours' > coalesce(token.expiry_set_at, token.created_at)
    ) threshold
    where token.organization_id = ${id} and token.state = 'active' and token.expires_at > ${at}
      and token.expires_at <= ${at} + ((select coalesce(max(days), -1) from unnest(policy.notice_days) days) + 1) * interval '24 hours'
      and threshold.days is not null`;
  const told = toldMembers(
    id,
    sql`select issuer_id from candidate`,
    sql`(select notice_administrators from ${tokenPolicies} where organization_id = ${id})`,
  );
  const rows = await tx.execute(sql`
    with candidate as materialized (${candidate}),
    told as materialized (${told}),
    untold as (
      select candidate.id, told.member_id, candidate.expires_at, bool_or(is_due) as is_due,
        -- What is due now before what will be within the day.
        coalesce(min(candidate.days) filter (where is_due), min(candidate.days)) as days
      from candidate join told on told.issuer_id = candidate.issuer_id
      where not exists (
        select from ${expiryNotices} notice where notice.organization_id = ${id} and notice.token_id = candidate.id
          and notice.member_id = told.member_id
          and (notice.expires_at = candidate.expires_at and notice.days between 1 and candidate.days
            -- Whoever moves an expiry back and forth has nobody told of it more than once a day.
            or notice.days = candidate.days and notice.at > ${at} - interval '24 hours'))
      and not exists (
        select from ${expiryAnswers} answer where answer.organization_id = ${id} and answer.token_id = candidate.id
          and answer.member_id = told.member_id and answer.expires_at = candidate.expires_at
          and (answer.remind_at is null or answer.remind_at > ${at}))
      group by candidate.id, told.member_id, candidate.expires_at
    ), together as (
      -- Or the message that it goes into is not made yet.
      select *, bool_or(is_due) over (partition by member_id) or exists (
        select from ${expiryNotices} notice where notice.organization_id = ${id} and notice.member_id = untold.member_id
          and notice.told_at is null) as goes_out
      from untold
    )
    insert into ${expiryNotices} (organization_id, token_id, member_id, expires_at, days, at)
    select ${id}, id, member_id, expires_at, days, ${at} from together where goes_out
    order by expires_at limit ${CHUNK}
    on conflict do nothing returning 1`);
  return rows.length;
}

/**
 * Reminders that people asked for, as notices of 0 days. Whoever was told of the token since they asked is not told
 * again; that reminder is done.
 */
async function noteReminders(tx: Tx, id: string, now: Date): Promise<number> {
  const rows = await tx.execute(sql`
    with asked as (
      update ${expiryAnswers} set reminded_at = ${now.toISOString()}
      where organization_id = ${id} and remind_at <= ${now.toISOString()} and reminded_at is null
      returning token_id, member_id, expires_at, at
    )
    insert into ${expiryNotices} (organization_id, token_id, member_id, expires_at, days, at)
    select ${id}, asked.token_id, asked.member_id, asked.expires_at, 0, ${now.toISOString()} from asked
    where not exists (
      select from ${expiryNotices} notice where notice.organization_id = ${id} and notice.token_id = asked.token_id
        and notice.member_id = asked.member_id and notice.expires_at = asked.expires_at and notice.days > 0
        and notice.at > asked.at)
    on conflict (organization_id, token_id, member_id, expires_at, days)
      do update set at = excluded.at, told_at = null, notification_id = null
    returning 1`);
  return rows.length;
}
