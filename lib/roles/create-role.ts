import { v7 as uuidv7 } from "uuid";
import { roles } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { lockAccess } from "@/lib/members/lock-access";
import { done, type Outcome, refused } from "@/lib/refusal";
import { isRoleName, refuseGrant } from "./role-facts";
import type { CreateRoleInput } from "./role-input";

/** Adds a role of the organization's own. It may hold what the actor holds, and no more. */
export async function createRole(
  actor: Actor,
  { name, permissions }: CreateRoleInput,
  ctx: Context,
): Promise<Outcome<{ id: string }>> {
  const refusal = decidePermission(actor, "roles:write");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  return ctx.db.transaction(async (tx) => {
    await lockAccess(tx, organizationId);
    const refusal = await refuseGrant(tx, actor, permissions);
    if (refusal) return { ok: false, refusal };
    if (await isRoleName(tx, organizationId, name)) return refused("role_name_taken", "name");
    const id = uuidv7({ msecs: ctx.now.getTime() });
    await tx.insert(roles).values({ organizationId, id, name, permissions, createdAt: ctx.now });
    const subject = { kind: "role", id } as const;
    await recordAudit(
      tx,
      actor,
      { organizationId, action: "role.created", subject, details: { name, permissions } },
      ctx,
    );
    return done({ id });
  });
}
