import type { AdmissionRefusal } from "@/lib/authority/admit";
import { REFUSALS } from "@/lib/refusal";
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

/** Of these no call is kept: no token is known by then, or it is no refusal but a failure. */
type NeverKept = "invalid_token" | "client_secret_not_accepted" | "too_many_misses" | "unavailable";

/** What is decided before anything of the request is looked at. Closed: whoever adds a check to admission says here which. */
type AtTheDoor = CredentialReason | Exclude<AdmissionRefusal, NeverKept>;

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

/** What refused a call that is kept with this code: behind the door, a rule of the domain, or else something in the input. */
export function checkOf(code: RefusedCode): Check {
  if (Object.hasOwn(AT_THE_DOOR, code)) return AT_THE_DOOR[code as AtTheDoor];
  return Object.hasOwn(REFUSALS, code) ? "rule" : "input";
}
