import { and, eq, ne } from "drizzle-orm";
import type { z } from "zod";
import { groups } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { lockAccess } from "@/lib/members/lock-access";
import { done, type Outcome, refused } from "@/lib/refusal";
import { lockGroup } from "./group-access";
import type { renameGroupInput } from "./group-input";

/** Changes what a group is called. */
export async function renameGroup(
  actor: Actor,
  { id, name }: z.output<typeof renameGroupInput>,
  ctx: Context,
): Promise<Outcome<{ id: string }>> {
  const refusal = decidePermission(actor, "groups:write");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  return ctx.db.transaction(async (tx) => {
    // Two that want one name take turns.
    await lockAccess(tx, organizationId);
    const group = await lockGroup(tx, actor, id);
    if (!group) return refused("not_found");
    if (group.name === name) return done({ id });
    const named = and(eq(groups.organizationId, organizationId), eq(groups.name, name), ne(groups.id, id));
    if ((await tx.$count(groups, named)) > 0) return refused("group_name_taken", "name");
    await tx
      .update(groups)
      .set({ name })
      .where(and(eq(groups.organizationId, organizationId), eq(groups.id, id)));
    const details = { name: { from: group.name, to: name } };
    const subject = { kind: "group", id } as const;
    await recordAudit(tx, actor, { organizationId, action: "group.updated", subject, details }, ctx);
    return done({ id });
  });
}
