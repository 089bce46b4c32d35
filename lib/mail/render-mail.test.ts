import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PRESETS } from "@/lib/tokens/token-presets";
import { TOKEN_WORDS } from "@/lib/tokens/token-words";
import { days, hours, NOW } from "@/test/clock";
import type { Letter } from "./mail-letter";
import { renderMail } from "./render-mail";

const ID = "0190f0c8-7a54-7c3e-9a1b-2f6d3c4b5a69";
const HERE = `https://tokens.example/in/${ID}`;
const place = { publicUrl: "https://tokens.example", organizationId: ID, now: NOW };
const frame = { organization: { name: "Acme & Söhne", preset: "role_scoped" }, portal: "console" } as const;

const expiring = (count: number, at = days(7)): Letter => ({
  ...frame,
  kind: "token_expiring",
  count,
  last: count === 1 ? at.toISOString() : days(9).toISOString(),
  issued: "all",
  isReminder: false,
  tokens: Array.from({ length: Math.min(count, 50) }, (_, n) => ({
    id: `Tok${String(n).padStart(9, "0")}`,
    name: `deploy <b>${n}</b>`,
    masked: "lk_pat_Tok0…",
    issuedBy: "Ada Example",
    expiresAt: at.toISOString(),
  })),
});

const happened = (kind: "token_created" | "token_deleted" | "token_leaked", more = {}): Letter => ({
  ...frame,
  kind,
  token: { id: "Tok000000000", name: "deploy", masked: "lk_pat_Tok0…", expiresAt: null },
  by: "Eve Example",
  issuedFor: null,
  at: NOW.toISOString(),
  ...more,
});

const waiting = (renewsUntil: Date | null): Letter => {
  const letter = expiring(1);
  if (letter.kind !== "token_expiring") throw new Error("of another kind");
  const newSecret = { since: days(-5).toISOString(), renewsUntil: renewsUntil?.toISOString() ?? null };
  return { ...letter, tokens: letter.tokens.map((token) => ({ ...token, newSecret })) };
};

const together = (count: number, by: string | null = null): Letter => ({
  ...frame,
  kind: "token_deleted",
  count,
  tokens: Array.from({ length: Math.min(count, 20) }, (_, n) => ({
    id: `Tok${String(n).padStart(9, "0")}`,
    name: `deploy ${n}`,
    masked: "lk_pat_Tok0…",
    issuedBy: "Ada Example",
  })),
  by,
  at: NOW.toISOString(),
});

const unused = (count: number, lastUsedAt: Date | null = days(-90)): Letter => ({
  ...frame,
  kind: "token_inactive",
  count,
  last: days(7).toISOString(),
  tokens: Array.from({ length: Math.min(count, 50) }, (_, n) => ({
    id: `Tok${String(n).padStart(9, "0")}`,
    name: `deploy ${n}`,
    masked: "lk_pat_Tok0…",
    issuedBy: "Ada Example",
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    dueAt: days(7).toISOString(),
  })),
});

const links = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href?.replaceAll("&amp;", "&"));

describe("a message of an expiry", () => {
  it("names the token, when it expires, and leads to it in its organization", async () => {
    const { subject, html, text, headers } = await renderMail(expiring(1), place);
    expect(subject).toBe("API token “deploy <b>0</b>” expires in 7 days");
    expect(html).toContain("deploy &lt;b&gt;0&lt;/b&gt;");
    expect(html).not.toContain("<b>0");
    expect(links(html)).toEqual([`${HERE}/settings/api-tokens/Tok000000000`, `${HERE}/profile#notifications`]);
    expect(text).toContain(`${HERE}/settings/api-tokens/Tok000000000`);
    expect(html).toMatch(/<h1[^>]*>“deploy &lt;b&gt;0&lt;\/b&gt;” expires in 7 days<\/h1>/);
    expect(text).toMatch(/^Expires +22 June 2026 at 12:00 UTC$/m);
    expect(text).toMatch(/^Last used +never$/m);
    expect(text).toContain("You get this because you issued it.");
    expect(text).not.toMatch(/<(?:td|p|a|table|div|span)\b/);
    expect(headers).toEqual({
      "Auto-Submitted": "auto-generated",
      "List-Unsubscribe": `<${HERE}/profile#notifications>`,
    });
  });

  it("of many is one list, the rest counted", async () => {
    const { subject, html, text } = await renderMail(expiring(1234), place);
    expect(subject).toBe("1,234 API tokens expire soon, the first in 7 days");
    expect(html).toContain("1,234 API tokens expire between 22 and 24 June");
    expect(links(html)[0]).toBe(`${HERE}/settings/api-tokens?status=active&sort=expires_at`);
    expect(text).toContain("And 1,184 more.");
    expect(links(html).filter((href) => href?.includes("/settings/api-tokens/"))).toHaveLength(50);
    expect(links(html)).toContain(`${HERE}/settings/api-tokens?status=active&sort=expires_at`);
  });

  it.each([
    [days(7), "in 7 days"],
    [new Date(days(7).getTime() - 5 * 60_000), "in 7 days"],
    [hours(47), "in 2 days"],
    [days(1), "tomorrow"],
    [hours(5), "in 5 hours"],
    [hours(0.5), "in 1 hour"],
  ])("says of %s how long that is", async (at, words) => {
    expect((await renderMail(expiring(1, at), place)).subject).toContain(words);
  });
});

describe("a message of unused tokens", () => {
  it("names the token, when it was used last, when it goes and what keeps it, and leads to it", async () => {
    const { subject, html, text } = await renderMail(unused(1), place);
    expect(subject).toBe("API token “deploy 0” is not used and will be deleted in 7 days");
    expect(text).toMatch(/^Last used +17 March 2026 at 12:00 UTC$/m);
    expect(text).toMatch(/^To be deleted +22 June 2026 at 12:00 UTC$/m);
    expect(text).toContain("To keep it, use it");
    expect(html).toContain("“deploy 0” will be deleted in 7 days: nobody uses it");
    expect(links(html)).toEqual([`${HERE}/settings/api-tokens/Tok000000000`, `${HERE}/profile#notifications`]);
    expect((await renderMail(unused(1, null), place)).text).toMatch(/^Last used +never$/m);
  });

  it("of many is one list, the rest counted", async () => {
    const { subject, html, text } = await renderMail(unused(70), place);
    expect(subject).toBe("70 API tokens are not used and will be deleted, the first in 7 days");
    expect(text).toContain("And 20 more.");
    expect(links(html)).toContain(`${HERE}/settings/api-tokens?status=active&sort=last_used_at`);
  });
});

describe("a message about tokens that were deleted together", () => {
  it("names a few, counts the rest, and says who did it", async () => {
    const byPolicy = await renderMail(together(1200), place);
    expect(byPolicy.subject).toBe("1,200 API tokens were deleted");
    expect(byPolicy.text).toContain("And 1,180 more.");
    expect(byPolicy.text.replace(/\s+/g, " ")).toContain("By the token policy of Acme & Söhne, 15 June 2026");
    expect(links(byPolicy.html)).toContain(`${HERE}/settings/api-tokens?status=deleted`);
    const byEve = await renderMail(together(3, "Eve Example"), place);
    expect(byEve.text).toContain("By Eve Example");
    expect(byEve.text).not.toMatch(/policy|more\./);
  });
});

describe("every message", () => {
  const letters: Letter[] = [
    expiring(1),
    expiring(3),
    unused(1),
    unused(3),
    happened("token_created", {
      token: { id: "Tok000000000", name: "deploy", masked: "lk_pat_Tok0…", expiresAt: days(9).toISOString() },
    }),
    happened("token_deleted", { by: null }),
    happened("token_leaked", { issuedFor: "Nightly build" }),
    happened("token_created", { how: "rotated" }),
    happened("token_leaked", { how: "old_secret" }),
    together(3),
    waiting(days(90)),
    waiting(null),
  ];

  it("speaks the organization's words, in the portal of its receiver", async () => {
    for (const preset of PRESETS) {
      for (const letter of letters) {
        const message = await renderMail({ ...letter, organization: { name: "Acme", preset }, portal: "hub" }, place);
        expect(message.subject.toLowerCase()).toContain(TOKEN_WORDS[preset].one.toLowerCase());
        expect(links(message.html).every((href) => href?.startsWith(`${HERE}/hub/`))).toBe(true);
      }
    }
    const { subject } = await renderMail(
      { ...happened("token_deleted"), organization: { name: "Acme", preset: "single_rotating" } },
      place,
    );
    expect(subject).toBe("API token “deploy” was revoked");
  });

  it("tells a new secret from a new token, and an old secret that was used from one that was found", async () => {
    // As one reads it, wherever its lines end.
    const said = ({ text }: { text: string }) => text.replace(/\s+/g, " ");
    const rotated = await renderMail(happened("token_created", { how: "rotated" }), place);
    expect(rotated.subject).toBe("API token “deploy” was given a new secret");
    expect(said(rotated)).toContain("goes on with its old secret until the new one is used");
    const extended = await renderMail(happened("token_created", { how: "extended" }), place);
    expect(extended.subject).toBe("API token “deploy” was extended");
    expect(said(extended)).toContain("Nothing else of it changed");
    const old = await renderMail(happened("token_leaked", { how: "old_secret" }), place);
    expect(old.subject).toBe("API token “deploy” was deleted because an old secret of it was used");
    expect(said(old)).toContain("Latchkey deleted the API token, with all its secrets");
    expect(said(rotated)).toContain("Eve Example has the new secret.");
    expect(`${said(rotated)}${said(old)}`).not.toMatch(/where others can read|was created/);
  });

  it("of a leak says whose token it is to whoever did not issue it, and from where the old secret came", async () => {
    const more = { how: "old_secret", from: "203.0.113.7", by: null };
    const theirs = await renderMail(happened("token_leaked", { ...more, issuedBy: "Mateo Silva" }), place);
    expect(theirs.subject).toMatch(/^Mateo Silva’s API token “deploy” was deleted/);
    expect(theirs.html).toContain(`>${theirs.subject}</h1>`);
    expect(`${theirs.subject}${theirs.html}`).not.toMatch(/\byour (?:API )?token/i);
    expect(theirs.text).toMatch(/^Issued by +Mateo Silva$/m);
    for (const { text } of [theirs, await renderMail(happened("token_leaked", more), place)]) {
      expect(text).toMatch(/^Old secret from +203\.0\.113\.7$/m);
      expect(text).toMatch(/^Last used +never$/m);
    }
    const own = await renderMail(happened("token_leaked", more), place);
    expect(own.html).toContain(">Your API token “deploy” was deleted");
    expect(own.text).not.toContain("Issued by");
  });

  it("of a deletion says which rule of the policy it was, and nothing of a rule where a person chose it", async () => {
    const token = {
      id: "Tok000000000",
      name: "deploy",
      masked: "m",
      expiresAt: days(-1).toISOString(),
      lastUsedAt: days(-90).toISOString(),
    };
    const deleted = async (more: object) =>
      (await renderMail(happened("token_deleted", { token, by: null, ...more }), place)).text.replace(/\s+/g, " ");
    expect(await deleted({ how: "expired" })).toContain(
      "It expired on 14 June 2026 at 12:00 UTC, and by its policy Acme & Söhne deletes API tokens that have expired.",
    );
    expect(await deleted({ how: "unused" })).toContain(
      "It was last used on 17 March 2026 at 12:00 UTC, and by its policy Acme & Söhne deletes API tokens that nobody uses.",
    );
    expect(await deleted({ how: "policy_changed", by: "Eve Example" })).toContain(
      "Eve Example changed the policy of Acme & Söhne: API tokens that have expired are deleted.",
    );
    expect(await deleted({ by: "Eve Example" })).not.toMatch(/policy|expired/);
  });

  it("is the same for the same, character by character", async () => {
    for (const letter of letters) expect(await renderMail(letter, place)).toEqual(await renderMail(letter, place));
  });

  it("says in plain text what it says in HTML, loads nothing, and has light and dark", async () => {
    for (const letter of letters) {
      const { html, text } = await renderMail(letter, place);
      const words = html
        .replace(/<(style|head|title)[\s\S]*?<\/\1>/g, " ")
        // The line that mail programs show beside the subject.
        .replace(/<div[^>]*data-skip-in-text[\s\S]*?<\/div>/g, " ")
        .replace(/<[^>]*>/g, " ")
        .replace(/&[a-z#0-9]+;/g, " ")
        .match(/[A-Za-z]{4,}/g);
      for (const word of new Set(words)) expect(text.toLowerCase()).toContain(word.toLowerCase());
      expect(html).not.toMatch(/<(?:img|script|link)\b|url\(|@import|src=/i);
      expect(html).toContain("prefers-color-scheme: dark");
    }
  });

  it("lets no name or words of an organization become markup", () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), async (name, organization) => {
        const letter = happened("token_created", {
          token: { id: "T", name: `<i>${name}`, masked: "m", expiresAt: null },
        });
        const { html, subject } = await renderMail(
          { ...letter, organization: { ...frame.organization, name: `"><i>${organization}` } },
          place,
        );
        expect(html).not.toMatch(/<i>/);
        expect(links(html)).toHaveLength(2);
        expect(subject).not.toMatch(/[\r\n\0]/);
      }),
      { numRuns: 40 },
    ));
});
