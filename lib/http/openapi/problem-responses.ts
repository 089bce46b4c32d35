import { EXAMPLE_REQUEST_ID } from "../example-request-id";
import { type OAuthErrorCode, statusesOf } from "../oauth-error-codes";
import { PROBLEMS, type ProblemCode } from "../problem";
import { oauthErrorAnswer, oauthErrorBody, problemAnswer, problemBody } from "../problem-answer";
import { exampleOAuthError, exampleProblem } from "../problem-pages/example-answers";
import { OAUTH_TEXTS } from "../problem-pages/oauth-texts";
import { problemsOf, standingProblems } from "../problems-of";
import type { Endpoint } from "../reference/endpoint";
import type { Components } from "./components";
import { problemHeadersOf } from "./headers";

/** The answers of an endpoint where all is not well, by status. */
export function problemResponses(endpoint: Endpoint, components: Components): Record<string, object> {
  const problems = byStatus(problemsOf(endpoint), (code) => PROBLEMS[code].status);
  const errors = oauthByStatus(endpoint.oauthErrors ?? []);
  const standing = new Set<ProblemCode>(standingProblems(endpoint));
  const statuses = [...new Set([...problems.keys(), ...errors.keys()])];
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = problems.get(status) ?? [];
      const own = errors.get(status) ?? [];
      const response = responseOf(endpoint, status, codes, own, components);
      const shared = SHARED[status];
      const isStanding = own.length === 0 && codes.every((code) => standing.has(code));
      if (!shared || !isStanding) return [status, response];
      return [status, components.response(`${shared}${endpoint.credential === "token" ? "" : "AtOpenDoor"}`, response)];
    }),
  );
}

/** Answers that are the same wherever nothing is added to what every endpoint of the kind may answer. */
const SHARED: Record<number, string> = {
  401: "Unauthorized",
  413: "ContentTooLarge",
  415: "UnsupportedMediaType",
  429: "TooManyRequests",
  500: "InternalServerError",
  503: "ServiceUnavailable",
};

const responseOf = (
  endpoint: Endpoint,
  status: number,
  codes: readonly ProblemCode[],
  errors: readonly OAuthErrorCode[],
  components: Components,
) => ({
  description: [
    ...codes.map((code) => `\`${code}\`: ${PROBLEMS[code].sentence}`),
    ...errors.map((error) => `\`${error}\` (${OAUTH_TEXTS[error].definedIn}): ${OAUTH_TEXTS[error].sentence}`),
  ].join("\n\n"),
  headers: problemHeadersOf(
    endpoint,
    status,
    codes.some((code) => COME_AGAIN.has(code)),
  ),
  content: {
    ...(codes.length > 0 ? { "application/problem+json": problemContent(codes, status, components) } : {}),
    ...(errors.length > 0 ? { "application/json": errorContent(errors, status, components) } : {}),
  },
});

/** With which a Retry-After comes, beside those whose status says so. */
const COME_AGAIN: ReadonlySet<ProblemCode> = new Set(["rotated_just_now", "idempotency_in_progress"]);

const problemContent = (codes: readonly ProblemCode[], status: number, components: Components) => ({
  schema: {
    allOf: [
      components.ofAnswer(problemAnswer),
      { type: "object", properties: { status: { const: status }, code: { enum: codes } } },
    ],
  },
  examples: Object.fromEntries(codes.map((code) => [code, components.example(code, problemExample(code, components))])),
});

/** Made by what makes the real ones. */
const problemExample = (code: ProblemCode, { publicUrl }: Components) => ({
  summary: PROBLEMS[code].sentence,
  value: problemBody(exampleProblem(code), { requestId: EXAMPLE_REQUEST_ID, publicUrl }),
});

const errorContent = (errors: readonly OAuthErrorCode[], status: number, components: Components) => ({
  schema: {
    allOf: [components.ofAnswer(oauthErrorAnswer), { type: "object", properties: { error: { enum: errors } } }],
  },
  examples: Object.fromEntries(
    errors.map((code) => {
      const { error, description, options } = exampleOAuthError(code, status);
      const { publicUrl } = components;
      const told = { error, description, problem: options.problem };
      const value = oauthErrorBody(told, { requestId: EXAMPLE_REQUEST_ID, publicUrl });
      return [code, components.example(`oauth_${status}_${code}`, { summary: OAUTH_TEXTS[code].sentence, value })];
    }),
  ),
});

function oauthByStatus(all: readonly OAuthErrorCode[]): Map<number, OAuthErrorCode[]> {
  const groups = new Map<number, OAuthErrorCode[]>();
  for (const one of all) {
    for (const status of statusesOf(one)) groups.set(status, [...(groups.get(status) ?? []), one]);
  }
  return groups;
}

function byStatus<T>(all: readonly T[], statusOf: (one: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const one of all) groups.set(statusOf(one), [...(groups.get(statusOf(one)) ?? []), one]);
  return groups;
}
