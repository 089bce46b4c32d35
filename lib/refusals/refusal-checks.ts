import type { ProblemCode } from "@/lib/http/problem";
import { REFUSALS, type RefusalCode } from "@/lib/refusal";
import type { CredentialReason, RefusedCode } from "./refused-code";

/** What a call has to pass, in the order in which it is asked. */
export const CHECKS = [
  "secret",
  "deletion",
  "expiry",
  "issuer",
  "organization",
  "exchange",
  "network",
  "limit",
  "permission",
  "input",
  "rule",
] as const;
export type Check = (typeof CHECKS)[number];

/** Each check where it is passed, and in few words where it is what refused. */
export const CHECK_WORDS: Record<Check, { passed: string; failed: string }> = {
  secret: { passed: "Secret", failed: "Secret" },
  deletion: { passed: "Not deleted", failed: "Deleted" },
  expiry: { passed: "Not expired", failed: "Expired" },
  issuer: { passed: "Issuer active", failed: "Issuer deactivated" },
  organization: { passed: "Switched on", failed: "Switched off" },
  exchange: { passed: "Access token", failed: "Client secret" },
  network: { passed: "Network", failed: "Network" },
  limit: { passed: "Limit", failed: "Limit" },
  permission: { passed: "Permission", failed: "Permission" },
  input: { passed: "Input", failed: "Input" },
  rule: { passed: "Rules", failed: "Rule" },
};

/** Problems of which no call is kept: nobody's token is known by then, or it is no refusal but a failure. */
type NeverKept =
  | "missing_token"
  | "invalid_token"
  | "client_secret_not_accepted"
  | "token_in_query"
  | "two_credentials"
  | "too_many_misses"
  | "gate_misconfigured"
  | "internal_error"
  | "unavailable";

/** Problems of what was sent, whichever: each says itself what is wrong. */
type OfInput =
  | "invalid_json"
  | "incomplete_body"
  | "invalid_cursor"
  | "method_not_allowed"
  | "body_too_large"
  | "unsupported_media_type"
  | "invalid_input"
  | "not_a_login";

/** What is decided before anything of the request is looked at. Closed: a new problem belongs here or to one of the above. */
type AtTheDoor = Exclude<CredentialReason | Exclude<ProblemCode, RefusalCode>, NeverKept | OfInput>;

const AT_THE_DOOR: Record<AtTheDoor, Check> = {
  expired: "expiry",
  deleted: "deletion",
  issuer_deactivated: "issuer",
  tokens_disabled: "organization",
  client_secret: "exchange",
  address_not_allowed: "network",
  rate_limited: "limit",
  insufficient_scope: "permission",
};

/** What refused a call that is kept with this code; a code of another time counts as a rule. */
export function checkOf(code: RefusedCode): Check {
  if (Object.hasOwn(AT_THE_DOOR, code)) return AT_THE_DOOR[code as AtTheDoor];
  return Object.hasOwn(REFUSALS, code) ? "rule" : "input";
}
