import { isInWords, plainSentence, REFUSALS, type Refusal, type RefusalCode, refusalSentence } from "@/lib/refusal";
import type { TokenWords } from "@/lib/tokens/token-words";

/** Problems of the request itself, before any rule of the domain is asked. One sentence for whoever reads the answer. */
const REQUEST_PROBLEMS = {
  invalid_json: { status: 400, sentence: "The body is not well-formed JSON in UTF-8." },
  invalid_idempotency_key: {
    status: 400,
    sentence: "This is no idempotency key. Send 1 to 255 visible characters of ASCII, such as a UUID, in one header.",
  },
  idempotency_key_reused: {
    status: 422,
    sentence: "This idempotency key was sent with another request before. Use a new key for each new request.",
  },
  idempotency_in_progress: {
    status: 409,
    sentence: "A request with this idempotency key is being answered. Try again when the Retry-After header says.",
  },
  incomplete_body: { status: 400, sentence: "The body ended before all of it was there." },
  invalid_cursor: { status: 400, sentence: "This cursor does not belong to this list. Start again without one." },
  token_in_query: {
    status: 400,
    sentence:
      "A token was sent in the address, where it ends in logs. Replace that token, and send one in the Authorization header.",
  },
  two_credentials: { status: 400, sentence: "Send one credential, in one Authorization header." },
  missing_token: { status: 401, sentence: "Send a token in the Authorization header, after the word Bearer." },
  invalid_token: { status: 401, sentence: "The token is not valid." },
  client_secret_not_accepted: {
    status: 401,
    sentence:
      "This is a client secret, which is not accepted here: a client exchanges its client ID and secret for an access token, and sends that.",
  },
  not_a_login: {
    status: 403,
    sentence: "This token is no API login. A token ends itself by DELETE at /api/v1/tokens/self.",
  },
  address_not_allowed: {
    status: 403,
    sentence:
      "The token may not be used from this address. Have the address in the detail added to the networks of the token or of the policy; where it is a proxy's, TRUSTED_PROXIES or GATE_TRUSTED_PROXIES is wrong.",
  },
  too_many_misses: {
    status: 429,
    sentence: "Too many tokens that are not valid were sent. Try again when the Retry-After header says.",
  },
  rate_limited: { status: 429, sentence: "Too many calls. Try again when the Retry-After header says." },
  not_an_api_token: {
    status: 409,
    sentence:
      "This is about the token that asks, and an access token that a person signed in for is none. Sign out instead.",
  },
  not_by_access_token: {
    status: 409,
    sentence:
      "An access token does not change the secrets of its client, since whoever has it need not have those. Let a person rotate the client, or exchange the client secret for an access token that may do all that the client may, and name the client: POST /api/v1/tokens/{id}/rotate.",
  },
  insufficient_scope: { status: 403, sentence: "The token may not do this." },
  method_not_allowed: { status: 405, sentence: "This address does not answer that method." },
  body_too_large: { status: 413, sentence: "The body is too large." },
  unsupported_media_type: { status: 415, sentence: "The body is of a type that this address does not take." },
  invalid_input: { status: 422, sentence: "Some of the input is missing or wrong." },
  gate_misconfigured: {
    status: 500,
    sentence: "The gate is asked in a way that it does not know. The configuration of the proxy has to be mended.",
  },
  internal_error: { status: 500, sentence: "Something failed on our side. The request id finds it in the log." },
  unavailable: { status: 503, sentence: "The database does not answer. Try again in a moment." },
} as const satisfies Record<string, { status: number; sentence: string }>;

export type ProblemCode = keyof typeof REQUEST_PROBLEMS | RefusalCode;

/**
 * Every code that an answer of the API can carry, closed: what clients branch on. The sentence is the problem's title,
 * the same for every organization (RFC 9457, 3.1.3).
 */
export const PROBLEMS = {
  ...REQUEST_PROBLEMS,
  ...Object.fromEntries(
    (Object.keys(REFUSALS) as RefusalCode[]).map((code) => [
      code,
      { status: REFUSALS[code].status, sentence: plainSentence(code) },
    ]),
  ),
} as Record<ProblemCode, { status: number; sentence: string }>;

export interface FieldError {
  /** As in the input: `name`, `expires_at`, a query parameter. */
  field: string;
  detail: string;
}

/**
 * A request that cannot be answered, thrown by what reads it; `withToken`, `openRoute` and the gate turn it into an
 * answer.
 */
export class Problem extends Error {
  override name = "Problem";

  constructor(
    readonly code: ProblemCode,
    readonly options: {
      detail?: string;
      errors?: FieldError[];
      headers?: Record<string, string>;
      /** The rule that said no, where it was one. */
      refusal?: Refusal;
    } = {},
  ) {
    super(code);
  }

  /** With words, the detail says it as the organization does. */
  static of(refusal: Refusal, words?: TokenWords): Problem {
    const { field, code, retryAfterSeconds, choices, detail } = refusal;
    const sentence = words ? refusalSentence(refusal, words) : plainSentence(code);
    const more = choices ? `One of: ${choices.join(", ")}.` : detail;
    const told = more ?? sentence;
    return new Problem(code, {
      refusal,
      ...(more ? { detail: more } : words && isInWords(code) ? { detail: sentence } : {}),
      ...(field ? { errors: [{ field, detail: told }] } : {}),
      ...(retryAfterSeconds ? { headers: { "Retry-After": String(retryAfterSeconds) } } : {}),
    });
  }
}
