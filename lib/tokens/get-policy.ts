import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import type { Context } from "@/lib/context";
import { done, type Outcome } from "@/lib/refusal";
import { loadRules } from "./load-rules";
import type { TokenPolicy } from "./token-policy";
import { policyOf } from "./token-policy-input";
import type { Preset } from "./token-presets";

/** The policy as its page starts from it. */
export interface PolicyView {
  policy: TokenPolicy;
  preset: Preset;
  /** Sent back with a change, so that nobody overwrites what they did not see. */
  version: number;
  updatedAt: Date;
  teamsEnabled: boolean;
  /** Where the reader is now, to be added to the networks; null where that is not known. */
  address: string | null;
}

export async function getPolicy(actor: Actor, ctx: Context): Promise<Outcome<PolicyView>> {
  const refusal = decidePermission(actor, "organization:manage");
  if (refusal) return { ok: false, refusal };
  const { policy, organization } = await loadRules(ctx.db, actor.organizationId);
  const { preset, version, updatedAt } = policy;
  return done({
    policy: policyOf(policy),
    preset,
    version,
    updatedAt,
    teamsEnabled: organization.teamsEnabled,
    address: ctx.origin.ip,
  });
}
