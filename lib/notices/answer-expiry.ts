import { and, desc, eq, sql } from "drizzle-orm";
import { expiryAnswers, members, users } from "@/db/schema";
import type { Actor, MemberActor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { visibleMember } from "@/lib/members/visible-members";
import { done, type Outcome, refused } from "@/lib/refusal";
import { loadRules } from "@/lib/tokens/load-rules";
import { readToken } from "@/lib/tokens/read-tokens";
import { DAY } from "@/lib/tokens/token-status";
import { markExpiryRead } from "./list-notifications";
import type { AnswerExpiryInput, WithdrawAnswerInput } from "./notice-input";

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
  await markExpiryRead(actor, id, ctx);
  return done({ remindAt });
}

/** Takes back what one said to a token's expiry: one is told of it as if one had said nothing. */
export async function withdrawExpiryAnswer(
  actor: MemberActor,
  { id }: WithdrawAnswerInput,
  ctx: Context,
): Promise<Outcome<null>> {
  const token = await readToken(ctx.db, actor, await loadRules(ctx.db, actor.organizationId), id, ctx.now);
  if (!token) return refused("not_found");
  await ctx.db
    .delete(expiryAnswers)
    .where(
      and(
        eq(expiryAnswers.organizationId, actor.organizationId),
        eq(expiryAnswers.memberId, actor.memberId),
        eq(expiryAnswers.tokenId, id),
      ),
    );
  return done(null);
}

/** What somebody has said to a token's expiry. */
export interface ExpiryAnswer {
  memberId: string;
  name: string;
  isOwn: boolean;
  at: Date;
  /** Null where they want to hear no more of it. */
  remindAt: Date | null;
  /** When they were reminded; what they said is over then. */
  remindedAt: Date | null;
}

const ANSWERS_SHOWN = 10;

/** Who knows of the expiry of a token that the actor sees, as far as the actor sees them; oneself first, then the latest. */
export async function readExpiryAnswers(
  actor: Actor,
  token: { id: string; expiresAt: Date | null },
  { db }: Pick<Context, "db">,
): Promise<ExpiryAnswer[]> {
  if (!token.expiresAt) return [];
  const isOwn = sql<boolean>`${expiryAnswers.memberId} = ${actor.memberId}`;
  return db
    .select({
      memberId: expiryAnswers.memberId,
      name: users.name,
      isOwn,
      at: expiryAnswers.at,
      remindAt: expiryAnswers.remindAt,
      remindedAt: expiryAnswers.remindedAt,
    })
    .from(expiryAnswers)
    .innerJoin(
      members,
      and(eq(members.organizationId, expiryAnswers.organizationId), eq(members.id, expiryAnswers.memberId)),
    )
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(expiryAnswers.organizationId, actor.organizationId),
        eq(expiryAnswers.tokenId, token.id),
        eq(expiryAnswers.expiresAt, token.expiresAt),
        visibleMember(actor, sql`${expiryAnswers.memberId}`),
      ),
    )
    .orderBy(desc(isOwn), desc(expiryAnswers.at), expiryAnswers.memberId)
    .limit(ANSWERS_SHOWN);
}
