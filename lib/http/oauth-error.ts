import { env } from "@/lib/env";
import { ALWAYS } from "./answer";
import { OAUTH_ERRORS, type OAuthErrorCode } from "./oauth-error-codes";
import { PROBLEMS, type Problem, type ProblemCode } from "./problem";
import { oauthErrorBody } from "./problem-answer";

/** The challenge to a client that did not prove who it is (RFC 6749, 5.2). */
export const CLIENT_CHALLENGE = 'Basic realm="latchkey", charset="UTF-8"';

/** A request that an OAuth endpoint refuses; `withClient` turns it into the answer. */
export class OAuthError extends Error {
  override name = "OAuthError";

  constructor(
    readonly error: OAuthErrorCode,
    /** ASCII without quotes, as RFC 6749 has it: what the caller may mend. */
    readonly description: string,
    readonly options: {
      /** Where it is another than the code's own. */
      status?: number;
      /** The problem whose page explains it; the one of the same name unless said otherwise. */
      problem?: ProblemCode;
      headers?: Record<string, string>;
    } = {},
  ) {
    super(error);
  }
}

/** What each problem of a request is called here; whatever is left is the request's fault or ours, by its status. */
const OF_PROBLEMS: Partial<Record<ProblemCode, OAuthErrorCode>> = {
  address_not_allowed: "unauthorized_client",
  rate_limited: "temporarily_unavailable",
  too_many_misses: "temporarily_unavailable",
  unavailable: "temporarily_unavailable",
  internal_error: "server_error",
};

/** A problem in the words of OAuth. */
export function oauthErrorOf(problem: Problem): OAuthError {
  const { status, sentence } = PROBLEMS[problem.code];
  const error = OF_PROBLEMS[problem.code] ?? (status >= 500 ? "server_error" : "invalid_request");
  return new OAuthError(error, plain(problem.options.detail ?? sentence), {
    status: [413, 429, 503].includes(status) ? status : undefined,
    problem: problem.code,
    headers: problem.options.headers,
  });
}

/** The characters that RFC 6749 lets a description have. */
const plain = (text: string) =>
  text
    .replace(/["“”]/g, "'")
    .replace(/[^\x20-\x7e]/g, "")
    .replaceAll("\\", "/");

/** As RFC 6749, 5.2 writes it. */
export const oauthErrorText = ({ error, description, options: { problem } }: OAuthError, requestId: string): string =>
  JSON.stringify(oauthErrorBody({ error, description, problem }, { requestId, publicUrl: env().PUBLIC_URL }));

export const oauthErrorStatus = ({ error, options }: OAuthError): number => options.status ?? OAUTH_ERRORS[error];

/** What goes with it. */
export function oauthErrorHeaders(error: OAuthError): Record<string, string> {
  const status = oauthErrorStatus(error);
  return {
    Pragma: "no-cache",
    ...(status === 401 ? { "WWW-Authenticate": CLIENT_CHALLENGE } : {}),
    ...(status === 503 ? { "Retry-After": "2" } : {}),
    ...error.options.headers,
    "Content-Type": "application/json",
  };
}

export const oauthErrorResponse = (error: OAuthError, requestId: string): Response =>
  new Response(oauthErrorText(error, requestId), {
    status: oauthErrorStatus(error),
    headers: { ...ALWAYS, ...oauthErrorHeaders(error) },
  });
