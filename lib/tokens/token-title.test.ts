import { expect, it } from "vitest";
import { tokenTitle } from "./token-title";
import { TOKEN_WORDS } from "./token-words";

it("keeps an ordinary name as it is", () => {
  expect(tokenTitle("Nightly export", TOKEN_WORDS.role_scoped)).toBe("Nightly export · API tokens");
});

it("cuts a long name between whole characters", () => {
  const family = "👩‍👩‍👧‍👦";
  expect(tokenTitle(family.repeat(40), TOKEN_WORDS.role_scoped)).toBe(`${family.repeat(40)} · API tokens`);
  expect(tokenTitle(family.repeat(61), TOKEN_WORDS.role_scoped)).toBe(`${family.repeat(59)}… · API tokens`);
});

it("isolates a name from right to left, so that it does not reorder the rest of the title", () => {
  expect(tokenTitle("مفتاح", TOKEN_WORDS.role_scoped)).toBe("\u2068مفتاح\u2069 · API tokens");
  expect(tokenTitle("Ключ 鍵", TOKEN_WORDS.role_scoped)).toBe("Ключ 鍵 · API tokens");
});
