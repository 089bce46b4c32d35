import type { AdmissionRefusal } from "@/lib/authority/admit";
import { REFUSALS } from "@/lib/refusal";
import type { TokenWords } from "@/lib/tokens/token-words";
import type { RefusedCall } from "./refusal-facts";
import { REMEDIES, type Remedy } from "./refusal-remedies";
import { isOfAccessToken } from "./refusal-scope";
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
const CHECK_WORDS: Record<Exclude<Check, "deletion">, { passed: string; failed: string }> = {
  secret: { passed: "Secret", failed: "Secret" },
  expiry: { passed: "Not expired", failed: "Expired" },
  issuer: { passed: "Issuer active", failed: "Issuer deactivated" },
  organization: { passed: "switched on", failed: "switched off" },
  exchange: { passed: "Access token", failed: "Client secret" },
  network: { passed: "Network", failed: "Network" },
  limit: { passed: "Limit", failed: "Limit" },
  permission: { passed: "Permission", failed: "Permission" },
  input: { passed: "Input", failed: "Input" },
  rule: { passed: "Rules", failed: "Rule" },
};

/** What a rule is about. */
const RULE_WORDS: Record<Remedy, string> = {
  input: "Rule about what is sent",
  policy: "Rule of the token policy",
  rights: "Rule: nothing above one's own",
  token: "Rule about the token's state",
  console: "Rule: in the console only",
  people: "Rule about members and roles",
  again: "Rule: changed meanwhile",
  operator: "Rule of whoever runs Latchkey",
  elsewhere: "Rule",
};

/** A check in few words, those of what was sent; one that refused says by what. */
export function checkWords(
  check: Check,
  state: "passed" | "failed",
  call: Pick<RefusedCall, "code" | "facts" | "token">,
  words: TokenWords,
): string {
  if (check === "organization") return `${words.title} ${CHECK_WORDS.organization[state]}`;
  if (check === "deletion") {
    if (isOfAccessToken(call)) return state === "passed" ? "Not ended" : "Ended";
    return state === "passed" ? `Not ${words.removed}` : words.removedStatus;
  }
  if (check === "issuer" && !call.token) return state === "passed" ? "Member active" : "Member deactivated";
  if (check !== "rule" || state === "passed") return CHECK_WORDS[check][state];
  const { code } = call;
  return code === "not_found" ? "Not found" : RULE_WORDS[REMEDIES[code as keyof typeof REMEDIES] ?? "elsewhere"];
}

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

/** Whether it was turned away before anything of the request was looked at, and so counts as forbidden or refused. */
export const isTurnedAway = (code: RefusedCode): boolean => Object.hasOwn(AT_THE_DOOR, code);

/** What refused a call that is kept with this code: behind the door, a rule of the domain, or else something in the input. */
export function checkOf(code: RefusedCode): Check {
  if (isTurnedAway(code)) return AT_THE_DOOR[code as AtTheDoor];
  return Object.hasOwn(REFUSALS, code) ? "rule" : "input";
}
