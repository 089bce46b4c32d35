import { TOKEN_WORDS, type TokenWords } from "@/lib/tokens/token-words";

/**
 * Every expected "no", in one closed list: the sentence that a person reads and the HTTP status that a program gets
 * (RFC 9110). A sentence that names tokens, or what ends them, is made of the organization's words. A refusal is
 * returned, never thrown.
 */
export const REFUSALS = {
  tokens_disabled: { status: 403, sentence: ({ title }) => `${title} are switched off for this organization.` },
  not_an_issuer: { status: 403, sentence: ({ many }) => `Your role may not create ${many} in this organization.` },
  role_required: { status: 422, sentence: "Choose a role for the token." },
  role_not_allowed: { status: 422, sentence: "Tokens of this organization follow their issuer and take no role." },
  role_not_found: { status: 422, sentence: "There is no such role in this organization." },
  role_exceeds_yours: {
    status: 403,
    sentence: "That role allows more than yours. Choose one equal to or lower than your own.",
  },
  organization_limit_reached: {
    status: 409,
    sentence: ({ many, remove }) =>
      `The organization has reached its limit of active ${many}. ${remove} one to make room.`,
  },
  issuer_limit_reached: {
    status: 409,
    sentence: ({ many, remove }) => `You have reached your limit of active ${many}. ${remove} one to make room.`,
  },
  expiry_required: { status: 422, sentence: "Choose when the token expires." },
  expiry_not_allowed: { status: 422, sentence: "The organization's policy sets the expiry; leave it out." },
  expiry_too_far: { status: 422, sentence: "That date is further away than the organization's policy allows." },
  expiry_in_past: { status: 422, sentence: "Choose a moment in the future." },
  description_too_short: {
    status: 422,
    sentence: "The organization's policy asks for a longer description. Say more about what it is for.",
  },
  description_required: { status: 422, sentence: "Say what the token is for." },
  description_not_allowed: { status: 422, sentence: "Tokens of this organization have no description." },
  networks_outside_policy: {
    status: 422,
    sentence:
      "The organization's policy lets tokens be used from certain networks only, and not all of these lie within them.",
  },
  name_required: { status: 422, sentence: ({ one }) => `Give the ${one} a name.` },
  name_taken: { status: 409, sentence: ({ one }) => `You already have an active ${one} with this name.` },
  token_cannot_mint: { status: 403, sentence: ({ many }) => `A token cannot create ${many} in this organization.` },
  expiry_not_later: {
    status: 422,
    sentence: ({ one }) => `Choose a moment after the one at which the ${one} expires now.`,
  },
  does_not_expire: { status: 409, sentence: ({ one }) => `This ${one} has no expiry ahead of it.` },
  rotation_exceeds_yours: {
    status: 403,
    sentence: ({ one }) => `This ${one} may do or see more than you, and its new secret would be yours to use.`,
  },
  extension_exceeds_yours: {
    status: 403,
    sentence: ({ one }) => `This ${one} may do or see more than you, so you may not let it live longer.`,
  },
  extension_not_yours: {
    status: 403,
    sentence: ({ a, one }) =>
      `To let ${a} ${one} live longer takes the right to create one, which you do not have in this organization.`,
  },
  mirrors_its_issuer: {
    status: 403,
    sentence: ({ one }) =>
      `This ${one} may do whatever its issuer may, whatever that becomes. Only the issuer or an administrator may hold its secret.`,
  },
  expiry_not_its_own: {
    status: 403,
    sentence: ({ one }) => `A token does not move its own expiry. Extend the ${one} in the console.`,
  },
  rotated_just_now: {
    status: 409,
    sentence: "A new secret was made a moment ago. If it did not reach you, try again in a few seconds.",
  },
  other_secret_waits: {
    status: 409,
    sentence:
      "Somebody else had a new secret made for this token, and it waits to be used. Use that one, or have it taken back.",
  },
  no_rotation: { status: 409, sentence: "No new secret is waiting. It was used already, or taken back." },
  token_expired: {
    status: 409,
    sentence: ({ one, create }) => `This ${one} has expired. “${create}” makes a new one.`,
  },
  token_stopped: {
    status: 409,
    sentence: ({ one }) => `This ${one} does not work while its issuer is deactivated, so it gets no new secret.`,
  },
  secret_superseded: {
    status: 409,
    sentence: "This secret was replaced and is about to end. It may change nothing any more; use the new one.",
  },
  reminder_too_late: { status: 422, sentence: ({ one }) => `The ${one} expires before that. Choose fewer days.` },
  notice_mandatory: { status: 409, sentence: "This is for your safety, so everybody is told of it." },
  notices_changed: {
    status: 409,
    sentence:
      "This was changed meanwhile, in another window or by somebody else. Look at it as it is now, then save again.",
  },
  not_yours_to_change: {
    status: 403,
    sentence: ({ one, remove }) =>
      `You see this ${one}, but only an administrator may change or ${remove.toLowerCase()} it.`,
  },
  not_permitted: { status: 403, sentence: "Your role does not allow this. Ask an administrator of your organization." },
  policy_changed: {
    status: 409,
    sentence: "Somebody changed the policy while you were at it. Look at it as it is now, then change it again.",
  },
  organization_changed: {
    status: 409,
    sentence: "Somebody changed the organization while you were at it. Look at it as it is now, then change it again.",
  },
  organization_switched: {
    status: 409,
    sentence: "You switched to another organization in another tab, so nothing was done. Load this page again first.",
  },
  plan_excludes_tokens: {
    status: 409,
    sentence: "This plan does not include API tokens. Choose a plan that does, then switch them on.",
  },
  already_requested: { status: 409, sentence: "You asked for it before. The operator sees your request." },
  last_administrator: {
    status: 409,
    sentence: "This is the last active administrator. Make somebody else an administrator first.",
  },
  member_outranks_you: { status: 403, sentence: "This member may do more than you. Ask somebody who may do as much." },
  already_member: { status: 409, sentence: "Somebody with this email is a member already." },
  already_invited: {
    status: 409,
    sentence: "An open invitation for this email is not yours to replace. Ask an administrator of your organization.",
  },
  too_many_invitations: {
    status: 409,
    sentence: "The organization has as many open invitations as it may. Withdraw some of them first.",
  },
  not_in_hub: {
    status: 422,
    sentence: "In the hub nobody administers anything. Choose a lower role, or the console.",
  },
  member_not_found: { status: 422, sentence: "There is no such member in this organization." },
  group_not_found: { status: 422, sentence: "There is no such group in this organization, or you may not see it." },
  group_owns_accounts: {
    status: 409,
    sentence: "Service accounts belong to this group. Give them another owner first.",
  },
  owner_required: { status: 422, sentence: "Choose who answers for the service account." },
  not_a_service_account: { status: 409, sentence: "Only a service account has an owner." },
  invitation_invalid: {
    status: 410,
    sentence: "This invitation was used, withdrawn or is too old. Ask whoever invited you for a new one.",
  },
  sign_in_to_accept: {
    status: 409,
    sentence: "There is an account with this email already. Sign in with it, then open the invitation again.",
  },
  other_account: {
    status: 403,
    sentence: "The invitation is for somebody else. Sign out, then open it again.",
  },
  role_built_in: { status: 409, sentence: "Built-in roles stay as they are. Make a role of your own instead." },
  role_in_use: { status: 409, sentence: "Members, tokens or invitations have this role. Give them another one first." },
  role_name_taken: { status: 409, sentence: "There is a role with this name already." },
  group_name_taken: { status: 409, sentence: "There is one with this name already." },
  permission_name_taken: { status: 409, sentence: "There is a permission with this name already." },
  permission_not_found: { status: 422, sentence: "There is no such permission." },
  permission_in_use: { status: 409, sentence: "Roles hold this permission. Take it out of them first." },
  sign_in_failed: { status: 401, sentence: "The email or the password is not right." },
  no_organization: { status: 403, sentence: "You are an active member of no organization here." },
  organization_required: {
    status: 422,
    sentence: "You are a member of several organizations. Name the one to sign in to.",
  },
  organization_unknown: { status: 422, sentence: "You are an active member of no organization of that name." },
  scope_exceeds_yours: {
    status: 422,
    sentence: "That scope names something that you may not do, or that nobody can.",
  },
  scope_too_long: {
    status: 422,
    sentence: "You may do so much that the access token would be too long. Sign in with a scope that names less.",
  },
  refresh_token_invalid: { status: 400, sentence: "The refresh token is not valid. Sign in again." },
  too_many_refreshes: {
    status: 429,
    sentence: "This login was refreshed too often within a day. Try again when the Retry-After header says.",
  },
  too_many_attempts: { status: 429, sentence: "Too many attempts. Try again in a few minutes." },
  setup_code_wrong: {
    status: 403,
    sentence: "That code is not right, or it was used before. The newest one is in the output of the start.",
  },
  already_set_up: { status: 409, sentence: "Latchkey is set up already. Sign in instead." },
  exceeds_this_token: {
    status: 403,
    sentence: "That token may do more than the one that asks. Use a token that may do as much, or the console.",
  },
  role_exceeds_account: {
    status: 403,
    sentence: "That role allows more than the service account may do. Choose one that allows as much or less.",
  },
  account_sees_more: {
    status: 403,
    sentence: "This service account is in groups that you are not in. Ask an administrator to create the token.",
  },
  account_not_yours: {
    status: 403,
    sentence: "Only who answers for the service account, or an administrator, may create a token for it.",
  },
  tokens_on_already: {
    status: 409,
    sentence: ({ title }) => `${title} are switched on already. Load the page again to see them at work.`,
  },
  no_worker: {
    status: 409,
    sentence: "Nobody has run a job here yet, so nobody would run this one. Set JOBS to on, or start `npm run worker`.",
  },
  already_deleted: { status: 409, sentence: ({ one, removed }) => `This ${one} was ${removed} before.` },
  not_found: { status: 404, sentence: "There is no such thing here, or you may not see it." },
} as const satisfies Record<string, { status: number; sentence: string | ((words: TokenWords) => string) }>;

export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  code: RefusalCode;
  /** The input field that it is about, in the names of the input schema. */
  field?: string;
  /** When trying again can help. */
  retryAfterSeconds?: number;
  /** What the field may be. */
  choices?: readonly string[];
  /** What this one was about, in a sentence, where it is more than the code's own says. */
  detail?: string;
}

/** Whether the sentence of a code depends on the organization's words. */
export const isInWords = (code: RefusalCode) => typeof REFUSALS[code].sentence === "function";

/** What a person reads, in the organization's words: the sentence of the code, with the wait in minutes where there is one. */
export function refusalSentence({ code, retryAfterSeconds }: Refusal, words: TokenWords): string {
  if (code === "too_many_attempts" && retryAfterSeconds !== undefined) {
    const minutes = Math.max(1, Math.ceil(retryAfterSeconds / 60));
    return `Too many attempts. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
  }
  const { sentence } = REFUSALS[code];
  return typeof sentence === "function" ? sentence(words) : sentence;
}

/** The sentence where no organization is asked: in the list of codes, and before anybody is known. */
export const plainSentence = (code: RefusalCode) => refusalSentence({ code }, TOKEN_WORDS.role_scoped);

/** The answer of a verb: what it made, or why not. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const refused = (code: RefusalCode, field?: string): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: field ? { code, field } : { code },
});
