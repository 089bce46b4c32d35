import { API_REFERENCE, ENDPOINTS } from "../api-reference";
import type { OAuthErrorCode } from "../oauth-error-codes";
import { PROBLEMS, type ProblemCode } from "../problem";
import { problemsOf } from "../problems-of";
import { placeOf } from "../reference/place";
import type { ProblemPage } from "./problem-pages";

/** Endpoints that name the code among those of their own, each with its place in the reference. */
export const endpointsAnswering = ({ kind, code }: ProblemPage) =>
  API_REFERENCE.flatMap((group) =>
    group.endpoints
      .filter(({ problems, oauthErrors }) =>
        kind === "oauth" ? oauthErrors?.some((error) => error === code) : problems?.includes(code),
      )
      .map((endpoint) => {
        const { method, path, title } = endpoint;
        return { method, path, title, href: placeOf(group, endpoint) };
      }),
  );

/** What is answered before anybody knows whose token it is, so that nobody may have it explained. */
const TO_NOBODY: readonly ProblemCode[] = ["token_in_query", "two_credentials", "missing_token", "too_many_misses"];

const EXPLAINED: ReadonlySet<string> = new Set(
  ENDPOINTS.filter(({ credential }) => credential === "token")
    .flatMap(problemsOf)
    .filter((code) => PROBLEMS[code].status < 500 && !TO_NOBODY.includes(code)),
);

/** What OAuth's endpoints answer to a client that proved who it is; before that, nobody knows whose request it was. */
const OAUTH_EXPLAINED: readonly OAuthErrorCode[] = [
  "unauthorized_client",
  "unsupported_grant_type",
  "invalid_scope",
  "invalid_target",
];

/** Whether a call that was answered so is found by its request id where the console explains refused calls. */
export const isExplained = ({ kind, code }: ProblemPage) =>
  kind === "problem" ? EXPLAINED.has(code) : OAUTH_EXPLAINED.includes(code);
