import { z } from "zod";
import { accessRequests } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { descriptionInput } from "@/lib/text-input";
import { lockTokenRules } from "@/lib/tokens/lock-token-rules";
import { loadOrganization } from "./load-organization";

export const requestAccessInput = z.strictObject({
  reason: descriptionInput("the reason")
    .nullish()
    .transform((value) => value ?? null),
});

/**
 * Asks the operator to switch tokens on, once a member. Takes the lock that switching them takes, so that no request
 * outlives its answer.
 */
export async function requestAccess(
  actor: MemberActor,
  { reason }: z.output<typeof requestAccessInput>,
  ctx: Context,
): Promise<Outcome<{ requestedAt: Date }>> {
  const { organizationId, memberId } = actor;
  return ctx.db.transaction(async (tx) => {
    await lockTokenRules(tx, organizationId);
    const organization = await loadOrganization(tx, organizationId);
    if (organization?.tokensEnabled !== false) return refused("tokens_on_already");
    const rows = await tx
      .insert(accessRequests)
      .values({ organizationId, memberId, reason, createdAt: ctx.now })
      .onConflictDoNothing()
      .returning({ requestedAt: accessRequests.createdAt });
    if (rows.length === 0) return refused("already_requested");
    await recordAudit(
      tx,
      actor,
      {
        organizationId,
        action: "tokens.requested",
        subject: { kind: "organization", id: organizationId },
        details: { reason },
      },
      ctx,
    );
    return done({ requestedAt: ctx.now });
  });
}
