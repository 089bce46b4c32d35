import type { Permission } from "@/lib/access/permission";
import {
  decideChange,
  decideDescription,
  decideExpiry,
  decideIssuer,
  decideRole,
  type TokenOrganization,
  type TokenPolicy,
  visibleTokens,
} from "./token-policy";
import type { TokenKind } from "./token-secret";
import { tokenStatus } from "./token-status";

/** How a live token can differ from what the policy would allow to be created, each with its sentence. */
export const OUTSIDE_REASONS = {
  credential: "It is not the kind of credential that the policy gives out.",
  role_missing: "It has no role of its own; the policy puts a role on every token.",
  role_kept: "It has a role of its own; by the policy, tokens follow their issuer.",
  expiry_missing: "It never expires; the policy asks for an expiry.",
  expiry_too_far: "It lives longer than the policy allows.",
  description_missing: "It has no description; the policy asks for one.",
  description_short: "Its description is shorter than the policy asks for.",
  issuer_not_allowed: "Whoever issued it may not create tokens by the policy.",
} as const;
export type OutsideReason = keyof typeof OUTSIDE_REASONS;

/** What can be put right on the token itself; anything else takes a new token. */
export const MENDABLE: ReadonlySet<OutsideReason> = new Set(["description_missing", "description_short"]);

/** A token, as far as a policy bears on it. */
export interface PolicyFacts {
  kind: TokenKind;
  hasRole: boolean;
  /** When its expiry was chosen: at its creation, or later. */
  expirySetAt: Date;
  expiresAt: Date | null;
  deletedAt: Date | null;
  /** Characters; 0 where there is none. */
  descriptionLength: number;
  issuer: {
    permissions: ReadonlySet<Permission>;
    /** A program: whoever answers for it created the token, so its own rights say nothing about who may create. */
    isService: boolean;
  };
}

type Rules = { policy: TokenPolicy; organization: Pick<TokenOrganization, "teamsEnabled"> };

/**
 * In what a live token lies outside the policy; empty where it lies within, and for tokens that are over. Its lifetime is
 * measured from when its expiry was chosen. What is stricter than the policy (an expiry where none is asked for, a description where
 * none is shown) lies within. `outsideCondition` is the same in SQL.
 */
export function outsideReasons(token: PolicyFacts, { policy, organization }: Rules, now: Date): OutsideReason[] {
  if (tokenStatus(token, now) !== "active") return [];
  const reasons: OutsideReason[] = [];
  if (token.kind !== "tmp" && (token.kind === "cls") !== (policy.credential === "client")) reasons.push("credential");
  // Whether the role is one that the issuer may give is no matter here: a token never does more than its issuer may.
  const role = decideRole(token.issuer, policy, token.hasRole ? { permissions: [] } : null)?.code;
  if (role === "role_required") reasons.push("role_missing");
  if (role === "role_not_allowed") reasons.push("role_kept");
  const expiry = expiryReason(token, policy);
  if (expiry) reasons.push(expiry);
  const description = decideDescription(policy, "x".repeat(token.descriptionLength) || null)?.code;
  if (description === "description_required") reasons.push("description_missing");
  if (description === "description_too_short") reasons.push("description_short");
  if (!token.issuer.isService && !mayIssue({ kind: "member", ...token.issuer }, { policy, organization })) {
    reasons.push("issuer_not_allowed");
  }
  return reasons;
}

function expiryReason(token: PolicyFacts, policy: TokenPolicy): OutsideReason | null {
  // An end that is not asked for is no harm, and a shorter life than the fixed one neither.
  if (policy.expiry === "never") return null;
  const bound = { ...policy, expiry: policy.expiry === "fixed" ? ("required" as const) : policy.expiry };
  const outcome = decideExpiry(bound, token.expiresAt, token.expirySetAt);
  if (outcome.ok) return null;
  if (outcome.refusal.code === "expiry_required") return "expiry_missing";
  return outcome.refusal.code === "expiry_too_far" ? "expiry_too_far" : null;
}

/** Tokens that are switched off are off for all alike: that says nothing about one of them. */
const mayIssue = (who: Parameters<typeof decideIssuer>[0], { policy, organization }: Rules) =>
  decideIssuer(who, policy, { ...organization, tokensEnabled: true }) === null;

/** What a token may do by the policy, beside its permissions. */
export const TOKEN_RIGHTS = {
  create_tokens: "create tokens",
  change_tokens: "change and delete tokens",
  see_all_tokens: "see everybody’s tokens",
} as const;
export type TokenRight = keyof typeof TOKEN_RIGHTS;

/** What the policy lets a token do that holds these permissions now. */
export function tokenRights(permissions: ReadonlySet<Permission>, { policy, organization }: Rules): TokenRight[] {
  const token = { kind: "token" as const, permissions };
  const rights: TokenRight[] = [];
  if (mayIssue(token, { policy, organization })) rights.push("create_tokens");
  if (
    permissions.has("tokens:manage") &&
    decideChange(token, policy, { ...organization, tokensEnabled: true }, { power: [], isOwn: true }) === null
  ) {
    rights.push("change_tokens");
  }
  if (permissions.has("tokens:read") && visibleTokens(token, policy) === "all") rights.push("see_all_tokens");
  return rights;
}

export const FATES = ["stays", "outside", "loses_rights", "deleted"] as const;
/** What becomes of a token when the policy changes: the gravest of what applies. */
export type Fate = (typeof FATES)[number];

export interface TokenFate {
  fate: Fate;
  /** In what it lies outside the new policy. */
  reasons: OutsideReason[];
  lost: TokenRight[];
  gained: TokenRight[];
}

/** A change of policy in one organization, at a moment. */
export interface PolicyChange {
  from: TokenPolicy;
  to: TokenPolicy;
  organization: Pick<TokenOrganization, "teamsEnabled">;
}

/** True where saving deletes the tokens that have expired: the rule is switched on, so those from before it go too. */
export const deletesExpired = ({ from, to }: Pick<PolicyChange, "from" | "to">) =>
  to.deleteExpired && !from.deleteExpired;

/** What a change of policy takes from, and gives to, a token that holds these permissions now. */
export function rightsChange(
  permissions: ReadonlySet<Permission>,
  { from, to, organization }: PolicyChange,
): Pick<TokenFate, "lost" | "gained"> {
  const before = tokenRights(permissions, { policy: from, organization });
  const after = tokenRights(permissions, { policy: to, organization });
  return {
    lost: before.filter((right) => !after.includes(right)),
    gained: after.filter((right) => !before.includes(right)),
  };
}

/**
 * What a change of policy does to a token that is not deleted; `rights` is the `rightsChange` of what it holds. No
 * permission widens: one with a role keeps it and one without keeps following its issuer, whatever becomes of `access`.
 */
export function tokenFate(
  token: PolicyFacts,
  rights: Pick<TokenFate, "lost" | "gained">,
  change: PolicyChange,
  now: Date,
): TokenFate {
  if (tokenStatus(token, now) !== "active") {
    return { fate: deletesExpired(change) ? "deleted" : "stays", reasons: [], lost: [], gained: [] };
  }
  const reasons = outsideReasons(token, { policy: change.to, organization: change.organization }, now);
  const fate = rights.lost.length > 0 ? "loses_rights" : reasons.length > 0 ? "outside" : "stays";
  return { fate, reasons, lost: rights.lost, gained: rights.gained };
}
