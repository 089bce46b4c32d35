import { eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { apiTokens, tokenPolicies } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { watchAsPolicy } from "./inactivity-watch";
import { loadRules } from "./load-rules";
import { markDeleted } from "./mark-deleted";
import { readFates } from "./read-fates";
import { deletesExpired, type PolicyChange } from "./token-compliance";
import { changedFields, type UpdatePolicyInput } from "./token-policy-input";

/** Rows deleted by one statement; their events go into one as well. */
const CHUNK = 10_000;

/**
 * Saves the policy, where nobody saved another one since the person saw it, and does to existing tokens what its preview
 * said. Only a person may: no permission lets a token change the policy. Creations of the organization wait for it. Answers with the new version; a save that changes nothing keeps the old.
 */
export async function updatePolicy(
  actor: MemberActor,
  { policy, preset, version }: UpdatePolicyInput,
  ctx: Context,
): Promise<Outcome<{ version: number; deleted: number }>> {
  const refusal = decidePermission(actor, "organization:manage");
  if (refusal) return { ok: false, refusal };
  return ctx.db.transaction(async (tx) => {
    const rules = await loadRules(tx, actor.organizationId, { lock: true });
    if (rules.policy.version !== version) return refused("policy_changed");
    const changes = changedFields(rules.policy, { ...policy, preset });
    if (Object.keys(changes).length === 0) return done({ version, deleted: 0 });

    await tx
      .update(tokenPolicies)
      .set({ ...policy, preset, version: version + 1, updatedAt: ctx.now })
      .where(eq(tokenPolicies.organizationId, actor.organizationId));
    await watchAsPolicy(tx, actor.organizationId, { from: rules.policy, to: policy }, ctx.now);
    const deleted = await deleteExpired(
      tx,
      actor,
      { from: rules.policy, to: policy, organization: rules.organization },
      ctx,
    );
    await recordAudit(
      tx,
      actor,
      {
        organizationId: actor.organizationId,
        action: "policy.updated",
        subject: { kind: "policy", id: actor.organizationId },
        details: { changes, version: version + 1, ...(deleted > 0 ? { deleted_tokens: deleted } : {}) },
      },
      ctx,
    );
    return done({ version: version + 1, deleted });
  });
}

/** Deletes what the change deletes; what somebody else deleted meanwhile is theirs. */
async function deleteExpired(tx: Tx, actor: MemberActor, change: PolicyChange, ctx: Context): Promise<number> {
  if (!deletesExpired(change)) return 0;
  const tokens = await readFates(tx, actor, change, ctx.now, { onlyDeleted: true });
  const ids = tokens.filter(({ fate }) => fate === "deleted").map(({ id }) => id);
  let deleted = 0;
  for (let at = 0; at < ids.length; at += CHUNK) {
    const rows = await markDeleted(
      tx,
      {
        organizationId: actor.organizationId,
        which: inArray(apiTokens.id, ids.slice(at, at + CHUNK)),
        by: actor,
        policy: change.to,
        details: () => ({ by_policy: "deleteExpired" }),
        told: { event: "token_deleted", how: "policy_changed" },
      },
      ctx,
    );
    deleted += rows.length;
  }
  return deleted;
}
