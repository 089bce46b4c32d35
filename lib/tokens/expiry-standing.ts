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

/** From the first notice on, and in any case within the days in which it is shown as expiring soon; null before. */
export async function expiryStanding(
  actor: Actor,
  token: TokenRow,
  { policy }: TokenRules,
  ctx: Context,
): Promise<ExpiryStanding | null> {
  if (!token.expiresAt || !expiresWithin(token, Math.max(EXPIRES_SOON_DAYS, ...policy.noticeDays), ctx.now))
    return null;
  const left = token.expiresAt.getTime() - ctx.now.getTime();
  return { answers: await readExpiryAnswers(actor, token, ctx), mostDays: Math.ceil(left / DAY) - 1 };
}
