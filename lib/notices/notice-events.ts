/** What people are told of. */
export const NOTICE_EVENTS = [
  "token_expiring",
  "token_inactive",
  "token_created",
  "token_deleted",
  "token_leaked",
] as const;
export type NoticeEvent = (typeof NOTICE_EVENTS)[number];
/** Those that tell of one token, and of something that was done with it. */
export type TokenEventKind = Exclude<NoticeEvent, "token_expiring" | "token_inactive">;

export const NOTICE_CHANNELS = ["in_app", "email"] as const;
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number];

/**
 * Created: a new secret of a token that was there before, or a longer life. Deleted by the policy, since it expired or
 * nobody used it, or by whoever changed the policy so. Leaked: an old secret was presented for a new one, which ended the
 * token.
 */
export type TokenNoteManner = "rotated" | "extended" | "expired" | "unused" | "policy_changed" | "old_secret";

/** What a notification shows; never a secret. Times as ISO 8601 in UTC. */
export interface ExpiringDetails {
  kind: "expiring";
  /** All tokens that it tells of; the first of them by expiry are named. */
  count: number;
  tokens: {
    id: string;
    name: string;
    masked: string;
    expiresAt: string;
    /** One that waited then to be used, and whether its first use renews the token. */
    newSecret?: { since: string; renews: boolean };
  }[];
  /** Asked for by the person, and no threshold of the policy. */
  isReminder: boolean;
}

export interface InactiveDetails {
  kind: "inactive";
  /** All tokens that it tells of; the first of them to be deleted are named. */
  count: number;
  tokens: { id: string; name: string; masked: string; dueAt: string }[];
}

/** What was done with one token. */
export interface TokenDetails {
  kind: "token";
  how?: TokenNoteManner;
  token: { id: string; name: string; masked: string };
  /** Who did it; null where the system did. */
  by: string | null;
  /** The receiver did it. */
  isOwn?: boolean;
  /** The service account that the token acts for; null where a person issued it. */
  issuedFor: string | null;
  /** The person who issued it, where that is not the receiver. */
  issuedBy?: string | null;
  /** The address from which an old secret was presented. */
  from?: string | null;
}

/** Several tokens that one act or one run of a job deleted. */
export interface DeletedDetails {
  kind: "deleted";
  how?: TokenNoteManner;
  count: number;
  tokens: { id: string; name: string; masked: string }[];
  by: string | null;
}

export type NotificationDetails = ExpiringDetails | InactiveDetails | TokenDetails | DeletedDetails;

/** Which event has which details. */
export type Told =
  | { event: "token_expiring"; details: ExpiringDetails }
  | { event: "token_inactive"; details: InactiveDetails }
  | { event: "token_deleted"; details: TokenDetails | DeletedDetails }
  | { event: "token_created" | "token_leaked"; details: TokenDetails };

/** What a person, or an organization for its people, has set. A channel without a word of them stays on. */
export type NoticeChoices = Partial<Record<NoticeEvent, Partial<Record<NoticeChannel, boolean>>>>;

/**
 * Events that nobody switches off: whoever took over a session could hide its deeds. A deletion is one where somebody
 * else did it.
 */
export const MANDATORY_EVENTS: readonly NoticeEvent[] = ["token_created", "token_deleted", "token_leaked"];

/** Whether a person may set this for themselves. A deletion of one's own is theirs to be told of or not. */
export const isMandatory = (event: NoticeEvent, { byOneself }: { byOneself: boolean }): boolean =>
  MANDATORY_EVENTS.includes(event) && !(event === "token_deleted" && byOneself);

/** Whether somebody is told of an event this way: mandatory first, then their own choice, then the organization's. */
export function isWanted(
  event: NoticeEvent,
  channel: NoticeChannel,
  { own, organization, byOneself = false }: { own: NoticeChoices; organization: NoticeChoices; byOneself?: boolean },
): boolean {
  if (isMandatory(event, { byOneself })) return true;
  return own[event]?.[channel] ?? organization[event]?.[channel] ?? true;
}
