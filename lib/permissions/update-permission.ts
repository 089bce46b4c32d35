import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { organizationPermissions } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import type { updatePermissionInput } from "./permission-input";

/** Changes what a permission of the organization's own is said to allow. Its name stays: programs ask for it. */
export async function updatePermission(
  actor: Actor,
  { name, description }: z.output<typeof updatePermissionInput>,
  ctx: Context,
): Promise<Outcome<{ name: string }>> {
  const refusal = decidePermission(actor, "organization:manage");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  const row = and(eq(organizationPermissions.organizationId, organizationId), eq(organizationPermissions.name, name));
  return ctx.db.transaction(async (tx) => {
    const [before] = await tx
      .select({ description: organizationPermissions.description })
      .from(organizationPermissions)
      .where(row)
      .for("update");
    if (!before) return refused("not_found");
    if (before.description === description) return done({ name });
    await tx.update(organizationPermissions).set({ description }).where(row);
    await recordAudit(
      tx,
      actor,
      {
        organizationId,
        action: "permission.updated",
        subject: { kind: "permission", id: name },
        details: { description: { from: before.description, to: description } },
      },
      ctx,
    );
    return done({ name });
  });
}
