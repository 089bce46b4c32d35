import type { ProblemTexts } from "./problem-text";

/** The policy, or what somebody may do, says no to a new token or to a change of one. Nothing was made. */
export const CREATING_TEXTS = {
  tokens_disabled: {
    what: "The organization has tokens switched off. None is made, and those that exist are refused.",
    why: "An operator of this server switches them on for each organization, and they go with its plan. Switched off, tokens are kept: once they are on again, the same ones work.",
    mend: [
      "An administrator can ask for them on the console's page of tokens.",
      "An operator switches them on, on the page of the organization.",
    ],
    screen: "tokens",
  },
  not_an_issuer: {
    what: "No token was created, because the issuer's role is not among those that may create one.",
    why: "The policy names who issues: everybody, certain roles, or administrators. A token asks for its issuer, so it may create one only where the person could.",
    mend: [
      "Ask somebody who may, usually an administrator, to create it, or to issue it for a service account that you answer for.",
      "An administrator can add the role under *Who issues*.",
    ],
    screen: "policy",
  },
  role_required: {
    what: "No token was created: it was not said which role it has.",
    why: "Under this policy each token has a role of its own, so that it may do less than its issuer. There is no default, since a wrong guess would allow too much.",
    mend: [
      "Send `role_id`. `GET /api/v1/roles` lists the roles with their ids and permissions.",
      "Choose the least that does the work: a reader needs no role that writes.",
    ],
    field: "role_id",
    screen: "policy",
  },
  role_not_allowed: {
    what: "No token was created: a role was given, and tokens of this organization have none.",
    why: "Under this policy a token does whatever its issuer may do, now and later. A role that was taken and then ignored would promise less than the token can do.",
    mend: ["Leave `role_id` out.", "For a token that may do less, issue it for a service account with a lower role."],
    field: "role_id",
    screen: "policy",
  },
  role_not_found: {
    what: "Nothing was done: the role does not exist in this organization.",
    why: "Roles are looked for in the organization of the caller only. It may have been deleted, or the id is one of another organization.",
    mend: ["Read the ids anew with `GET /api/v1/roles`.", "Send the role's id and not its name."],
    field: "role_id",
    screen: "roles",
  },
  role_exceeds_yours: {
    what: "Nothing was done: the role allows something that the one who asks may not do.",
    why: "Nobody hands on more than they have, be it to a token, to a member or to a role. One single permission more is enough.",
    mend: [
      "Compare the role with `permissions` in `GET /api/v1/me`, and choose one that lies within it.",
      "Ask somebody who may do as much.",
    ],
    field: "role_id",
    screen: "roles",
  },
  organization_limit_reached: {
    what: "No token was created: the organization has as many active ones as its policy or plan allows.",
    why: "Active ones count; expired and deleted ones do not. The count is taken under a lock, so two requests at once do not slip past it.",
    mend: [
      "Delete one that nobody uses: the filter *Last used, over 90 days* finds them, `GET /api/v1/tokens?last_used=over_90d` as well.",
      "An administrator can raise the limit, as far as the plan goes.",
    ],
    screen: "tokens",
  },
  issuer_limit_reached: {
    what: "No token was created: its issuer has as many active ones as each may have.",
    why: "The policy limits the tokens of each member. With a limit of one, the old one has to go first, or be rotated instead.",
    mend: [
      "Rotate the token that is there: it keeps its id and name, and gets a new secret.",
      "Delete one that is not needed.",
      "A job of many programs wants a service account for each, with a limit of its own.",
    ],
    screen: "tokens",
  },
  expiry_required: {
    what: "No token was created: it was not said when it expires.",
    why: "The policy of this organization has no tokens that live for ever.",
    mend: ["Send `expires_at`, such as `2027-03-12T09:30:00Z`. `null` means never and is refused likewise."],
    field: "expires_at",
    screen: "policy",
  },
  expiry_not_allowed: {
    what: "Nothing was done: an expiry was given, and the policy sets it.",
    why: "Every token of this organization lives equally long, or for ever. An answer that took another date would promise what does not hold.",
    mend: ["Leave `expires_at` out. The answer says when the token expires."],
    field: "expires_at",
    screen: "policy",
  },
  expiry_too_far: {
    what: "Nothing was done: the date lies beyond the longest life of a token here.",
    why: "The policy says how many days a token may live at most, counted from now.",
    mend: [
      "Choose an earlier date.",
      "Plan the rotation: a token that may create tokens moves its expiry along when its new secret is first used.",
    ],
    field: "expires_at",
    screen: "policy",
  },
  expiry_in_past: {
    what: "Nothing was done: the moment is over already, so the token would never work.",
    why: "A time without a zone, seconds in place of milliseconds, or a clock that is wrong are the usual reasons.",
    mend: ["Send RFC 3339 with a zone: `2027-03-12T09:30:00Z`.", "Compare your clock with `Date` in the answer."],
    field: "expires_at",
  },
  description_too_short: {
    what: "Nothing was done: the description has fewer characters than the policy asks for.",
    why: "Whoever looks at the token in a year has to see what it is for and whom to ask. Spaces at both ends do not count.",
    mend: ["Say which program uses it, where it runs and who looks after it."],
    field: "description",
    screen: "policy",
  },
  description_required: {
    what: "Nothing was done: there is no description, and the policy asks for one.",
    why: "Without one nobody can later tell whether the token is still needed.",
    mend: [
      "Send `description` with at least as many characters as the policy says.",
      "Where tokens have one, `null` does not take it away.",
    ],
    field: "description",
    screen: "policy",
  },
  description_not_allowed: {
    what: "Nothing was done: a description was given, and tokens of this organization have none.",
    why: "What the policy leaves out is refused rather than dropped.",
    mend: ["Leave `description` out, and put into `name` what tells the token apart."],
    field: "description",
    screen: "policy",
  },
  networks_outside_policy: {
    what: "Nothing was done: one of the networks reaches beyond those that the policy allows.",
    why: "A token may be bound more tightly than the policy, never more loosely. A block counts as a whole: `10.0.0.0/8` does not lie within `10.1.0.0/16`.",
    mend: [
      "Name networks within those of the policy, or leave `allowed_networks` out for all of them.",
      "An administrator can add the network to the policy.",
    ],
    field: "allowed_networks",
    screen: "policy",
  },
  name_required: {
    what: "No token was created: it has no name.",
    why: "In the table people find tokens by their names.",
    mend: ["Send `name`, 1 to 200 characters that are not only spaces."],
    field: "name",
  },
  name_taken: {
    what: "Nothing was done: the issuer has an active token with this name.",
    why: "Two alike could not be told apart when one of them has to be deleted. Names of expired and deleted tokens are free again, and others' tokens do not count.",
    mend: [
      "Choose another name: with the machine or the month in it, it stays unique.",
      "If a request was repeated after an answer got lost, the first one succeeded; send `Idempotency-Key` to be given its answer.",
    ],
    field: "name",
    screen: "tokens",
  },
  token_cannot_mint: {
    what: "No token was created: a token asked for it, and only people may.",
    why: "Under this policy a token that leaked cannot make itself another one. It is the default.",
    mend: [
      "Create the token in the console.",
      "For a new secret of the same token, `POST /api/v1/tokens/self/rotate` works under every policy.",
      "An administrator can let tokens create tokens.",
    ],
    screen: "policy",
  },
  exceeds_this_token: {
    what: "Nothing was done: the other token may do more than the one that asks.",
    why: "Otherwise a weak token could get itself the power of a strong one, by a new secret of it, or do away with it.",
    mend: ["Use a token that may do as much, or the console."],
    screen: "tokens",
  },
  role_exceeds_account: {
    what: "No token was created: the role allows something that the service account may not do.",
    why: "A token never may more than its issuer, and here the service account is the issuer.",
    mend: [
      "Choose a role within that of the account.",
      "Or have the account's own role raised first, where it needs more.",
    ],
    field: "role_id",
    screen: "members",
  },
  account_sees_more: {
    what: "Nothing was done: the service account is in groups that the one who asks is not in.",
    why: "Its token would show what its maker may not see.",
    mend: ["Ask an administrator, or somebody who is in all of these groups."],
    field: "issuer_id",
    screen: "members",
  },
  account_not_yours: {
    what: "No token was created: somebody else answers for that service account.",
    why: "Each service account has one owner, who issues its tokens; administrators may as well.",
    mend: ["Ask the owner, whom the account's page names.", "An administrator can make you its owner."],
    field: "issuer_id",
    screen: "members",
  },
  not_yours_to_change: {
    what: "Nothing was changed: the token belongs to somebody else.",
    why: "Who sees a token need not be the one who may change it. That is its issuer, who answers for its service account, or an administrator.",
    mend: [
      "Ask its issuer, whom `issued_by` names, or an administrator.",
      "If it leaked, do not wait: any administrator can delete it, and the token itself can with `DELETE /api/v1/tokens/self`.",
    ],
    screen: "tokens",
  },
  already_deleted: {
    what: "Nothing was changed: the token was deleted before.",
    why: "A deleted token stays in the list for the record and never works again, so there is nothing to change.",
    mend: [
      "If the aim was to have it deleted, all is well.",
      "Otherwise create a new one. `GET /api/v1/tokens/{id}` says when it was deleted.",
    ],
    screen: "tokens",
  },
} as const satisfies ProblemTexts;
