import { sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Tx } from "@/db/client";
import { apiTokens, inactivityNotices, members, notifications, users } from "@/db/schema";
import { type NewMail, writeMail } from "@/lib/mail/write-mail";
import { publicIdOf, type TokenKind } from "@/lib/tokens/token-secret";
import type { ComposeCounts } from "./compose-expiry-notices";
import { isWanted } from "./notice-events";
import { loadNoticeRules } from "./notice-rules";
import { stillUnused } from "./read-inactive-tokens";
import { toldMembers } from "./told-members";

/** Tokens that a notification names; its count tells of the rest. */
const NAMED = 5;
/** Rows of one statement. */
const CHUNK = 1000;

interface Digest extends Record<string, unknown> {
  member_id: string;
  name: string;
  email: string;
  portal: "console" | "hub";
  count: number;
  named: { id: string; name: string; kind: TokenKind; prefix: string; due_at: string }[];
}

/**
 * Tells the issuers of the tokens that were noticed at `now`, or those who answer for them, and the administrators who see
 * them: one notification a person, with its mail, as they want it. In the transaction that writes the notices.
 */
export async function composeInactivityNotices(tx: Tx, organizationId: string, now: Date): Promise<ComposeCounts> {
  const noticed = sql`${inactivityNotices} join ${apiTokens} on ${stillUnused(now)}
    where ${inactivityNotices.organizationId} = ${organizationId} and ${inactivityNotices.noticedAt} = ${now.toISOString()}`;
  const digests = await tx.execute<Digest>(sql`
    with noticed as materialized (
      select ${apiTokens.id}, ${apiTokens.name}, ${apiTokens.kind}, ${apiTokens.prefix}, ${apiTokens.issuerId},
        ${inactivityNotices.dueAt}
      from ${noticed}
    ), told as materialized (${toldMembers(organizationId, sql`select issuer_id from noticed`, sql`true`)}),
    placed as (
      select told.member_id, noticed.*,
        row_number() over (partition by told.member_id order by noticed.due_at, noticed.id) as place
      from noticed join told on told.issuer_id = noticed.issuer_id
    ), digest as (
      select member_id, count(*)::int as count,
        jsonb_agg(jsonb_build_object('id', id, 'name', name, 'kind', kind, 'prefix', prefix, 'due_at', due_at)
          order by place) filter (where place <= ${NAMED}) as named
      from placed group by member_id
    )
    select digest.*, ${users.name}, ${users.email}, ${members.portal} from digest
    join ${members} on ${members.organizationId} = ${organizationId} and ${members.id} = digest.member_id
    join ${users} on ${users.id} = ${members.userId}
    order by digest.member_id`);
  const rules = await loadNoticeRules(
    tx,
    organizationId,
    digests.map(({ member_id }) => member_id),
  );
  const rows: (typeof notifications.$inferInsert)[] = [];
  const mails: NewMail[] = [];
  for (const digest of digests) {
    const memberId = digest.member_id;
    const choices = rules.choicesOf(memberId);
    const inApp = isWanted("token_inactive", "in_app", choices);
    const byMail = isWanted("token_inactive", "email", choices);
    if (!inApp && !byMail) continue;
    rows.push({
      organizationId,
      id: uuidv7(),
      memberId,
      event: "token_inactive",
      inApp,
      at: now,
      details: {
        kind: "inactive",
        count: digest.count,
        tokens: digest.named.map((token) => ({
          id: token.id,
          name: token.name,
          masked: publicIdOf(token),
          dueAt: new Date(token.due_at).toISOString(),
        })),
      },
    });
    if (!byMail) continue;
    mails.push({
      organizationId,
      memberId,
      toName: digest.name,
      toAddress: digest.email,
      tellBy: digest.named[0] && new Date(digest.named[0].due_at),
      content: {
        kind: "token_inactive",
        noticedAt: now.toISOString(),
        organization: rules.organization,
        portal: digest.portal,
      },
    });
  }
  for (let at = 0; at < rows.length; at += CHUNK) await tx.insert(notifications).values(rows.slice(at, at + CHUNK));
  await writeMail(tx, mails, now);
  return { notifications: rows.length, mails: mails.length };
}
