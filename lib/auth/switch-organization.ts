import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { members, sessions } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import type { Session } from "./read-session";

export const switchOrganizationInput = z.strictObject({
  organization_id: z.uuid({ error: "Choose an organization." }),
});

/**
 * Lets a session look at another organization in which its user is an active member; any other is *not found*. Takes the
 * session and no actor, so that somebody whom one organization has deactivated can still go to the next. Each of the two
 * logs what it is told of any session: that the member left, that the member came.
 */
export async function switchOrganization(
  session: Session,
  { organization_id: organizationId }: z.output<typeof switchOrganizationInput>,
  ctx: Context,
): Promise<Outcome<{ portal: "console" | "hub" }>> {
  return ctx.db.transaction(async (tx) => {
    const [member] = await tx
      .select({ id: members.id, portal: members.portal })
      .from(members)
      .where(
        and(
          eq(members.organizationId, organizationId),
          eq(members.userId, session.userId),
          eq(members.status, "active"),
        ),
      );
    if (!member) return refused("not_found");
    const left = session.actor;
    if (left?.organizationId === organizationId) return done({ portal: member.portal });
    const switched = await tx
      .update(sessions)
      .set({ organizationId })
      .where(and(eq(sessions.id, session.id), eq(sessions.userId, session.userId)))
      .returning({ id: sessions.id });
    if (switched.length === 0) return refused("not_found");
    const subject = { kind: "session", id: session.id } as const;
    const details = { switched: true };
    if (left) {
      const leaving = { organizationId: left.organizationId, action: "session.ended", subject, details } as const;
      await recordAudit(tx, left, leaving, ctx);
    }
    const coming = { organizationId, action: "session.created", subject, details } as const;
    await recordAudit(tx, { kind: "member", memberId: member.id }, coming, ctx);
    return done({ portal: member.portal });
  });
}
