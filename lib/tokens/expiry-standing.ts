import { and, eq, isNotNull } from "drizzle-orm";
import { expiryNotices } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { type ExpiryAnswer, readExpiryAnswers } from "@/lib/notices/answer-expiry";
import type { TokenRules } from "./load-rules";
import type { TokenRow } from "./token-row";
import { DAY, EXPIRES_SOON_DAYS, expiresWithin } from "./token-status";

/** What was said to an expiry that is near. */
export interface ExpiryStanding {
  /** One's own first. */
  answers: ExpiryAnswer[];
  /** The most days in which one can be reminded of it; 0 where there is no day left. */
  mostDays: number;
}

/**
 * Within the days in which a token is marked as expiring soon; before them only where the actor was told of this expiry, so
 * that a message that came earlier has its answer; else null.
 */
export async function expiryStanding(
  actor: Actor,
  token: TokenRow,
  { policy }: TokenRules,
  ctx: Context,
): Promise<ExpiryStanding | null> {
  if (!token.expiresAt || !expiresWithin(token, Math.max(EXPIRES_SOON_DAYS, ...policy.noticeDays), ctx.now))
    return null;
  if (!token.expiresSoon && !(await wasTold(actor, { ...token, expiresAt: token.expiresAt }, ctx))) return null;
  const left = token.expiresAt.getTime() - ctx.now.getTime();
  return { answers: await readExpiryAnswers(actor, token, ctx), mostDays: Math.ceil(left / DAY) - 1 };
}

async function wasTold(actor: Actor, token: { id: string; expiresAt: Date }, { db }: Pick<Context, "db">) {
  const ofThis = and(
    eq(expiryNotices.organizationId, actor.organizationId),
    eq(expiryNotices.tokenId, token.id),
    eq(expiryNotices.memberId, actor.memberId),
    eq(expiryNotices.expiresAt, token.expiresAt),
    isNotNull(expiryNotices.notificationId),
  );
  return (await db.$count(expiryNotices, ofThis)) > 0;
}
