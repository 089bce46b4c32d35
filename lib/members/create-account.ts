import { v7 as uuidv7 } from "uuid";
import { groupMembers, members, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome } from "@/lib/refusal";
import { loadGroups, loadRole, ownerColumns } from "./load-member";
import { lockAccess } from "./lock-access";
import type { CreateAccountInput } from "./member-input";
import { decideGivenGroups, decideGivenRole } from "./member-policy";

/** Adds a service account: a member that nobody can sign in as, for tokens that outlive any one person's work. */
export async function createAccount(
  actor: Actor,
  input: CreateAccountInput,
  ctx: Context,
): Promise<Outcome<{ id: string }>> {
  const refusal = decidePermission(actor, "members:write");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  return ctx.db.transaction(async (tx) => {
    await lockAccess(tx, organizationId);
    const role = await loadRole(tx, organizationId, input.role_id);
    const found = await loadGroups(tx, organizationId, input.group_ids);
    const refusal =
      decideGivenRole(actor, role) ?? decideGivenGroups(actor, { asked: input.group_ids, found }, "group_ids");
    if (refusal) return { ok: false, refusal };
    const owner = await ownerColumns(tx, actor, input.owner);
    if (!owner.ok) return owner;
    const [userId, id] = [uuidv7({ msecs: ctx.now.getTime() }), uuidv7({ msecs: ctx.now.getTime() })];
    await tx.insert(users).values({ id: userId, kind: "service", name: input.name, createdAt: ctx.now });
    const roleId = input.role_id;
    await tx.insert(members).values({ organizationId, id, userId, roleId, ...owner.value, createdAt: ctx.now });
    if (input.group_ids.length > 0) {
      await tx
        .insert(groupMembers)
        .values(input.group_ids.map((groupId) => ({ organizationId, groupId, memberId: id })));
    }
    const subject = { kind: "member", id } as const;
    const details = { name: input.name, role_id: roleId, group_ids: input.group_ids, owner: input.owner };
    await recordAudit(tx, actor, { organizationId, action: "account.created", subject, details }, ctx);
    return done({ id });
  });
}
