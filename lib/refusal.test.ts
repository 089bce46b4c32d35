import { describe, expect, it } from "vitest";
import { TOKEN_WORDS } from "@/lib/tokens/token-words";
import { plainSentence, REFUSALS, type RefusalCode, refusalSentence } from "./refusal";
import { PRESETS } from "./tokens/token-presets";

const CODES = Object.keys(REFUSALS) as RefusalCode[];

describe.each(PRESETS)("every refusal under %s", (preset) => {
  const words = TOKEN_WORDS[preset];
  const other = words.remove === "Revoke" ? /delet/i : /revo[kc]/i;

  it.each(CODES)("%s: speaks with the organization's word for ending a token, in a whole sentence", (code) => {
    const sentence = refusalSentence({ code }, words);
    expect(sentence).not.toMatch(other);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    // The operator's own sentences are about every organization.
    if (code !== "plan_excludes_tokens")
      expect(sentence.match(/API (auth )?tokens?/i)?.[0] ?? words.one).toMatch(new RegExp(`^${words.one}s?$`, "i"));
  });
});

it("says how long to wait, in minutes", () => {
  const refusal = { code: "too_many_attempts" as const, retryAfterSeconds: 61 };
  expect(refusalSentence(refusal, TOKEN_WORDS.role_scoped)).toBe("Too many attempts. Try again in 2 minutes.");
});

it("has one sentence for those of no organization", () => {
  expect(plainSentence("tokens_disabled")).toBe("API tokens are switched off for this organization.");
});
