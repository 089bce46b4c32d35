import { and, eq, ne } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { members, sessions } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { hashSessionToken } from "./session-token";

export const endSessionInput = z.object({ session_id: z.uuid({ error: "Choose a session." }) });

/** Ends the session that a token opens, if it is live. The next request with that token is a stranger's. */
export async function endSessionOfToken(token: string | undefined, ctx: Context): Promise<void> {
  const tokenHash = hashSessionToken(token);
  if (!tokenHash) return;
  await ctx.db.transaction(async (tx) => {
    const [ended] = await tx.delete(sessions).where(eq(sessions.tokenHash, tokenHash)).returning();
    if (!ended?.organizationId) return;
    const { organizationId } = ended;
    const [member] = await tx
      .select({ id: members.id })
      .from(members)
      .where(and(eq(members.organizationId, organizationId), eq(members.userId, ended.userId)));
    if (!member) return;
    const subject = { kind: "session", id: ended.id } as const;
    await recordAudit(
      tx,
      { kind: "member", memberId: member.id },
      { organizationId, action: "session.ended", subject },
      ctx,
    );
  });
}

/** Ends one of the member's own sessions. Another person's is *not found*. */
export async function endSession(
  actor: MemberActor,
  { session_id }: z.output<typeof endSessionInput>,
  ctx: Context,
): Promise<Outcome<{ ended: number }>> {
  return await ctx.db.transaction(async (tx) => {
    const ended = await tx
      .delete(sessions)
      .where(and(eq(sessions.id, session_id), eq(sessions.userId, actor.userId)))
      .returning({ id: sessions.id });
    if (ended.length === 0) return refused("not_found");
    await recordEnded(tx, actor, ended, ctx);
    return done({ ended: ended.length });
  });
}

/** Ends every session of the member but the one whose id is `keep`; all of them where that is null. */
export async function endOtherSessions(
  actor: MemberActor,
  { keep }: { keep: string | null },
  ctx: Context,
): Promise<Outcome<{ ended: number }>> {
  return await ctx.db.transaction(async (tx) => {
    const ended = await tx
      .delete(sessions)
      .where(and(eq(sessions.userId, actor.userId), keep ? ne(sessions.id, keep) : undefined))
      .returning({ id: sessions.id });
    await recordEnded(tx, actor, ended, ctx);
    return done({ ended: ended.length });
  });
}

async function recordEnded(tx: Tx, actor: MemberActor, ended: { id: string }[], ctx: Context) {
  const [first] = ended;
  if (!first) return;
  await recordAudit(
    tx,
    actor,
    {
      organizationId: actor.organizationId,
      action: "session.ended_elsewhere",
      subject: { kind: "session", id: first.id },
      details: { sessions: ended.map(({ id }) => id) },
    },
    ctx,
  );
}
