import { and, eq } from "drizzle-orm";
import { apiLogins, members } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { endLogins, type LoginConditions } from "@/lib/logins/end-logins";
import { done, type Outcome, refused } from "@/lib/refusal";
import { hasOtherAdministrator } from "./last-administrator";
import { isActiveAdministrator, loadMember } from "./load-member";
import { lockAccess } from "./lock-access";
import { decideOnMember } from "./member-policy";

type Standing = "active" | "deactivated";

/**
 * Shuts a member out: its sessions open nothing at their next request and its tokens are refused at their next call.
 * Its API logins end; nothing else is deleted. Done twice, the second changes nothing.
 */
export const deactivateMember = (actor: Actor, { id }: { id: string }, ctx: Context) =>
  switchMember(actor, id, "deactivated", ctx);

/** Lets a member in again: its sessions and tokens work as before, as far as they are not over. */
export const reactivateMember = (actor: Actor, { id }: { id: string }, ctx: Context) =>
  switchMember(actor, id, "active", ctx);

async function switchMember(actor: Actor, id: string, to: Standing, ctx: Context): Promise<Outcome<{ id: string }>> {
  const refusal = decidePermission(actor, "members:write");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  return ctx.db.transaction(async (tx) => {
    await lockAccess(tx, organizationId);
    const member = await loadMember(tx, actor, id);
    if (!member) return refused("not_found");
    const refusal = decideOnMember(actor, member.permissions);
    if (refusal) return { ok: false, refusal };
    if (member.status === to) return done({ id });
    const lowers = to === "deactivated" && isActiveAdministrator(member);
    if (lowers && !(await hasOtherAdministrator(tx, organizationId, { memberId: id }))) {
      return refused("last_administrator");
    }
    await tx
      .update(members)
      .set({ status: to, deactivatedAt: to === "active" ? null : ctx.now })
      .where(and(eq(members.organizationId, organizationId), eq(members.id, id)));
    if (to === "deactivated") {
      const theirs: LoginConditions = [eq(apiLogins.organizationId, organizationId), eq(apiLogins.memberId, id)];
      await endLogins(tx, theirs, "deactivated", ctx);
    }
    const action = to === "active" ? "member.reactivated" : "member.deactivated";
    const subject = { kind: "member", id } as const;
    await recordAudit(tx, actor, { organizationId, action, subject, details: { name: member.name } }, ctx);
    return done({ id });
  });
}
