import { OAuthError, oauthErrorOf } from "../oauth-error";
import { OAUTH_ERRORS, type OAuthErrorCode } from "../oauth-error-codes";
import { PROBLEMS, Problem, type ProblemCode } from "../problem";
import { OAUTH_TEXTS } from "./oauth-texts";
import { PROBLEM_TEXTS } from "./problem-texts";

/** An answer with the code, as one call would be told: a test holds it to what is really answered. */
export function exampleProblem(code: ProblemCode): Problem {
  const { detail, field } = PROBLEM_TEXTS[code];
  const { status, sentence } = PROBLEMS[code];
  const ofField = code === "invalid_input" ? "Give a date and a time." : (detail ?? sentence);
  return new Problem(code, {
    ...(detail ? { detail } : {}),
    ...(field ? { errors: [{ field, detail: ofField }] } : {}),
    ...(status === 429 ? { headers: { "Retry-After": "7" } } : {}),
  });
}

/** The problems that are called an error of OAuth, by the error's status. */
const PROBLEM_OF_STATUS: Readonly<Record<number, ProblemCode>> = {
  413: "body_too_large",
  429: "rate_limited",
  500: "internal_error",
  503: "unavailable",
};

/** The same for an error of OAuth, which may come with several statuses. */
export function exampleOAuthError(code: OAuthErrorCode, status: number = OAUTH_ERRORS[code]): OAuthError {
  const problem = code === "unauthorized_client" ? "address_not_allowed" : PROBLEM_OF_STATUS[status];
  if (problem) return oauthErrorOf(exampleProblem(problem));
  const { detail, sentence }: { detail?: string; sentence: string } = OAUTH_TEXTS[code];
  return new OAuthError(code, detail ?? sentence);
}
