import type { OAuthErrorCode } from "@/lib/http/oauth-error-codes";
import { PROBLEMS, type ProblemCode } from "@/lib/http/problem";
import { OAUTH_TEXTS } from "@/lib/http/problem-pages/oauth-texts";
import { REFUSALS, type RefusalCode, refusalSentence } from "@/lib/refusal";
import type { TokenWords } from "@/lib/tokens/token-words";
import { type Check, checkOf } from "./refusal-checks";
import type { RefusalFacts, RefusedCall, StandingNow } from "./refusal-facts";
import { REMEDIES, REMEDY_SENTENCES } from "./refusal-remedies";
import { isOfAccessToken, narrowedOut, outsideScope } from "./refusal-scope";
import { isAllowedFrom, type Verdict } from "./refusal-verdict";
import { calls, code, kindOf, list, permissions } from "./refusal-words";

/** What is needed to say it: the call and the organization's words. */
export interface Told {
  call: Pick<RefusedCall, "code" | "facts" | "token" | "operation" | "server">;
  words: TokenWords;
}

type Say = (told: Told & { facts: RefusalFacts; subject: string }) => string;

/** What refused it, in one line, by check: no check is without one. */
const TITLES: Record<Check, Say> = {
  secret: ({ subject }) => `${subject} was not recognised.`,
  deletion: ({ call, subject, words }) =>
    isOfAccessToken(call)
      ? `The access token had been ended${call.token ? "" : ", or your API login had"}.`
      : `${subject} had been ${words.removed}.`,
  expiry: ({ call, subject }) => `${isOfAccessToken(call) ? "The access token" : subject} had expired.`,
  issuer: ({ call, subject }) =>
    call.token
      ? `${subject} was stopped: its issuer is deactivated.`
      : "Your API login was stopped: you were deactivated.",
  organization: ({ words }) => `${words.title} were switched off for the organization.`,
  exchange: () => "A client secret was sent where an access token belongs.",
  network: ({ facts }) =>
    facts.address === null
      ? "Where the call came from was not known."
      : `The call came from ${code(facts.address)}, from where it is not allowed.`,
  limit: ({ facts }) => `Too many calls: more than ${calls(facts.limit)} a minute.`,
  permission: ({ subject, facts }) =>
    `${isNarrowed(facts) ? "The access token" : subject} did not have ${permissions(facts.missing)}.`,
  input: ({ call, facts }) =>
    facts.fields.length > 0
      ? `The input was not taken: ${list(facts.fields)}.`
      : (sentenceOf(call.code) ?? "The input was not taken."),
  rule: ({ call, words }) =>
    call.code === "not_found"
      ? notFoundTitle(call, words)
      : isRule(call.code)
        ? refusalSentence({ code: call.code }, words)
        : "A rule refused it that is none any more.",
};

/** Why, in plain sentences. */
const REASONS: Record<Check, (told: Parameters<Say>[0]) => string[]> = {
  secret: () => [],
  deletion: ({ call, words }) =>
    isOfAccessToken(call)
      ? [endedReason(call.token !== null)]
      : [
          `Whoever sends its secret is refused from the moment of its ${words.removal} on. What is ${words.removed} does not come back.`,
        ],
  expiry: ({ call }) =>
    isOfAccessToken(call)
      ? [overReason(call.token !== null)]
      : ["From the moment of its expiry on, its secret is refused. One that has expired is not extended."],
  issuer: ({ call, words }) =>
    call.token === null
      ? ["While a member is deactivated, nothing of theirs works."]
      : [
          `Every ${words.one} acts on behalf of the member who issued it. While that member is deactivated, it does not work.`,
        ],
  organization: ({ words }) => [
    `Nothing was ${words.removed}: every one works again as soon as ${words.many} are switched on.`,
  ],
  exchange: () => [
    "A client exchanges its ID and secret for an access token, which lasts an hour, and sends that one instead of the secret.",
  ],
  network: networkReasons,
  limit: ({ call, facts, words }) => [
    facts.of === "token"
      ? `The policy lets each ${call.token ? words.one : "API login"} make ${calls(facts.limit)} a minute. A refused call uses nothing up; a minute later there is room again.`
      : `The policy lets all ${words.many} of the organization together make ${calls(facts.limit)} a minute. Others may have used them up.`,
  ],
  permission: permissionReasons,
  input: ({ call, facts }) => [
    ...(facts.fields.length > 0 ? ["What these fields held was missing, or not what they take."] : []),
    ...(call.code === "invalid_input"
      ? ["The API reference says what each field takes. Values are not kept here."]
      : []),
  ],
  rule: ({ call, facts, words }) => [
    ...(call.code === "not_found"
      ? notFoundReasons(call, words)
      : isRule(call.code)
        ? [REMEDY_SENTENCES[REMEDIES[call.code]]]
        : []),
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
export function inFewWords(call: Told["call"], words: TokenWords): string {
  const { facts } = call;
  switch (checkOf(call.code)) {
    case "permission":
      return `Lacked ${list(facts.missing)}`;
    case "network":
      return facts.address === null ? "Came from an unknown address" : `Came from ${code(facts.address)}`;
    case "limit":
      return `More than ${calls(facts.limit)} a minute`;
    case "exchange":
      return "Client secret sent as a token";
    case "expiry":
      return isOfAccessToken(call) ? "Access token expired" : "Expired";
    case "deletion":
      return isOfAccessToken(call) ? "Access token ended" : words.removedStatus;
    case "issuer":
      return "Issuer deactivated";
    case "organization":
      return "Switched off";
    case "secret":
      return "Not recognised";
    case "input":
      if (facts.fields.length > 0) return `Input not taken: ${list(facts.fields)}`;
      return TITLES.input({ call, words, facts, subject: "" }).replace(/\.$/, "");
    case "rule":
      return TITLES.rule({ call, words, facts, subject: "" }).replace(/\.$/, "");
  }
}

/** What the same call would come to now, in one sentence. */
export function verdictSentence(verdict: Verdict, { call, words }: Told, now: StandingNow): string {
  const failed = checkOf(call.code);
  if (verdict.outcome === "let_in") {
    const isLimited = failed === "limit" || now.callsPerToken !== null || now.callsPerOrganization !== null;
    return [
      "The same call would be let in now",
      isOfAccessToken(call) ? ", with an access token that is not over" : "",
      isLimited ? ", as long as the limit of calls leaves room" : "",
      ". Rules about what it does come after that.",
    ].join("");
  }
  if (verdict.outcome === "depends") {
    const token = isOfAccessToken(call) ? ", with an access token that is not over" : "";
    return `The same call would get as far as this now${token}. Whether it gets further depends on what is sent and what the rule finds then.`;
  }
  if (verdict.by === "scope") {
    return `The same call would be refused now: the access token was made for less than ${list(outsideScope(call.facts))}.`;
  }
  if (verdict.by === "access_token") {
    return "The same access token would be refused now for the same reason. A new one would be checked afresh.";
  }
  // What an access token was refused for, its client may be by now: another reason, and another way out.
  const isClients = isOfAccessToken(call) && (failed === "expiry" || failed === "deletion");
  return verdict.check === failed && !isClients
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

function permissionReasons({ call, facts, words }: Parameters<Say>[0]): string[] {
  const { role, issuerRole, missing, needed } = facts;
  /** What the title names already is not named again. */
  const those = (names: readonly string[]) =>
    names.length < missing.length ? list(names) : names.length === 1 ? "it" : "them";
  const others = needed.filter((permission) => !missing.includes(permission));
  const narrowed = narrowedOut(facts);
  return [
    ...(others.length > 0 ? [`The call needed ${permissions(others)} too, which it had.`] : []),
    ...(role && role.lacks.length > 0
      ? [`The ${words.one}'s role ${role.name} did not allow ${those(role.lacks)}.`]
      : []),
    ...(issuerRole && issuerRole.lacks.length > 0
      ? [
          call.token
            ? `Its issuer's role ${issuerRole.name} did not allow ${those(issuerRole.lacks)}, and no ${words.one} allows more than its issuer.`
            : `Your role ${issuerRole.name} did not allow ${those(issuerRole.lacks)}.`,
        ]
      : []),
    ...(narrowed.length > 0
      ? [
          `${call.token ? "The roles" : "Your role"} allowed ${those(narrowed)}, but the access token was made for less: ${
            facts.access?.scope?.length ? `for ${list(facts.access.scope)}` : "for nothing"
          }.`,
        ]
      : []),
  ];
}

/** Whether the access token alone lacked all that was missing. */
const isNarrowed = (facts: RefusalFacts) =>
  facts.missing.length > 0 && narrowedOut(facts).length === facts.missing.length;

const overReason = (isClients: boolean) =>
  isClients
    ? "An access token lasts an hour at most. A client exchanges its ID and secret for the next one."
    : "An access token lasts an hour at most. A refresh token gets the next one, and so does a new login.";

const endedReason = (isClients: boolean) =>
  isClients
    ? "Whoever holds an access token can end it before its hour is over. A client exchanges its ID and secret for another."
    : "Who logs out, or ends the login among the sessions of the profile, ends every access token of it. Log in to the API again.";

/** An id says nothing of what it is of; its place in the path does. */
function notFoundTitle(call: Told["call"], words: TokenWords): string {
  const { operation } = call;
  if (call.server === "app" && !operation) return "The API has no such endpoint.";
  return operation?.named
    ? `There is no such ${kindOf(operation.named.collection, words)} here, or it is not seen.`
    : refusalSentence({ code: "not_found" }, words);
}

function notFoundReasons(call: Told["call"], words: TokenWords): string[] {
  const { operation } = call;
  if (call.server === "app" && !operation) return ["The reference lists every method and address that there is."];
  if (!operation?.named) return [];
  const { collection, id } = operation.named;
  const kind = kindOf(collection, words);
  return [
    `${code(id)} is the id of no ${kind} that the caller sees. One that it may not see is answered no other way, so that nobody learns what there is.`,
  ];
}

const sentenceOf = (name: string): string | undefined =>
  (PROBLEMS[name as ProblemCode] ?? OAUTH_TEXTS[name as OAuthErrorCode])?.sentence;

const isRule = (name: string): name is RefusalCode => Object.hasOwn(REFUSALS, name);
