import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import { groupMembers, groups } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { lockAccess } from "@/lib/members/lock-access";
import { done, type Outcome, refused } from "@/lib/refusal";
import type { createGroupInput } from "./group-input";

/** Adds a group. Who is bounded by groups becomes its administrator: otherwise it would make what it cannot see. */
export async function createGroup(
  actor: Actor,
  { name }: z.output<typeof createGroupInput>,
  ctx: Context,
): Promise<Outcome<{ id: string }>> {
  const refusal = decidePermission(actor, "groups:write");
  if (refusal) return { ok: false, refusal };
  const { organizationId, memberId } = actor;
  return ctx.db.transaction(async (tx) => {
    // Waits for a renaming to this name: `renameGroup` looks before it writes.
    await lockAccess(tx, organizationId);
    const id = uuidv7({ msecs: ctx.now.getTime() });
    const made = await tx
      .insert(groups)
      .values({ organizationId, id, name, createdAt: ctx.now })
      .onConflictDoNothing()
      .returning({ id: groups.id });
    if (made.length === 0) return refused("group_name_taken", "name");
    if (actor.bounded) {
      await tx.insert(groupMembers).values({ organizationId, groupId: id, memberId, isAdministrator: true });
    }
    const subject = { kind: "group", id } as const;
    await recordAudit(tx, actor, { organizationId, action: "group.created", subject, details: { name } }, ctx);
    return done({ id });
  });
}
