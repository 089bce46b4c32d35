import { DAY, type tokenStanding } from "./token-status";

/** Days between the notice and the deletion, where tokens may stay unused for at least as long. */
const NOTICE_DAYS = 7;
/** What becomes due within this time after the first goes along with it, so that many tokens make one message. */
const TOGETHER = DAY;
/** A use is written within a minute; one from before the moment that was told is known by then. */
const SETTLES = 5 * 60_000;

/** The policy's rule, and since when it is on. */
export interface InactivityRule {
  inactiveDays: number;
  since: Date;
}

/** A token, as far as its use bears on its life. */
export interface UseFacts {
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  /** False where nobody can use it, or where nobody would hear that it lies unused. */
  judged: boolean;
}

/** What was told of a token: when, and that it is deleted at `dueAt` unless it is used before. */
export interface InactivityNotice {
  noticedAt: Date;
  dueAt: Date;
}

const after = (instant: Date, days: number) => new Date(instant.getTime() + days * DAY);
const later = (one: Date, other: Date) => (one > other ? one : other);

/** Whether somebody can use a token, so that it means something that nobody does: it has to work. */
export const isUsable = (standing: ReturnType<typeof tokenStanding>): boolean => standing === "active";

/** A week; less where tokens may stay unused for less. */
export const noticePeriod = (inactiveDays: number): number => Math.min(NOTICE_DAYS, inactiveDays);

/** When a token has lain unused for the days of the rule. A day is 24 hours, whatever the calendar says. */
const unusedEnoughAt = ({ createdAt, lastUsedAt }: UseFacts, { inactiveDays, since }: InactivityRule): Date =>
  // One that was never used lies unused since its creation, and no earlier than the rule.
  after(lastUsedAt ?? later(createdAt, since), inactiveDays);

/** The latest last use, or creation, of tokens of which the rule has something to say now. */
export const unusedSince = ({ inactiveDays }: InactivityRule, now: Date): Date =>
  new Date(now.getTime() + TOGETHER - inactiveDays * DAY);

/** When a token would be deleted if nobody used it from now on; null where it ends before, or nobody can use it. */
export function foreseeDeletion(token: UseFacts, rule: InactivityRule, now: Date): Date | null {
  const dueAt = after(later(now, unusedEnoughAt(token, rule)), noticePeriod(rule.inactiveDays));
  return token.judged && !(token.expiresAt && token.expiresAt <= dueAt) ? dueAt : null;
}

/** Whether what was told of a token still holds: nobody used it, nobody stopped it, and the rule still asks for it. */
export function noticeStands(token: UseFacts, { noticedAt, dueAt }: InactivityNotice, rule: InactivityRule | null) {
  if (!rule || !token.judged) return false;
  if (token.lastUsedAt && token.lastUsedAt > noticedAt) return false;
  if (token.expiresAt && token.expiresAt <= dueAt) return false;
  return after(unusedEnoughAt(token, rule), noticePeriod(rule.inactiveDays)) <= dueAt;
}

/** What is to be done about a token. `early`: not due yet, but soon enough to be told with others. */
export type InactivityStep =
  | { kind: "nothing" }
  | { kind: "tell"; notice: InactivityNotice; early: boolean }
  | { kind: "take_back" }
  | { kind: "delete" };

const NOTHING = { kind: "nothing" } as const;

/** The rule, about one token: first the notice, and nothing without it. */
export function decideInactivity(
  token: UseFacts,
  notice: InactivityNotice | null,
  rule: InactivityRule | null,
  now: Date,
): InactivityStep {
  if (notice) {
    if (!noticeStands(token, notice, rule)) return { kind: "take_back" };
    return notice.dueAt.getTime() + SETTLES <= now.getTime() ? { kind: "delete" } : NOTHING;
  }
  const dueAt = rule && foreseeDeletion(token, rule, now);
  if (!rule || !dueAt) return NOTHING;
  const unusedAt = unusedEnoughAt(token, rule);
  if (unusedAt.getTime() > now.getTime() + TOGETHER) return NOTHING;
  return { kind: "tell", notice: { noticedAt: now, dueAt }, early: unusedAt > now };
}
