import { describe, expect, it } from "vitest";
import { TOKEN_WORDS } from "@/lib/tokens/token-words";
import {
  type DeletedDetails,
  type ExpiringDetails,
  type InactiveDetails,
  NOTICE_EVENTS,
  type TokenDetails,
  type TokenNoteManner,
  type Told,
} from "./notice-events";
import { readNotificationsQuery } from "./notice-search-params";
import {
  eventExplanation,
  eventLabel,
  noticeAdvice,
  noticeFacts,
  noticeSentence,
  waitingAdvice,
  waitingSecret,
} from "./notice-words";

const NOW = new Date("2026-11-22T12:00:00Z");
const words = TOKEN_WORDS.single_rotating;
const tokens = ["2026-11-23T12:00:00.000Z", "2026-11-25T12:00:00.000Z"].map((expiresAt, n) => ({
  id: `00000000000${n}`,
  name: `ci ${n}`,
  masked: "lk_pat_…",
  expiresAt,
}));
const expiring = (count: number): ExpiringDetails => ({ kind: "expiring", count, tokens, isReminder: false });
const happened = (by: string | null): TokenDetails => ({
  kind: "token",
  token: { id: "000000000009", name: "nightly", masked: "lk_pat_…" },
  by,
  issuedFor: "Robot",
});
const unused = (count: number): InactiveDetails => ({
  kind: "inactive",
  count,
  tokens: tokens.map(({ expiresAt, ...token }) => ({ ...token, dueAt: expiresAt })),
});
const together = (by: string | null): DeletedDetails => ({ kind: "deleted", count: 1200, tokens, by });
type DetailsOf<Event> = Told extends infer One
  ? One extends { event: infer E; details: infer D }
    ? Event extends E
      ? D
      : never
    : never
  : never;
const sentence = <Event extends Told["event"]>(event: Event, details: DetailsOf<Event>, now = NOW) =>
  noticeSentence({ event, details } as Told, words, now);
const told = <Event extends Told["event"]>(...given: Parameters<typeof sentence<Event>>) => {
  const { lead, token, rest } = sentence(...given);
  return `${lead}${token?.name ?? ""}${rest}`;
};

describe("a notification", () => {
  it("tells of one token by name and of many by number, each with the instant of the first", () => {
    expect(told("token_expiring", expiring(1))).toBe("ci 0 expires");
    expect(told("token_inactive", unused(1))).toBe("ci 0 is not used and will be revoked");
    expect(told("token_inactive", unused(7))).toBe("7 unused API tokens will be revoked, the first");
    expect(told("token_expiring", expiring(1200))).toBe("1,200 API tokens expire soon, the first");
    expect(sentence("token_expiring", expiring(2))).toMatchObject({
      token: null,
      at: tokens[0]?.expiresAt,
    });
  });

  it("does not say that something will expire that has expired", () => {
    const then = new Date("2026-11-23T12:00:00Z");
    expect(told("token_expiring", expiring(1), then)).toBe("ci 0 expired");
    expect(told("token_inactive", unused(1), then)).toBe("ci 0 is not used and was to be revoked");
    expect(told("token_expiring", expiring(2), then)).toBe("The first of 2 API tokens expired");
  });

  it("names who did it, in the organization's words, and the policy where nobody did", () => {
    expect(told("token_created", happened("Mara"))).toBe("Mara created nightly");
    expect(told("token_deleted", happened("Mara"))).toBe("Mara revoked nightly");
    expect(told("token_deleted", happened(null))).toBe("nightly was revoked by the token policy");
    const because = (how: TokenNoteManner, by: string | null = null) => told("token_deleted", { ...happened(by), how });
    expect(because("expired")).toBe("nightly was revoked: it had expired, and the token policy has such ones revoked");
    expect(because("unused")).toBe("nightly was revoked: nobody used it, and the token policy has such ones revoked");
    expect(because("policy_changed", "Mara")).toBe(
      "Mara revoked nightly, which had expired, by changing the token policy",
    );
    expect(told("token_leaked", happened(null))).toBe("nightly was found where others can read it");
    const rotated = { ...happened("Mara"), how: "rotated" } as const;
    expect(told("token_created", rotated)).toBe("Mara made a new secret for nightly");
    expect(told("token_created", { ...rotated, how: "extended" as const })).toBe("Mara extended nightly");
    const old = { ...happened(null), how: "old_secret" } as const;
    expect(told("token_leaked", old)).toBe("nightly was revoked: somebody asked for a new secret with an old one");
    expect(noticeFacts(happened(null))).toEqual(["Acts for Robot"]);
    const leaked = { ...old, issuedFor: null, issuedBy: "Mateo", from: "203.0.113.7" };
    expect(noticeFacts(leaked)).toEqual(["Issued by Mateo", "Old secret from 203.0.113.7"]);
    expect(noticeFacts({ ...expiring(1), isReminder: true })).toEqual(["You asked to be reminded"]);
  });

  it("tells of tokens that were deleted together by number, and of an event only what it is of", () => {
    expect(told("token_deleted", together(null))).toBe("1,200 API tokens were revoked by the token policy");
    expect(told("token_deleted", together("Mara"))).toBe("Mara revoked 1,200 API tokens");
    expect(told("token_deleted", { ...together(null), how: "unused" })).toBe(
      "1,200 API tokens were revoked: nobody used them, and the token policy has such ones revoked",
    );
    expect(told("token_expiring", expiring(1))).not.toContain("others can read");
    // @ts-expect-error Only a deletion is told of several tokens that something was done with.
    expect(() => sentence("token_leaked", together(null))).not.toThrow();
    // @ts-expect-error Nothing was found anywhere of a token that expires.
    expect(() => sentence("token_expiring", happened(null))).not.toThrow();
  });

  it("says of a new secret that waits whether using it helps", () => {
    const newSecret = { since: "2026-11-20T12:00:00.000Z", renews: true };
    const [first] = expiring(1).tokens;
    const waits: ExpiringDetails = { ...expiring(1), tokens: first ? [{ ...first, newSecret }] : [] };
    expect(waitingSecret(waits)).toEqual(newSecret);
    expect(waitingAdvice(true, words)).toBe("Its first use renews the API token.");
    expect(waitingAdvice(false, words)).toBe("Using it does not move the expiry.");
    for (const other of [expiring(1), { ...waits, count: 2 }, unused(1), happened(null), together(null)])
      expect(waitingSecret(other)).toBeNull();
  });

  it("says “you” of what one did oneself, and advises nothing about it, nor about an end that is over", () => {
    const own = { ...happened("Mara"), isOwn: true };
    const advice = <Event extends Told["event"]>(event: Event, details: DetailsOf<Event>, now = NOW) =>
      noticeAdvice({ event, details } as Told, words, now);
    expect(told("token_created", own)).toBe("You created nightly");
    expect(advice("token_created", own)).toBeNull();
    expect(advice("token_created", happened("Mara"))).toContain("revoke it");
    const then = new Date("2026-11-23T12:00:00Z");
    expect(advice("token_expiring", expiring(1))).toContain("Rotate it");
    expect(advice("token_expiring", expiring(1), then)).toBeNull();
    expect(advice("token_inactive", unused(1))).toContain("keep it");
    expect(advice("token_inactive", unused(1), then)).toBeNull();
  });

  it("names the policy's days, and says where nothing is told", () => {
    const rule = { noticeDays: [1, 30, 7], expires: true, inactiveDays: 90 };
    const said = (event: (typeof NOTICE_EVENTS)[number], more = {}) =>
      eventExplanation(event, "own", words, { ...rule, ...more });
    expect(said("token_expiring")).toBe("30, 7 and 1 days before, and when you asked to be reminded.");
    expect(said("token_expiring", { noticeDays: [1] })).toBe("1 day before, and when you asked to be reminded.");
    expect(said("token_expiring", { noticeDays: [] })).toMatch(/^Only when you asked/);
    expect(said("token_expiring", { noticeDays: [], expires: false })).toMatch(/do not expire: nothing is told/);
    expect(said("token_inactive")).toBe("Before the token policy has one revoked that nobody used for 90 days.");
    expect(said("token_inactive", { inactiveDays: null })).toMatch(/keeps API tokens .*nothing is told/);
  });

  it("has words for every event, and never says deleted where the organization revokes", () => {
    const rule = { noticeDays: [7], expires: true, inactiveDays: 90 };
    const all = NOTICE_EVENTS.flatMap((event) => [
      eventLabel(event, words),
      eventExplanation(event, "own", words, rule),
      eventExplanation(event, "members", words, rule),
      noticeAdvice({ event, details: happened("Mara") } as Told, words, NOW) ?? "",
    ]);
    expect(all.join(" ")).not.toMatch(/delet/i);
  });
});

describe("the address of the notification centre", () => {
  it("is read forgivingly", () => {
    const before = "0197a000-0000-7000-8000-000000000001";
    expect(
      readNotificationsQuery({ show: "unread", event: "token_created,sold,token_expiring", cursor: before }),
    ).toEqual({
      unread: true,
      events: ["token_expiring", "token_created"],
      before,
    });
    expect(readNotificationsQuery({ show: ["all", "unread"], event: undefined, cursor: "' or 1=1" })).toEqual({
      unread: false,
      events: [],
      before: null,
    });
  });
});
