import { sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Tx } from "@/db/client";
import { apiTokens, expiryNotices, members, notifications, users } from "@/db/schema";
import { type NewMail, writeMail } from "@/lib/mail/write-mail";
import { publicIdOf, type TokenKind } from "@/lib/tokens/token-secret";
import { waitingSince } from "@/lib/tokens/waiting-since";
import { isWanted } from "./notice-events";
import { loadNoticeRules } from "./notice-rules";
import { stillExpires } from "./read-expiring-tokens";

export interface ComposeCounts extends Record<string, number> {
  notifications: number;
  mails: number;
}

/** Receivers of one transaction. */
const RECEIVERS = 500;
/** Tokens that a notification names; its count tells of the rest. */
const NAMED = 5;

interface Digest extends Record<string, unknown> {
  member_id: string;
  name: string;
  email: string;
  portal: "console" | "hub";
  /** Those of the notices that are still true. */
  count: number;
  is_reminder: boolean;
  named:
    | {
        id: string;
        name: string;
        kind: TokenKind;
        prefix: string;
        expires_at: string;
        pending_at: string | null;
        pending_expires_at: string | null;
      }[]
    | null;
}

/**
 * Puts what receivers have not been told yet into one notification each, with its mail, as they want it. Those whose
 * notices are all out of date are done with. `members` counts the receivers, none when there is nothing left.
 */
export async function composeExpiryNotices(
  tx: Tx,
  organizationId: string,
  now: Date,
): Promise<ComposeCounts & { members: number }> {
  const digests = await tx.execute<Digest>(sql`
    with receiver as (
      select ${expiryNotices.memberId} as id, min(${expiryNotices.expiresAt}) as first from ${expiryNotices}
      where ${expiryNotices.organizationId} = ${organizationId} and ${expiryNotices.toldAt} is null
      group by 1 order by 2, 1 limit ${RECEIVERS}
    )
    select receiver.id as member_id, ${users.name}, ${users.email}, ${members.portal}, digest.*
    from receiver
    join ${members} on ${members.organizationId} = ${organizationId} and ${members.id} = receiver.id
    join ${users} on ${users.id} = ${members.userId}
    cross join lateral (
      select count(*)::int as count, coalesce(bool_and(days = 0), false) as is_reminder,
        jsonb_agg(jsonb_build_object('id', id, 'name', name, 'kind', kind, 'prefix', prefix, 'expires_at', expires_at,
          'pending_at', pending_at, 'pending_expires_at', pending_expires_at) order by place) filter (where place <= ${NAMED}) as named
      from (
        select ${apiTokens.id}, ${apiTokens.name}, ${apiTokens.kind}, ${apiTokens.prefix}, ${apiTokens.expiresAt},
          ${waitingSince} as pending_at, ${apiTokens.pendingExpiresAt}, ${expiryNotices.days}, row_number() over (order by ${apiTokens.expiresAt}, ${apiTokens.id}) as place
        from ${expiryNotices} join ${apiTokens} on ${stillExpires(now)}
        where ${expiryNotices.organizationId} = ${organizationId} and ${expiryNotices.memberId} = receiver.id
          and ${expiryNotices.toldAt} is null
      ) live
    ) digest
    order by receiver.first, receiver.id`);
  if (digests.length === 0) return { members: 0, notifications: 0, mails: 0 };

  const rules = await loadNoticeRules(
    tx,
    organizationId,
    digests.map(({ member_id }) => member_id),
  );
  const rows: (typeof notifications.$inferInsert)[] = [];
  const mails: NewMail[] = [];
  for (const digest of digests) {
    if (digest.count === 0) continue;
    const choices = rules.choicesOf(digest.member_id);
    const inApp = isWanted("token_expiring", "in_app", choices);
    const byMail = isWanted("token_expiring", "email", choices);
    if (!inApp && !byMail) continue;
    const id = uuidv7();
    rows.push({
      organizationId,
      id,
      memberId: digest.member_id,
      event: "token_expiring",
      inApp,
      at: now,
      details: {
        kind: "expiring",
        count: digest.count,
        isReminder: digest.is_reminder,
        tokens: (digest.named ?? []).map((token) => ({
          id: token.id,
          name: token.name,
          masked: publicIdOf(token),
          expiresAt: new Date(token.expires_at).toISOString(),
          ...(token.pending_at
            ? {
                newSecret: {
                  since: new Date(token.pending_at).toISOString(),
                  renews: token.pending_expires_at !== null && token.pending_expires_at > token.expires_at,
                },
              }
            : {}),
        })),
      },
    });
    if (byMail) {
      mails.push({
        organizationId,
        memberId: digest.member_id,
        toName: digest.name,
        toAddress: digest.email,
        tellBy: digest.named?.[0] && new Date(digest.named[0].expires_at),
        content: {
          kind: "token_expiring",
          notificationId: id,
          organization: rules.organization,
          portal: digest.portal,
        },
      });
    }
  }
  if (rows.length > 0) await tx.insert(notifications).values(rows);
  await writeMail(tx, mails, now);
  await tx.execute(sql`
    update ${expiryNotices} set told_at = ${now.toISOString()}, notification_id = message.id
    from unnest(${sql.param(digests.map(({ member_id }) => member_id))}::uuid[]) receiver(id)
    left join ${notifications} message on message.organization_id = ${organizationId} and message.member_id = receiver.id
      and message.id = any(${sql.param(rows.map(({ id }) => id))}::uuid[])
    where ${expiryNotices.organizationId} = ${organizationId} and ${expiryNotices.memberId} = receiver.id
      and ${expiryNotices.toldAt} is null`);
  return { members: digests.length, notifications: rows.length, mails: mails.length };
}
