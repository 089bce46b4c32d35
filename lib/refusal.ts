/**
 * Every expected "no", in one closed list: the sentence that a person reads and the HTTP status that a program gets
 * (RFC 9110). A refusal is returned, never thrown.
 */
export const REFUSALS = {
  tokens_disabled: { status: 403, sentence: "API tokens are switched off for this organization." },
  not_an_issuer: { status: 403, sentence: "Your role may not create tokens in this organization." },
  role_required: { status: 422, sentence: "Choose a role for the token." },
  role_not_allowed: { status: 422, sentence: "Tokens of this organization follow their issuer and take no role." },
  role_not_found: { status: 422, sentence: "There is no such role in this organization." },
  role_exceeds_yours: {
    status: 403,
    sentence: "That role allows more than yours. Choose one equal to or lower than your own.",
  },
  organization_limit_reached: {
    status: 409,
    sentence: "The organization has reached its limit of active tokens. Delete one to make room.",
  },
  issuer_limit_reached: {
    status: 409,
    sentence: "You have reached your limit of active tokens. Delete one to make room.",
  },
  expiry_required: { status: 422, sentence: "Choose when the token expires." },
  expiry_not_allowed: { status: 422, sentence: "The organization's policy sets the expiry; leave it out." },
  expiry_too_far: { status: 422, sentence: "That date is further away than the organization's policy allows." },
  expiry_in_past: { status: 422, sentence: "Choose a moment in the future." },
  description_required: { status: 422, sentence: "Say what the token is for." },
  description_not_allowed: { status: 422, sentence: "Tokens of this organization have no description." },
  name_taken: { status: 409, sentence: "You already have an active token with this name." },
  token_cannot_mint: { status: 403, sentence: "A token cannot create tokens in this organization." },
  not_yours_to_change: {
    status: 403,
    sentence: "You see this token, but only an administrator may change or delete it.",
  },
  sign_in_failed: { status: 401, sentence: "The email or the password is not right." },
  too_many_attempts: { status: 429, sentence: "Too many attempts. Try again in a few minutes." },
  setup_code_wrong: {
    status: 403,
    sentence: "That code is not right, or it was used before. The newest one is in the output of the start.",
  },
  already_set_up: { status: 409, sentence: "Latchkey is set up already. Sign in instead." },
  already_deleted: { status: 409, sentence: "This token was deleted before." },
  not_found: { status: 404, sentence: "There is no such thing here, or you may not see it." },
} as const satisfies Record<string, { status: number; sentence: string }>;

export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  code: RefusalCode;
  /** The input field that it is about, in the names of the input schema. */
  field?: string;
  /** When trying again can help, for `too_many_attempts`. */
  retryAfterSeconds?: number;
}

/** What a person reads: the sentence of the code, with the wait in minutes where there is one. */
export function refusalSentence({ code, retryAfterSeconds }: Refusal): string {
  if (retryAfterSeconds === undefined) return REFUSALS[code].sentence;
  const minutes = Math.max(1, Math.ceil(retryAfterSeconds / 60));
  return `Too many attempts. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
}

/** The answer of a verb: what it made, or why not. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const refused = (code: RefusalCode, field?: string): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: field ? { code, field } : { code },
});
