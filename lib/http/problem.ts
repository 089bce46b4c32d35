import { REFUSALS, type Refusal, type RefusalCode } from "@/lib/refusal";

/** Problems of the request itself, before any rule of the domain is asked. One sentence for whoever reads the answer. */
const REQUEST_PROBLEMS = {
  invalid_json: { status: 400, sentence: "The body is not well-formed JSON in UTF-8." },
  invalid_cursor: { status: 400, sentence: "This cursor does not belong to this list. Start again without one." },
  token_in_query: {
    status: 400,
    sentence:
      "A token was sent in the address, where it ends in logs. Delete that token, and send one in the Authorization header.",
  },
  two_credentials: { status: 400, sentence: "Send one credential, in one Authorization header." },
  missing_token: { status: 401, sentence: "Send a token: Authorization: Bearer <token>." },
  invalid_token: { status: 401, sentence: "The token is not valid." },
  insufficient_scope: { status: 403, sentence: "The token may not do this." },
  method_not_allowed: { status: 405, sentence: "This address does not answer that method." },
  body_too_large: { status: 413, sentence: "The body is larger than 64 KiB." },
  unsupported_media_type: { status: 415, sentence: "Send the body as application/json." },
  invalid_input: { status: 422, sentence: "Some of the input is missing or wrong." },
  internal_error: { status: 500, sentence: "Something failed on our side. The request id finds it in the log." },
  unavailable: { status: 503, sentence: "The database does not answer. Try again in a moment." },
} as const satisfies Record<string, { status: number; sentence: string }>;

/** Every code that an answer of the API can carry, closed: what clients branch on. */
export const PROBLEMS = { ...REQUEST_PROBLEMS, ...REFUSALS };
export type ProblemCode = keyof typeof REQUEST_PROBLEMS | RefusalCode;

export interface FieldError {
  /** As in the input: `name`, `expires_at`, a query parameter. */
  field: string;
  detail: string;
}

/** A request that cannot be answered, thrown by what reads it; `withToken` and `openRoute` turn it into an answer. */
export class Problem extends Error {
  override name = "Problem";

  constructor(
    readonly code: ProblemCode,
    readonly options: { detail?: string; errors?: FieldError[]; headers?: Record<string, string> } = {},
  ) {
    super(code);
  }

  static of(refusal: Refusal): Problem {
    const { field, code } = refusal;
    return new Problem(code, field ? { errors: [{ field, detail: REFUSALS[code].sentence }] } : {});
  }
}
