import { asc, desc, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { members, sessions } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { endSessionOfToken } from "./end-sessions";
import { SESSION_LONGEST } from "./session-life";
import { hashSessionToken, newSessionToken } from "./session-token";

/**
 * Signs a user in on a browser: a row, its event, and the token that the browser gets and nobody else ever sees. `replaces`
 * is the token that the browser held before; its session ends.
 */
export async function openSession(
  { userId, agent, replaces }: { userId: string; agent: string | null; replaces: string | undefined },
  ctx: Context,
): Promise<{ token: string; expiresAt: Date }> {
  const token = newSessionToken();
  const tokenHash = hashSessionToken(token);
  if (!tokenHash) throw new Error("a new session token has no hash");
  const expiresAt = new Date(ctx.now.getTime() + SESSION_LONGEST);
  await ctx.db.transaction(async (tx) => {
    const [member] = await tx
      .select({ id: members.id, organizationId: members.organizationId, status: members.status })
      .from(members)
      .where(eq(members.userId, userId))
      .orderBy(desc(sql`${members.status} = 'active'`), asc(members.createdAt), asc(members.organizationId))
      .limit(1);
    await endSessionOfToken(replaces, { ...ctx, db: tx });
    const id = uuidv7({ msecs: ctx.now.getTime() });
    await tx.insert(sessions).values({
      id,
      tokenHash,
      userId,
      organizationId: member?.organizationId ?? null,
      createdAt: ctx.now,
      lastSeenAt: ctx.now,
      expiresAt,
      ip: ctx.origin.ip,
      agent: agent?.slice(0, 400) ?? null,
    });
    if (member?.status === "active") {
      await recordAudit(
        tx,
        { kind: "member", memberId: member.id },
        { organizationId: member.organizationId, action: "session.created", subject: { kind: "session", id } },
        ctx,
      );
    }
  });
  return { token, expiresAt };
}
