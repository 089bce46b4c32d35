import { type Actor, actsInPart, isAdministrator } from "@/lib/access/actor";
import { outsideOf } from "@/lib/access/networks";
import { isSubset, type Permission } from "@/lib/access/permission";
import { done, type Outcome, type Refusal, refused } from "@/lib/refusal";
import { tokenNaming } from "./token-naming";
import { DAY } from "./token-status";

/** An organization's rules for tokens. A preset is a set of these values (`token-presets.ts`). */
export interface TokenPolicy {
  issuers: "everyone" | "administrators" | "administrators_with_teams" | "permitted";
  visibility: "own" | "administrators" | "permitted";
  access: "assigned_role" | "issuer";
  expiry: "never" | "optional" | "required" | "fixed";
  /** Days: the exact length where `expiry` is fixed; the longest that may be chosen otherwise, null for no bound. */
  expiryDays: number | null;
  deleteExpired: boolean;
  maxPerOrganization: number | null;
  maxPerIssuer: number | null;
  credential: "secret" | "client";
  description: "hidden" | "optional" | "required";
  /** Characters that a description has at least, where there is one; null for no bound. */
  descriptionLength: number | null;
  secretShown: "plain" | "masked";
  closing: "close" | "button" | "checkbox";
  mailOnCreate: boolean;
  mailOnDelete: boolean;
  noticeDays: number[];
  noticeAdministrators: boolean;
  /** Without use, after which a token is told of and then deleted; null for never. */
  inactiveDays: number | null;
  tokensMayMint: boolean;
  /** From where tokens may be used, as `lib/access/networks.ts` keeps blocks and addresses; empty for anywhere. */
  allowedNetworks: string[];
  /** Calls a minute: of each token, and of all of the organization together; null for no bound. */
  callsPerToken: number | null;
  callsPerOrganization: number | null;
}

/** The organization, as far as it bears on its tokens. */
export interface TokenOrganization {
  tokensEnabled: boolean;
  teamsEnabled: boolean;
}

type Who = Pick<Actor, "kind" | "permissions"> & { readonly narrowed?: true };

const isForAdministrators = (policy: TokenPolicy, organization: TokenOrganization) =>
  policy.issuers === "administrators" || (policy.issuers === "administrators_with_teams" && organization.teamsEnabled);

/** Whether this actor may create any token at all: said by the disabled button, and asked again by the verb. */
export function decideIssuer(actor: Who, policy: TokenPolicy, organization: TokenOrganization): Refusal | null {
  if (!organization.tokensEnabled) return { code: "tokens_disabled" };
  if (actor.kind === "token" && !(policy.tokensMayMint && actor.permissions.has("tokens:create"))) {
    return { code: "token_cannot_mint" };
  }
  const mayIssue =
    policy.issuers === "permitted"
      ? actor.permissions.has("tokens:create")
      : !isForAdministrators(policy, organization) || isAdministrator(actor);
  return mayIssue ? null : { code: "not_an_issuer" };
}

/** Where a person has one token at most, it is looked after in the profile. */
export const isSingle = (policy: Pick<TokenPolicy, "maxPerIssuer">): boolean => policy.maxPerIssuer === 1;

/** Whether one more live token fits. Counts are of live tokens, taken under the policy row's lock. */
export function decideLimits(policy: TokenPolicy, live: { organization: number; issuer: number }): Refusal | null {
  if (policy.maxPerIssuer !== null && live.issuer >= policy.maxPerIssuer) return { code: "issuer_limit_reached" };
  if (policy.maxPerOrganization !== null && live.organization >= policy.maxPerOrganization) {
    return { code: "organization_limit_reached" };
  }
  return null;
}

/**
 * The expiry that a new token gets: the wish, checked against the policy, or what the policy fixes.
 * `wish` is an instant, null for never, undefined where nothing was asked.
 */
export function decideExpiry(
  policy: Pick<TokenPolicy, "expiry" | "expiryDays">,
  wish: Date | null | undefined,
  now: Date,
): Outcome<Date | null> {
  switch (policy.expiry) {
    case "never":
      return wish ? refused("expiry_not_allowed", "expires_at") : done(null);
    case "fixed":
      return wish
        ? refused("expiry_not_allowed", "expires_at")
        : done(new Date(now.getTime() + (policy.expiryDays ?? 0) * DAY));
    case "required":
      if (!wish) return refused("expiry_required", "expires_at");
      break;
    case "optional":
      if (!wish) {
        return policy.expiryDays === null ? done(null) : refused("expiry_required", "expires_at");
      }
  }
  if (wish.getTime() <= now.getTime()) return refused("expiry_in_past", "expires_at");
  if (policy.expiryDays !== null && wish.getTime() - now.getTime() > policy.expiryDays * DAY) {
    return refused("expiry_too_far", "expires_at");
  }
  return done(wish);
}

/** A role that was asked for: its permissions, or that the organization has none of that id. Null where none was asked for. */
export type AskedRole = { permissions: readonly Permission[] } | "unknown" | null;

/** Whether a role may be put on a token by this actor. */
export function decideRole(
  actor: Pick<Actor, "permissions">,
  policy: Pick<TokenPolicy, "access">,
  role: AskedRole,
): Refusal | null {
  if (policy.access === "issuer") return role ? { code: "role_not_allowed", field: "role_id" } : null;
  if (!role) return { code: "role_required", field: "role_id" };
  if (role === "unknown") return { code: "role_not_found", field: "role_id" };
  return isSubset(role.permissions, actor.permissions) ? null : { code: "role_exceeds_yours", field: "role_id" };
}

/** A service account that a token is asked for: what bears on it, or that the organization has none of that id. */
export interface AskedAccount {
  isActive: boolean;
  /** The actor answers for it: see `accountsOf`. */
  answersFor: boolean;
  /** It is in no group that bounds the actor out: a token of it sees nothing that the actor does not. */
  withinSight: boolean;
  permissions: readonly Permission[];
}

/** Whether an actor may create tokens for accounts that others answer for. */
export const overseesAccounts = (actor: Pick<Actor, "permissions">, policy: TokenPolicy): boolean =>
  isAdministrator(actor) && visibleTokens(actor, policy) === "all";

/**
 * Whether an actor may create tokens for a service account: it answers for the account, or administers the organization
 * and sees the account's tokens; and the account may do and see nothing that the actor may not.
 */
export function decideAccount(
  actor: Pick<Actor, "permissions">,
  policy: TokenPolicy,
  account: AskedAccount | "unknown",
): Refusal | null {
  if (account === "unknown" || !account.isActive || !(account.answersFor || overseesAccounts(actor, policy))) {
    return { code: "account_not_yours", field: "issuer_id" };
  }
  if (!account.withinSight) return { code: "account_sees_more", field: "issuer_id" };
  return isSubset(account.permissions, actor.permissions) ? null : { code: "role_exceeds_yours", field: "issuer_id" };
}

/** Whether a role may be put on a token that an account issues: no more than the account itself may do. */
export function decideAccountRole(account: Pick<AskedAccount, "permissions">, role: AskedRole): Refusal | null {
  const exceeds = role && role !== "unknown" && !isSubset(role.permissions, new Set(account.permissions));
  return exceeds ? { code: "role_exceeds_account", field: "role_id" } : null;
}

/** Who makes one without a role makes one that follows the member: more than a token, or a narrowed sign-in, may do. */
function decideMirror(actor: Who, { role, memberPermissions }: CreateFacts): Refusal | null {
  if (!actsInPart(actor) || role !== null || isSubset(memberPermissions, actor.permissions)) return null;
  return { code: "exceeds_this_token" };
}

export function decideDescription(
  policy: Pick<TokenPolicy, "description" | "descriptionLength">,
  description: string | null,
): Refusal | null {
  if (policy.description === "hidden" && description) return { code: "description_not_allowed", field: "description" };
  if (policy.description === "required" && !description) return { code: "description_required", field: "description" };
  if (description && [...description].length < (policy.descriptionLength ?? 0)) {
    return { code: "description_too_short", field: "description" };
  }
  return null;
}

/**
 * Whether a token may be bound to these networks, beside the policy's own; empty for none. One that reaches beyond the
 * policy's would promise an access that it does not give. A token that makes or changes one hands on its own bounds:
 * `actorNetworks` are those of the token that acts, empty where it has none or a person acts.
 */
export function decideNetworks(
  policy: Pick<TokenPolicy, "allowedNetworks">,
  networks: readonly string[],
  actorNetworks: readonly string[] = [],
): Refusal | null {
  if (outsideOf(networks, policy.allowedNetworks).length > 0) {
    return { code: "networks_outside_policy", field: "allowed_networks" };
  }
  const widens = actorNetworks.length > 0 && (networks.length === 0 || outsideOf(networks, actorNetworks).length > 0);
  return widens ? { code: "exceeds_this_token", field: "allowed_networks" } : null;
}

/** `name` as `tokenName` finds it. A description that says nothing makes none. */
function decideName(policy: TokenPolicy, name: string | null): Outcome<string> {
  if (name !== null) return done(name);
  return tokenNaming(policy) === "description"
    ? refused("description_required", "description")
    : refused("name_required", "name");
}

/** Facts that a creation is decided by, loaded under the policy row's lock. */
export interface CreateFacts {
  organization: TokenOrganization;
  policy: TokenPolicy;
  role: AskedRole;
  /** Whom it is for; null where the actor's member issues it. */
  account: AskedAccount | "unknown" | null;
  /** What the member may do on whose behalf the actor acts. */
  memberPermissions: readonly Permission[];
  /** `issuer` counts those of the account, where it is for one. */
  live: { organization: number; issuer: number };
  nameTaken: boolean;
  /** Those that the token which acts is bound to; empty where it is to none, or a person acts. */
  actorNetworks: readonly string[];
}

/** All of a creation's rules, in the order in which a person meets them. Returns the name and expiry of the token to be. */
export function decideCreate(
  actor: Who,
  wish: {
    name: string | null;
    description: string | null;
    expiresAt: Date | null | undefined;
    allowedNetworks: readonly string[];
  },
  facts: CreateFacts,
  now: Date,
): Outcome<{ name: string; expiresAt: Date | null }> {
  const { account } = facts;
  const refusal =
    decideIssuer(actor, facts.policy, facts.organization) ??
    (account && decideAccount(actor, facts.policy, account)) ??
    decideRole(actor, facts.policy, facts.role) ??
    (account && account !== "unknown" ? decideAccountRole(account, facts.role) : null) ??
    (account ? null : decideMirror(actor, facts)) ??
    decideDescription(facts.policy, wish.description) ??
    decideNetworks(facts.policy, wish.allowedNetworks, facts.actorNetworks);
  if (refusal) return { ok: false, refusal };
  const name = decideName(facts.policy, wish.name);
  if (!name.ok) return name;
  const expiry = decideExpiry(facts.policy, wish.expiresAt, now);
  if (!expiry.ok) return expiry;
  const limit = decideLimits(facts.policy, facts.live);
  if (limit) return { ok: false, refusal: limit };
  if (facts.nameTaken) return refused("name_taken", "name");
  return done({ name: name.value, expiresAt: expiry.value });
}

/** Which tokens an actor sees: every one of the organization, or those that its member issued. */
export function visibleTokens(actor: Pick<Actor, "permissions">, policy: TokenPolicy): "all" | "own" {
  switch (policy.visibility) {
    case "own":
      return "own";
    case "administrators":
      return isAdministrator(actor) ? "all" : "own";
    case "permitted":
      return actor.permissions.has("tokens:oversee") ? "all" : "own";
  }
}

/**
 * Whether an actor may change or delete a token that it sees: a person their own and those of accounts that they answer
 * for, and others' with `tokens:manage`. One that is not seen is not found before this is asked; a token that ends itself
 * is not asked.
 */
export function decideChange(
  actor: Who,
  policy: TokenPolicy,
  organization: TokenOrganization,
  target: {
    /** What it may do while it lives. */
    power: Iterable<Permission>;
    isOwn: boolean;
  },
): { code: "not_yours_to_change" | "exceeds_this_token" } | null {
  if (isForAdministrators(policy, organization) && !isAdministrator(actor)) return { code: "not_yours_to_change" };
  const manages = actor.permissions.has("tokens:manage") || isAdministrator(actor);
  if (actor.kind === "member" && !target.isOwn && !manages) return { code: "not_yours_to_change" };
  return actsInPart(actor) && !isSubset(target.power, actor.permissions) ? { code: "exceeds_this_token" } : null;
}
