import type { OAuthErrorCode } from "@/lib/http/oauth-error-codes";
import { PROBLEMS, type ProblemCode } from "@/lib/http/problem";
import { OAUTH_TEXTS } from "@/lib/http/problem-pages/oauth-texts";
import { REFUSALS, type RefusalCode, refusalSentence } from "@/lib/refusal";
import type { TokenWords } from "@/lib/tokens/token-words";
import { type Check, checkOf } from "./refusal-checks";
import type { RefusalFacts, RefusedCall, StandingNow } from "./refusal-facts";
import { REMEDIES, REMEDY_SENTENCES } from "./refusal-remedies";
import { isAllowedFrom, type Verdict } from "./refusal-verdict";

/** What is needed to say it: the call and the organization's words. */
export interface Told {
  call: Pick<RefusedCall, "code" | "facts" | "token">;
  words: TokenWords;
}

type Say = (told: Told & { facts: RefusalFacts; subject: string }) => string;

/** What refused it, in one line, by check: no check is without one. */
const TITLES: Record<Check, Say> = {
  secret: ({ subject }) => `${subject} was not recognised.`,
  deletion: ({ subject, words }) => `${subject} had been ${words.removed}.`,
  expiry: ({ subject }) => `${subject} had expired.`,
  issuer: ({ subject }) => `${subject} was stopped: its issuer is deactivated.`,
  organization: ({ words }) => `${words.title} were switched off for the organization.`,
  exchange: () => "A client secret was sent where an access token belongs.",
  network: ({ facts }) =>
    facts.address === null
      ? "Where the call came from was not known."
      : `The call came from ${facts.address}, from where it is not allowed.`,
  limit: ({ facts }) => `Too many calls: more than ${calls(facts.limit)} a minute.`,
  permission: ({ subject, facts }) => `${subject} did not have ${permissions(facts.missing)}.`,
  input: ({ call, facts }) =>
    facts.fields.length > 0
      ? `The input was not taken: ${list(facts.fields)}.`
      : (sentenceOf(call.code) ?? "The input was not taken."),
  rule: ({ call, words }) =>
    isRule(call.code) ? refusalSentence({ code: call.code }, words) : "A rule refused it that is none any more.",
};

/** Why, in plain sentences. */
const REASONS: Record<Check, (told: Told & { facts: RefusalFacts; subject: string }) => string[]> = {
  secret: () => [],
  deletion: ({ words }) => [
    `Whoever sends its secret is refused from the moment of its ${words.removal} on. What is ${words.removed} does not come back.`,
  ],
  expiry: () => ["From the moment of its expiry on, its secret is refused. One that has expired is not extended."],
  issuer: ({ words }) => [
    `Every ${words.one} acts on behalf of the member who issued it. While that member is deactivated, it does not work.`,
  ],
  organization: ({ words }) => [
    `Nothing was ${words.removed}: every one works again as soon as ${words.many} are switched on.`,
  ],
  exchange: () => [
    "A client exchanges its ID and secret for an access token, which lasts an hour, and sends that one instead of the secret.",
  ],
  network: networkReasons,
  limit: ({ facts, words }) => [
    facts.of === "token"
      ? `The policy lets each ${words.one} make ${calls(facts.limit)} a minute. A refused call uses nothing up; a minute later there is room again.`
      : `The policy lets all ${words.many} of the organization together make ${calls(facts.limit)} a minute. Others may have used them up.`,
  ],
  permission: permissionReasons,
  input: ({ call, facts }) => [
    ...(facts.fields.length > 0 ? ["What these fields held was missing, or not what they take."] : []),
    ...(call.code === "invalid_input"
      ? ["The API reference says what each field takes. Values are not kept here."]
      : []),
  ],
  rule: ({ call, facts }) => [
    ...(isRule(call.code) ? [REMEDY_SENTENCES[REMEDIES[call.code]]] : []),
    ...(facts.fields.length > 0 ? [`It was about ${list(facts.fields)}.`] : []),
  ],
};

/** The title and the sentences of a refused call. */
export function explain({ call, words }: Told): { title: string; reasons: string[] } {
  const check = checkOf(call.code);
  const subject = call.token ? `The ${words.one}` : "Your API login";
  const told = { call, words, facts: call.facts, subject };
  return { title: TITLES[check](told), reasons: REASONS[check](told) };
}

/** A few words for a list of calls. */
export function inFewWords({ code, facts }: Pick<RefusedCall, "code" | "facts">): string {
  switch (checkOf(code)) {
    case "permission":
      return `Lacked ${list(facts.missing)}`;
    case "network":
      return facts.address === null ? "Came from an unknown address" : `Came from ${facts.address}`;
    case "limit":
      return `More than ${calls(facts.limit)} a minute`;
    case "exchange":
      return "Client secret sent as a token";
    case "expiry":
      return "Expired";
    case "deletion":
      return "Deleted";
    case "issuer":
      return "Issuer deactivated";
    case "organization":
      return "Switched off";
    case "secret":
      return "Not recognised";
    case "input":
      return facts.fields.length > 0 ? `Input not taken: ${list(facts.fields)}` : "Input not taken";
    case "rule":
      return code === "not_found" ? "Not there, or not seen" : `Rule: ${code.replaceAll("_", " ")}`;
  }
}

/** What the same call would come to now, in one sentence. */
export function verdictSentence(verdict: Verdict, { call, words }: Told, now: StandingNow): string {
  const failed = checkOf(call.code);
  if (verdict.outcome === "let_in") {
    return failed === "limit" || now.callsPerToken !== null || now.callsPerOrganization !== null
      ? "The same call would be let in now, as long as the limit of calls leaves room. Rules about what it does come after that."
      : "The same call would be let in now. Rules about what it does come after that.";
  }
  if (verdict.outcome === "depends") {
    return "The same call would get as far as this now. Whether it gets further depends on what is sent and what the rule finds then.";
  }
  return verdict.check === failed
    ? "The same call would be refused now for the same reason."
    : `The same call would still be refused now, for another reason: ${STILL[verdict.check](words)}.`;
}

const STILL: Record<Check, (words: TokenWords) => string> = {
  secret: ({ one }) => `the ${one} is not recognised`,
  deletion: ({ one, removed }) => `the ${one} is ${removed}`,
  expiry: ({ one }) => `the ${one} has expired`,
  issuer: () => "its issuer is deactivated",
  organization: ({ many }) => `${many} are switched off`,
  exchange: () => "a client secret is no access token",
  network: () => "it may not be used from that address",
  limit: () => "the limit of calls",
  permission: () => "it lacks a permission",
  input: () => "its input",
  rule: () => "a rule",
};

function networkReasons({ facts, subject, words }: Told & { facts: RefusalFacts; subject: string }): string[] {
  const by = {
    policy: !isAllowedFrom(facts.address, facts.policy),
    token: !isAllowedFrom(facts.address, facts.token),
  };
  return [
    ...(by.policy ? [`The token policy let ${words.many} be used from ${list(facts.policy)} only.`] : []),
    ...(by.token ? [`${subject} itself could be used from ${list(facts.token)} only.`] : []),
    ...(facts.address === null
      ? ["Latchkey was not told an address. Where a proxy stands in front of it, its settings have to name it."]
      : [
          "If this is the address of a proxy of yours, Latchkey takes the proxy for the caller: its settings have to name it.",
        ]),
  ];
}

function permissionReasons({ call, facts, words }: Told & { facts: RefusalFacts; subject: string }): string[] {
  const { role, issuerRole, missing } = facts;
  const inRoles = new Set([...(role?.lacks ?? []), ...(issuerRole?.lacks ?? [])]);
  const narrowed = missing.filter((permission) => !inRoles.has(permission));
  return [
    `The call needed ${permissions(facts.needed)}.`,
    ...(role && role.lacks.length > 0 ? [`Its role ${role.name} did not allow ${list(role.lacks)}.`] : []),
    ...(issuerRole && issuerRole.lacks.length > 0
      ? [
          call.token
            ? `Its issuer's role ${issuerRole.name} did not allow ${list(issuerRole.lacks)}, and no ${words.one} allows more than its issuer.`
            : `Your role ${issuerRole.name} did not allow ${list(issuerRole.lacks)}.`,
        ]
      : []),
    ...((role || issuerRole) && narrowed.length > 0
      ? [`The roles allowed ${list(narrowed)}, but the access token that was sent was made for less.`]
      : []),
  ];
}

const sentenceOf = (code: string): string | undefined =>
  (PROBLEMS[code as ProblemCode] ?? OAUTH_TEXTS[code as OAuthErrorCode])?.sentence;

const isRule = (code: string): code is RefusalCode => Object.hasOwn(REFUSALS, code);
const calls = (limit: number | null) =>
  limit === null ? "so many calls" : `${limit.toLocaleString("en")} ${limit === 1 ? "call" : "calls"}`;
const permissions = (names: readonly string[]) =>
  `${names.length === 1 ? "the permission" : "the permissions"} ${list(names)}`;
export const list = (names: readonly string[]) =>
  names.length < 2 ? (names[0] ?? "nothing") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
