import { and, eq, ne, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { apiLogins, members, sessions } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { endLogins, loginsOf } from "@/lib/logins/end-logins";
import { done, type Outcome, refused } from "@/lib/refusal";
import { hashSessionToken } from "./session-token";

export const endSessionInput = z.object({ session_id: z.uuid({ error: "Choose a session." }) });

/** Ends the session that a token opens, if it is live. The next request with that token is a stranger's. */
export async function endSessionOfToken(token: string | undefined, ctx: Context): Promise<void> {
  const tokenHash = hashSessionToken(token);
  if (tokenHash) await ctx.db.transaction((tx) => endSessions(tx, [eq(sessions.tokenHash, tokenHash)], ctx));
}

/** Ends one of the member's own sessions or API logins. Another person's is *not found*. */
export async function endSession(
  actor: MemberActor,
  { session_id }: z.output<typeof endSessionInput>,
  ctx: Context,
): Promise<Outcome<{ ended: number }>> {
  const which: Conditions = [eq(sessions.id, session_id), eq(sessions.userId, actor.userId)];
  const ended = await ctx.db.transaction(
    async (tx) =>
      (await endSessions(tx, which, ctx)) +
      (await endLogins(tx, [eq(apiLogins.id, session_id), loginsOf(tx, actor.userId)], "member", ctx)),
  );
  return ended === 0 ? refused("not_found") : done({ ended });
}

/** Ends every session of the member but the one whose id is `keep`, all of them where that is null; and every API login. */
export async function endOtherSessions(
  actor: MemberActor,
  { keep }: { keep: string | null },
  ctx: Context,
): Promise<Outcome<{ ended: number }>> {
  const which: Conditions = [eq(sessions.userId, actor.userId), ...(keep ? [ne(sessions.id, keep)] : [])];
  const ended = await ctx.db.transaction(
    async (tx) =>
      (await endSessions(tx, which, ctx)) + (await endLogins(tx, [loginsOf(tx, actor.userId)], "member", ctx)),
  );
  return done({ ended });
}

/** At least one: without any, everybody would be signed out. */
type Conditions = [SQL, ...SQL[]];

/**
 * Ends the sessions that meet all conditions, and says how many. Each ending is an event of the organization that the
 * session looked at, by the member whose session it was: nobody ends another's.
 */
async function endSessions(tx: Tx, which: Conditions, ctx: Context): Promise<number> {
  const ended = await tx
    .delete(sessions)
    .where(and(...which))
    .returning();
  for (const { id, organizationId, userId } of ended) {
    if (!organizationId) continue;
    const [member] = await tx
      .select({ id: members.id })
      .from(members)
      .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)));
    if (!member) continue;
    const by = { kind: "member", memberId: member.id } as const;
    const subject = { kind: "session", id } as const;
    await recordAudit(tx, by, { organizationId, action: "session.ended", subject }, ctx);
  }
  return ended.length;
}
