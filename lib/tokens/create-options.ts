import { and, eq } from "drizzle-orm";
import { apiTokens, roles } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import type { Refusal } from "@/lib/refusal";
import { countLiveTokens, isLive } from "./live-tokens";
import { type AccountChoice, accountChoices } from "./load-account";
import type { TokenRules } from "./load-rules";
import { visibleCondition } from "./read-tokens";
import { decideIssuer, decideLimits, decideRole, type TokenPolicy, visibleTokens } from "./token-policy";
import { policyOf } from "./token-policy-input";

/** What the create dialog leaves open, and what it would be refused for, said before anything is typed. */
export interface CreateOptions {
  /** Why this actor cannot create a token now; null where it can. */
  refusal: Refusal | null;
  policy: TokenPolicy;
  /** Roles of the organization, most permissions first; with why this actor may not give one. Empty where tokens mirror their issuer. */
  roles: { id: string; name: string; permissions: string[]; refusal: Refusal | null }[];
  /** The service accounts that one may create tokens for, by name, with why one may not now. */
  accounts: AccountChoice[];
  /** Of the organization those that the actor sees, or all where a limit counts them. */
  live: { organization: number; issuer: number };
  limits: { organization: number | null; issuer: number | null };
  /** Where the actor is now, to be added to a token's networks; null where that is not known. */
  address: string | null;
}

export async function createOptions(actor: Actor, rules: TokenRules, ctx: Context): Promise<CreateOptions> {
  const { policy, organization } = rules;
  const countsAll = policy.maxPerOrganization !== null || (visibleTokens(actor, policy) === "all" && !actor.bounded);
  const [live, seen, accounts, rows] = await Promise.all([
    countLiveTokens(ctx.db, actor, ctx.now),
    countsAll ? null : ctx.db.$count(apiTokens, and(visibleCondition(actor, policy), isLive(ctx.now))),
    accountChoices(actor, rules, ctx),
    ctx.db
      .select({ id: roles.id, name: roles.name, permissions: roles.permissions })
      .from(roles)
      .where(eq(roles.organizationId, actor.organizationId)),
  ]);
  return {
    refusal: decideIssuer(actor, policy, organization) ?? decideLimits(policy, live),
    policy: policyOf(policy),
    roles:
      policy.access === "issuer"
        ? []
        : rows
            .map((role) => ({ ...role, refusal: decideRole(actor, policy, role) }))
            .sort((a, b) => b.permissions.length - a.permissions.length || a.name.localeCompare(b.name)),
    accounts,
    live: { ...live, organization: seen ?? live.organization },
    limits: { organization: policy.maxPerOrganization, issuer: policy.maxPerIssuer },
    address: ctx.origin.ip,
  };
}
