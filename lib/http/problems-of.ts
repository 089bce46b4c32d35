import { PROBLEMS, type ProblemCode } from "./problem";
import { type Endpoint, takesIdempotencyKey } from "./reference/endpoint";

/** Every problem that an endpoint may answer with: its own and those of its door, its input and the server, by status. */
export function problemsOf(endpoint: Endpoint): ProblemCode[] {
  const codes = new Set<ProblemCode>([...standingProblems(endpoint), ...(endpoint.problems ?? [])]);
  const order = Object.keys(PROBLEMS);
  return [...codes].sort((a, b) => PROBLEMS[a].status - PROBLEMS[b].status || order.indexOf(a) - order.indexOf(b));
}

/** What it may answer without a word of its own. */
export function standingProblems(endpoint: Endpoint): ProblemCode[] {
  const { method, bySuperseded, credential, permission, body, bodyType, oauthErrors } = endpoint;
  return [
    ...(credential === "token" ? AT_THE_DOOR : []),
    ...(credential === "token" && permission !== "any" ? (["insufficient_scope"] as const) : []),
    ...(body && !oauthErrors ? IN_A_BODY : []),
    ...(body && bodyType !== "form" ? (["invalid_json"] as const) : []),
    ...(takesIdempotencyKey(endpoint) ? WITH_A_KEY : []),
    ...(credential === "token" && method !== "GET" && !bySuperseded ? (["secret_superseded"] as const) : []),
    ...(oauthErrors ? [] : (["internal_error"] as const)),
  ];
}

const AT_THE_DOOR = [
  "token_in_query",
  "two_credentials",
  "missing_token",
  "invalid_token",
  "client_secret_not_accepted",
  "address_not_allowed",
  // Parameters that there are not are input too.
  "invalid_input",
  "rate_limited",
  "too_many_misses",
  "unavailable",
] as const satisfies ProblemCode[];

const WITH_A_KEY = [
  "invalid_idempotency_key",
  "idempotency_key_reused",
  "idempotency_in_progress",
] as const satisfies ProblemCode[];

const IN_A_BODY = [
  "incomplete_body",
  "body_too_large",
  "unsupported_media_type",
  "invalid_input",
] as const satisfies ProblemCode[];
