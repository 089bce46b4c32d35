import { describe, expect, it } from "vitest";
import { TOKEN_WORDS } from "@/lib/tokens/token-words";
import { NOTICE_EVENTS, type NotificationDetails } from "./notice-events";
import { readNotificationsQuery } from "./notice-search-params";
import { eventExplanation, eventLabel, noticeAdvice, noticeFacts, noticeSentence } from "./notice-words";

const NOW = new Date("2026-11-22T12:00:00Z");
const words = TOKEN_WORDS.single_rotating;
const tokens = ["2026-11-23T12:00:00.000Z", "2026-11-25T12:00:00.000Z"].map((expiresAt, n) => ({
  id: `00000000000${n}`,
  name: `ci ${n}`,
  masked: "lk_pat_…",
  expiresAt,
}));
const expiring = (count: number): NotificationDetails => ({ kind: "expiring", count, tokens, isReminder: false });
const happened = (by: string | null): NotificationDetails => ({
  kind: "token",
  token: { id: "000000000009", name: "nightly", masked: "lk_pat_…" },
  by,
  issuedFor: "Robot",
});
const unused = (count: number): NotificationDetails => ({
  kind: "inactive",
  count,
  tokens: tokens.map(({ expiresAt, ...token }) => ({ ...token, dueAt: expiresAt })),
});
const told = (...[event, details, now = NOW]: [(typeof NOTICE_EVENTS)[number], NotificationDetails, Date?]) => {
  const { lead, token, rest } = noticeSentence(event, details, words, now);
  return `${lead}${token?.name ?? ""}${rest}`;
};

describe("a notification", () => {
  it("tells of one token by name and of many by number, each with the instant of the first", () => {
    expect(told("token_expiring", expiring(1))).toBe("ci 0 expires");
    expect(told("token_inactive", unused(1))).toBe("ci 0 is not used and is to be revoked");
    expect(told("token_inactive", unused(7))).toBe("The first of 7 unused API tokens is to be revoked");
    expect(told("token_expiring", expiring(1200))).toBe("The first of 1,200 API tokens expires");
    expect(noticeSentence("token_expiring", expiring(2), words, NOW)).toMatchObject({
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
    expect(told("token_leaked", happened(null))).toBe("nightly was found where others can read it");
    const rotated = { ...happened("Mara"), how: "rotated" } as NotificationDetails;
    expect(told("token_created", rotated)).toBe("Mara made a new secret for nightly");
    const old = { ...happened(null), how: "old_secret" } as NotificationDetails;
    expect(told("token_leaked", old)).toBe("nightly was revoked: somebody asked for a new secret with an old one");
    expect(noticeFacts(happened(null))).toEqual(["Acts for Robot"]);
    expect(noticeFacts({ ...expiring(1), isReminder: true } as NotificationDetails)).toEqual([
      "You asked to be reminded",
    ]);
  });

  it("has words for every event, and never says deleted where the organization revokes", () => {
    const all = NOTICE_EVENTS.flatMap((event) => [
      eventLabel(event, words),
      eventExplanation(event, "own", words),
      eventExplanation(event, "members", words),
      noticeAdvice(event, words) ?? "",
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
