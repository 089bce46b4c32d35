import { and, eq } from "drizzle-orm";
import { expiryAnswers } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { loadRules } from "@/lib/tokens/load-rules";
import { readToken } from "@/lib/tokens/read-tokens";
import { DAY } from "@/lib/tokens/token-status";
import type { AnswerExpiryInput } from "./notice-input";

/**
 * Says that one knows of a token's expiry: no notice of it from then on, or none until the reminder, which comes once. It
 * holds for this person and this expiry; one that is changed is told anew. A later answer takes the place of an earlier one.
 */
export async function answerExpiry(
  actor: MemberActor,
  { id, remind_in_days: days }: AnswerExpiryInput,
  ctx: Context,
): Promise<Outcome<{ remindAt: Date | null }>> {
  const token = await readToken(ctx.db, actor, await loadRules(ctx.db, actor.organizationId), id, ctx.now);
  if (!token) return refused("not_found");
  if (token.status !== "active" || !token.expiresAt) return refused("does_not_expire");
  const remindAt = days === null ? null : new Date(ctx.now.getTime() + days * DAY);
  if (remindAt && remindAt >= token.expiresAt) return refused("reminder_too_late", "remind_in_days");
  const answer = { expiresAt: token.expiresAt, remindAt, at: ctx.now, remindedAt: null };
  await ctx.db
    .insert(expiryAnswers)
    .values({ organizationId: actor.organizationId, memberId: actor.memberId, tokenId: id, ...answer })
    .onConflictDoUpdate({
      target: [expiryAnswers.organizationId, expiryAnswers.memberId, expiryAnswers.tokenId],
      set: answer,
    });
  return done({ remindAt });
}

/** What one has answered for a token, as long as that holds; null where nothing. */
export async function readExpiryAnswer(
  actor: MemberActor,
  token: { id: string; expiresAt: Date | null },
  ctx: Pick<Context, "db">,
): Promise<{ remindAt: Date | null; remindedAt: Date | null } | null> {
  const [row] = token.expiresAt
    ? await ctx.db
        .select({ remindAt: expiryAnswers.remindAt, remindedAt: expiryAnswers.remindedAt })
        .from(expiryAnswers)
        .where(
          and(
            eq(expiryAnswers.organizationId, actor.organizationId),
            eq(expiryAnswers.memberId, actor.memberId),
            eq(expiryAnswers.tokenId, token.id),
            eq(expiryAnswers.expiresAt, token.expiresAt),
          ),
        )
    : [];
  return row ?? null;
}
