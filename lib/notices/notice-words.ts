import type { TokenWords } from "@/lib/tokens/token-words";
import type { SinceTold } from "./list-notifications";
import type {
  DeletedDetails,
  ExpiringDetails,
  InactiveDetails,
  NoticeEvent,
  NotificationDetails,
  TokenDetails,
  TokenNoteManner,
  Told,
} from "./notice-events";

/** A sentence around a token's name, for the name to be a link; and an instant that follows it. */
export interface NoticeSentence {
  lead: string;
  token: { id: string; name: string } | null;
  rest: string;
  /** Of the end that it tells of. */
  at: string | null;
}

interface ToldToken {
  id: string;
  name: string;
  masked: string;
  at: string | null;
  newSecret?: { since: string; renews: boolean };
}

/** The tokens of a message that may tell of several, with the instant at which each ends; null for any other. */
export function toldTokens(details: NotificationDetails): { count: number; tokens: ToldToken[] } | null {
  switch (details.kind) {
    case "expiring":
      return {
        count: details.count,
        tokens: details.tokens.map(({ expiresAt, ...token }) => ({ ...token, at: expiresAt })),
      };
    case "inactive":
      return { count: details.count, tokens: details.tokens.map(({ dueAt, ...token }) => ({ ...token, at: dueAt })) };
    case "deleted":
      return { count: details.count, tokens: details.tokens.map((token) => ({ ...token, at: null })) };
    case "token":
      return null;
  }
}

/** What a notification says in a line. An end that is over by `now` is told as such. */
export function noticeSentence(told: Told, words: TokenWords, now: Date): NoticeSentence {
  switch (told.event) {
    case "token_expiring":
    case "token_inactive":
      return endSentence(told.details, words, now);
    case "token_created":
      return createdSentence(told.details);
    case "token_deleted":
      return deletedSentence(told.details, words);
    case "token_leaked":
      return {
        lead: "",
        token: told.details.token,
        rest:
          told.details.how === "old_secret"
            ? ` was ${words.removed}: somebody asked for a new secret with an old one`
            : " was found where others can read it",
        at: null,
      };
  }
}

function endSentence(details: ExpiringDetails | InactiveDetails, words: TokenWords, now: Date): NoticeSentence {
  const { count, tokens } = toldTokens(details) ?? { count: 0, tokens: [] };
  const [first] = tokens;
  const at = first?.at ?? null;
  const isOver = at !== null && Date.parse(at) <= now.getTime();
  const unused = details.kind === "inactive";
  const verb = unused ? `${isOver ? "was to" : "will"} be ${words.removed}` : isOver ? "expired" : "expires";
  if (count === 1 && first) return { lead: "", token: first, rest: `${unused ? " is not used and" : ""} ${verb}`, at };
  const many = `${count.toLocaleString("en")} ${unused ? "unused " : ""}${words.many}`;
  const lead = isOver
    ? `The first of ${many} ${verb}`
    : `${many} ${unused ? `will be ${words.removed}` : "expire soon"}, the first`;
  return { lead, token: null, rest: "", at };
}

function createdSentence({ how, by, isOwn, token }: TokenDetails): NoticeSentence {
  const who = isOwn ? "You" : (by ?? "Somebody");
  if (how === "rotated") return { lead: `${who} made a new secret for `, token, rest: "", at: null };
  if (how === "extended") return { lead: `${who} extended `, token, rest: "", at: null };
  if (by === null) return { lead: "", token, rest: " was created", at: null };
  return { lead: `${who} created `, token, rest: "", at: null };
}

function deletedSentence(details: TokenDetails | DeletedDetails, words: TokenWords): NoticeSentence {
  const { by, how } = details;
  const one = details.kind === "token";
  const token = one ? details.token : null;
  const many = one ? "" : `${details.count.toLocaleString("en")} ${words.many}`;
  const reason = reasonOf(how, one, words);
  if (by) return { lead: `${by} ${words.removed} ${many}`, token, rest: reason ?? "", at: null };
  const rest = ` ${one ? "was" : "were"} ${words.removed}${reason ?? " by the token policy"}`;
  return { lead: many, token, rest, at: null };
}

/** Which rule of the policy it was, with what leads over to it; null where somebody chose these very tokens. */
function reasonOf(how: TokenNoteManner | undefined, one: boolean, { removed }: TokenWords): string | null {
  switch (how) {
    case "expired":
      return `: ${one ? "it" : "they"} had expired, and the token policy has such ones ${removed}`;
    case "unused":
      return `: nobody used ${one ? "it" : "them"}, and the token policy has such ones ${removed}`;
    case "policy_changed":
      return ", which had expired, by changing the token policy";
    default:
      return null;
  }
}

/** What is good to know beside it, each a few words. */
export function noticeFacts(details: NotificationDetails): string[] {
  if (details.kind === "expiring") return details.isReminder ? ["You asked to be reminded"] : [];
  if (details.kind !== "token") return [];
  const { issuedFor, issuedBy, from } = details;
  return [
    ...(issuedFor ? [`Acts for ${issuedFor}`] : []),
    ...(issuedBy ? [`Issued by ${issuedBy}`] : []),
    ...(from ? [`Old secret from ${from}`] : []),
  ];
}

/** The new secret that waited when somebody was told of one token's expiry; null where there was none. */
export function waitingSecret(details: NotificationDetails): { since: string; renews: boolean } | null {
  return (details.kind === "expiring" && details.count === 1 && details.tokens[0]?.newSecret) || null;
}

/** What became of a token since somebody was told that it expires. */
export const sinceToldText = (since: SinceTold, { removed }: TokenWords): string =>
  ({
    rotated: "Rotated since, with a later expiry",
    extended: "Given another expiry since",
    deleted: `Since ${removed}`,
  })[since];

/** What using it does, after the words that it waits. */
export const waitingAdvice = (renews: boolean, words: TokenWords): string =>
  renews ? `Its first use renews the ${words.one}.` : "Using it does not move the expiry.";

/** What to do about it; null where there is nothing, or where it says so itself. An end that is over by `now` needs nothing. */
export function noticeAdvice({ event, details }: Told, words: TokenWords, now: Date): string | null {
  if (details.kind === "token" && details.isOwn) return null;
  const told = toldTokens(details);
  const [first] = told?.tokens ?? [];
  const isOver = !!first?.at && Date.parse(first.at) <= now.getTime();
  switch (event) {
    case "token_created":
      return `If you did not expect it, open it, ${words.remove.toLowerCase()} it and tell an administrator.`;
    case "token_leaked":
      return "how" in details && details.how === "old_secret"
        ? "See what it was used for, and make a new one."
        : "See what it was used for, and replace it.";
    case "token_inactive":
      if (isOver) return null;
      return told?.count === 1
        ? "One call with it is enough to keep it."
        : "One call is enough to keep one; what nothing needs may go.";
    case "token_expiring":
      // A new secret that waits says what to do with it.
      if (isOver || waitingSecret(details)) return null;
      return told?.count === 1
        ? "Rotate it before then where it is still needed."
        : "Rotate those before then that are still needed.";
    case "token_deleted":
      return null;
  }
}

/** An event as a filter and a line of the matrix name it. */
export function eventLabel(event: NoticeEvent, words: TokenWords): string {
  switch (event) {
    case "token_expiring":
      return "Expires soon";
    case "token_inactive":
      return "Not used";
    case "token_created":
      return "Created";
    case "token_deleted":
      return words.removedStatus;
    case "token_leaked":
      return "Possibly leaked";
  }
}

/** What the policy has to do with it: days before an expiry, whether there is one at all, and days without use. */
export interface NoticeRule {
  noticeDays: readonly number[];
  expires: boolean;
  inactiveDays: number | null;
}

/** When a message of an event comes, for the person whose matrix it is, or for the members for whom it is set. */
export function eventExplanation(
  event: NoticeEvent,
  whose: "own" | "members",
  words: TokenWords,
  rule: NoticeRule,
): string {
  const own = whose === "own";
  const removes = `${words.remove.toLowerCase()}s`;
  switch (event) {
    case "token_expiring": {
      const asked = own ? "when you asked to be reminded" : "when somebody asked to be reminded";
      const before = beforehand(rule.noticeDays);
      if (before) return `${before}, and ${asked}.`;
      if (!rule.expires) return `By the token policy ${words.many} do not expire: nothing is told.`;
      return `Only ${asked}: the token policy names no days.`;
    }
    case "token_inactive":
      return rule.inactiveDays === null
        ? `The token policy keeps ${words.many} that nobody uses: nothing is told.`
        : `Before the token policy has one ${words.removed} that nobody used for ${count(rule.inactiveDays)}.`;
    case "token_created":
      return own
        ? `${words.a === "an" ? "An" : "A"} ${words.one} of yours, or of a service account that you answer for. By mail where somebody else did it, or where the policy asks for it.`
        : `To whoever it acts for. By mail where somebody else did it, or where the policy asks for it.`;
    case "token_deleted":
      return own
        ? `By the token policy, or by yourself. You are always told when somebody else ${removes} one.`
        : `By the token policy, or by its issuer. People are always told when somebody else ${removes} one of theirs.`;
    case "token_leaked":
      return "Its secret was found where others can read it, or somebody asked for a new one with an old one.";
  }
}

const count = (days: number) => `${days.toLocaleString("en")} ${days === 1 ? "day" : "days"}`;

/** "30, 7 and 1 days before"; null for no days. */
function beforehand(days: readonly number[]): string | null {
  const sorted = [...days].sort((a, b) => b - a).map((each) => each.toLocaleString("en"));
  const last = sorted.pop();
  if (last === undefined) return null;
  if (sorted.length === 0) return `${last} ${last === "1" ? "day" : "days"} before`;
  return `${sorted.join(", ")} and ${last} days before`;
}

/** Why a line of the matrix cannot be switched. */
export const mandatoryReason = (whose: "own" | "members"): string =>
  whose === "own" ? "Always on, for your safety." : "Always on, for everybody’s safety.";
