import { and, eq, isNotNull, isNull, ne, or } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import { apiTokens, invitations, members, roles } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { lockAccess } from "@/lib/members/lock-access";
import { done, type Outcome, refused } from "@/lib/refusal";
import { decideOnRole, lockRole } from "./role-facts";
import type { deleteRoleInput } from "./role-input";

/** Deletes a role of the organization's own that no member, token or open invitation has. */
export async function deleteRole(
  actor: Actor,
  { id }: z.output<typeof deleteRoleInput>,
  ctx: Context,
): Promise<Outcome<{ id: string }>> {
  const refusal = decidePermission(actor, "roles:write");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  return ctx.db.transaction(async (tx) => {
    await lockAccess(tx, organizationId);
    // Whoever is about to give it waits for this row, and then finds that it is gone.
    const role = await lockRole(tx, organizationId, id);
    if (!role) return refused("not_found");
    const refusal = decideOnRole(actor, role);
    if (refusal) return { ok: false, refusal };
    if (await isHeld(tx, organizationId, id)) return refused("role_in_use");

    // What is over keeps no role alive; the audit log keeps what it was.
    await tx
      .update(apiTokens)
      .set({ roleId: null })
      .where(and(eq(apiTokens.organizationId, organizationId), eq(apiTokens.roleId, id)));
    await tx
      .delete(invitations)
      .where(
        and(
          eq(invitations.organizationId, organizationId),
          eq(invitations.roleId, id),
          or(isNotNull(invitations.acceptedAt), isNotNull(invitations.withdrawnAt)),
        ),
      );
    await tx.delete(roles).where(and(eq(roles.organizationId, organizationId), eq(roles.id, id)));
    const details = { name: role.name, permissions: role.permissions };
    const subject = { kind: "role", id } as const;
    await recordAudit(tx, actor, { organizationId, action: "role.deleted", subject, details }, ctx);
    return done({ id });
  });
}

async function isHeld(tx: Tx, organizationId: string, id: string): Promise<boolean> {
  const one = (rows: unknown[]) => rows.length > 0;
  return (
    one(
      await tx
        .select({ id: members.id })
        .from(members)
        .where(and(eq(members.organizationId, organizationId), eq(members.roleId, id)))
        .limit(1),
    ) ||
    one(
      await tx
        .select({ id: apiTokens.id })
        .from(apiTokens)
        .where(
          and(eq(apiTokens.organizationId, organizationId), eq(apiTokens.roleId, id), ne(apiTokens.state, "deleted")),
        )
        .limit(1),
    ) ||
    one(
      await tx
        .select({ id: invitations.id })
        .from(invitations)
        .where(
          and(
            eq(invitations.organizationId, organizationId),
            eq(invitations.roleId, id),
            isNull(invitations.acceptedAt),
            isNull(invitations.withdrawnAt),
          ),
        )
        .limit(1),
    )
  );
}
