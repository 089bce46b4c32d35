import type { RefusalCode } from "@/lib/refusal";
import type { TokenPolicy } from "@/lib/tokens/token-policy";

/**
 * Who or what can make a rule say something else: what the caller sends; the token policy; what the token and its issuer may
 * do; the token itself, on its page; a person in the console; the members, roles and groups in question; nothing but asking
 * again; whoever runs Latchkey. `elsewhere` are rules that no token meets.
 */
export type Remedy =
  | "input"
  | "policy"
  | "rights"
  | "token"
  | "console"
  | "people"
  | "again"
  | "operator"
  | "elsewhere";

/** Closed over all rules: a new one says here who can change what it answers. */
export const REMEDIES = {
  tokens_disabled: "operator",
  not_an_issuer: "policy",
  role_required: "input",
  role_not_allowed: "input",
  role_not_found: "input",
  role_exceeds_yours: "rights",
  organization_limit_reached: "policy",
  issuer_limit_reached: "policy",
  expiry_required: "input",
  expiry_not_allowed: "input",
  expiry_too_far: "policy",
  expiry_in_past: "input",
  description_too_short: "policy",
  description_required: "input",
  description_not_allowed: "input",
  networks_outside_policy: "policy",
  name_required: "input",
  name_taken: "input",
  token_cannot_mint: "policy",
  expiry_not_later: "input",
  does_not_expire: "input",
  rotation_exceeds_yours: "rights",
  extension_exceeds_yours: "rights",
  extension_not_yours: "policy",
  mirrors_its_issuer: "console",
  expiry_not_its_own: "console",
  rotated_just_now: "token",
  other_secret_waits: "token",
  no_rotation: "token",
  token_expired: "token",
  token_stopped: "token",
  secret_superseded: "token",
  reminder_too_late: "input",
  notice_mandatory: "elsewhere",
  notices_changed: "again",
  not_yours_to_change: "policy",
  not_permitted: "rights",
  policy_changed: "again",
  organization_changed: "again",
  organization_switched: "elsewhere",
  plan_excludes_tokens: "operator",
  already_requested: "again",
  last_administrator: "people",
  member_outranks_you: "rights",
  already_member: "input",
  already_invited: "people",
  too_many_invitations: "people",
  not_in_hub: "input",
  member_not_found: "input",
  group_not_found: "input",
  group_owns_accounts: "people",
  owner_required: "input",
  not_a_service_account: "input",
  invitation_invalid: "elsewhere",
  sign_in_to_accept: "elsewhere",
  other_account: "elsewhere",
  role_built_in: "people",
  role_in_use: "people",
  role_name_taken: "input",
  group_name_taken: "input",
  permission_name_taken: "input",
  permission_not_found: "input",
  permission_in_use: "people",
  sign_in_failed: "elsewhere",
  no_organization: "elsewhere",
  organization_required: "elsewhere",
  organization_unknown: "elsewhere",
  scope_exceeds_yours: "rights",
  scope_too_long: "elsewhere",
  refresh_token_invalid: "elsewhere",
  too_many_refreshes: "elsewhere",
  too_many_attempts: "elsewhere",
  setup_code_wrong: "elsewhere",
  already_set_up: "elsewhere",
  exceeds_this_token: "rights",
  role_exceeds_account: "console",
  account_sees_more: "console",
  account_not_yours: "console",
  tokens_on_already: "operator",
  no_worker: "elsewhere",
  already_deleted: "token",
  not_found: "input",
} as const satisfies Record<RefusalCode, Remedy>;

type OfThePolicy = {
  [Code in RefusalCode]: (typeof REMEDIES)[Code] extends "policy" ? Code : never;
}[RefusalCode];

/** The fields of the policy that decide a rule of it. Closed: a further rule says here which they are. */
const DECIDING: Record<OfThePolicy, readonly (keyof TokenPolicy)[]> = {
  not_an_issuer: ["issuers"],
  organization_limit_reached: ["maxPerOrganization"],
  issuer_limit_reached: ["maxPerIssuer"],
  expiry_too_far: ["expiry", "expiryDays"],
  description_too_short: ["descriptionLength"],
  networks_outside_policy: ["allowedNetworks"],
  token_cannot_mint: ["tokensMayMint"],
  extension_not_yours: ["issuers"],
  not_yours_to_change: ["issuers"],
};

/** Empty where it is no field of the policy that decides. */
export const decidingFields = (code: string): readonly (keyof TokenPolicy)[] =>
  Object.hasOwn(DECIDING, code) ? DECIDING[code as OfThePolicy] : [];

export const REMEDY_SENTENCES: Record<Remedy, string> = {
  input: "The rule is about what was sent. Send something else.",
  policy: "The organization's token policy decides this.",
  rights: "What a token may do ends where its own rights and those of its issuer end.",
  token: "This is decided by the state of the token itself.",
  console: "No token may do this. A person does it in the console.",
  people: "What the members, roles or groups in question hold now has to change first.",
  again: "Something changed meanwhile. Read it as it is now, then send the call again.",
  operator: "Only whoever runs Latchkey can change this.",
  elsewhere: "Nothing in this organization changes this.",
};
