import { type SQL, sql } from "drizzle-orm";
import { apiTokens, expiryAnswers } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { statusCondition } from "./status-condition";
import { DAY, EXPIRES_SOON_DAYS } from "./token-status";

/** The SQL side of `expiresSoon`. */
export function expiresSoonCondition(now: Date): SQL {
  const bound = new Date(now.getTime() + EXPIRES_SOON_DAYS * DAY).toISOString();
  return sql`(${statusCondition("active", now)} and ${apiTokens.expiresAt} <= ${bound})`;
}

/**
 * Tokens of whose expiry the actor's member has not said that they know, or has asked for a reminder that is due. An
 * answer to another expiry of the same token does not count.
 */
export function unacknowledgedCondition({ organizationId, memberId }: Actor, now: Date): SQL {
  return sql`not exists (select from ${expiryAnswers} answer
    where answer.organization_id = ${organizationId} and answer.member_id = ${memberId}
      and answer.token_id = ${apiTokens.id} and answer.expires_at = ${apiTokens.expiresAt}
      and (answer.remind_at is null or answer.remind_at > ${now.toISOString()}))`;
}
