import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { groups, members } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { lockGroup } from "./group-access";
import type { deleteGroupInput } from "./group-input";

/** Deletes a group that answers for no service account. Its members stay in the organization, and see less. */
export async function deleteGroup(
  actor: Actor,
  { id }: z.output<typeof deleteGroupInput>,
  ctx: Context,
): Promise<Outcome<{ id: string }>> {
  const refusal = decidePermission(actor, "groups:write");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  return ctx.db.transaction(async (tx) => {
    // Whoever is about to give it an account waits for this row.
    const group = await lockGroup(tx, actor, id);
    if (!group) return refused("not_found");
    const owned = and(eq(members.organizationId, organizationId), eq(members.ownerGroupId, id));
    if ((await tx.$count(members, owned)) > 0) return refused("group_owns_accounts");
    await tx.delete(groups).where(and(eq(groups.organizationId, organizationId), eq(groups.id, id)));
    const subject = { kind: "group", id } as const;
    await recordAudit(
      tx,
      actor,
      { organizationId, action: "group.deleted", subject, details: { name: group.name } },
      ctx,
    );
    return done({ id });
  });
}
