import type { TokenWords } from "@/lib/tokens/token-words";
import type {
  DeletedDetails,
  ExpiringDetails,
  InactiveDetails,
  NoticeEvent,
  NotificationDetails,
  TokenDetails,
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
  const verb = unused ? `${isOver ? "was" : "is"} to be ${words.removed}` : isOver ? "expired" : "expires";
  if (count === 1 && first) return { lead: "", token: first, rest: `${unused ? " is not used and" : ""} ${verb}`, at };
  const lead = `The first of ${count.toLocaleString("en")} ${unused ? "unused " : ""}${words.many} ${verb}`;
  return { lead, token: null, rest: "", at };
}

function createdSentence({ how, by, token }: TokenDetails): NoticeSentence {
  if (how === "rotated") return { lead: `${by ?? "Somebody"} made a new secret for `, token, rest: "", at: null };
  if (how === "extended") return { lead: `${by ?? "Somebody"} let `, token, rest: " live longer", at: null };
  return { lead: by ? `${by} created ` : "", token, rest: by ? "" : " was created", at: null };
}

function deletedSentence(details: TokenDetails | DeletedDetails, words: TokenWords): NoticeSentence {
  const { by } = details;
  const one = details.kind === "token";
  const token = one ? details.token : null;
  const many = one ? "" : `${details.count.toLocaleString("en")} ${words.many}`;
  if (by) return { lead: `${by} ${words.removed} ${many}`, token, rest: "", at: null };
  return { lead: many, token, rest: ` ${one ? "was" : "were"} ${words.removed} by the token policy`, at: null };
}

/** What is good to know beside it, each a few words. */
export function noticeFacts(details: NotificationDetails): string[] {
  if (details.kind === "expiring") return details.isReminder ? ["You asked to be reminded"] : [];
  if (details.kind !== "token") return [];
  return details.issuedFor ? [`Acts for ${details.issuedFor}`] : [];
}

/** The new secret that waited when somebody was told of one token's expiry; null where there was none. */
export function waitingSecret(details: NotificationDetails): { since: string; renews: boolean } | null {
  return (details.kind === "expiring" && details.count === 1 && details.tokens[0]?.newSecret) || null;
}

/** What using it does, after the words that it waits. */
export const waitingAdvice = (renews: boolean, words: TokenWords): string =>
  renews ? `Its first use renews the ${words.one}.` : "Using it does not move the expiry.";

/** What to do about it, where a person has to find out by themselves; null where it says so itself. */
export function noticeAdvice(event: NoticeEvent, words: TokenWords): string | null {
  switch (event) {
    case "token_created":
      return `If you did not expect it, open it, ${words.remove.toLowerCase()} it and tell an administrator.`;
    case "token_leaked":
      return "See what it was used for, and replace it.";
    case "token_inactive":
      return "One call with it is enough to keep it.";
    case "token_expiring":
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
      return "Found leaked";
  }
}

/** When a message of an event comes, for the person whose matrix it is, or for the members for whom it is set. */
export function eventExplanation(event: NoticeEvent, whose: "own" | "members", words: TokenWords): string {
  const own = whose === "own";
  switch (event) {
    case "token_expiring":
      return own
        ? "On the days before it that the token policy names, and when you asked to be reminded."
        : "On the days before it that the token policy names, and when somebody asked to be reminded.";
    case "token_inactive":
      return `Before the token policy has one ${words.removed} that is not used.`;
    case "token_created":
      return own
        ? `${words.a === "an" ? "An" : "A"} ${words.one} of yours, or of a service account that you answer for. By mail where somebody else did it, or where the policy asks for it.`
        : `To whoever it acts for. By mail where somebody else did it, or where the policy asks for it.`;
    case "token_deleted":
      return own
        ? `By the token policy, or by yourself. Of one that somebody else ${words.removed} you are always told.`
        : `By the token policy, or by its issuer. Of one that somebody else ${words.removed} people are always told.`;
    case "token_leaked":
      return "Its secret was found in a place where others can read it.";
  }
}

/** Why a line of the matrix cannot be switched. */
export const MANDATORY_REASON = "Always on: whoever takes over a session cannot hide what they do.";
