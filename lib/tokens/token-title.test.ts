import { expect, it } from "vitest";
import { tokenTitle } from "./token-title";

it("keeps an ordinary name as it is", () => {
  expect(tokenTitle("Nightly export")).toBe("Nightly export · API tokens");
});

it("cuts a long name between whole characters", () => {
  const family = "👩‍👩‍👧‍👦";
  expect(tokenTitle(family.repeat(40))).toBe(`${family.repeat(40)} · API tokens`);
  expect(tokenTitle(family.repeat(61))).toBe(`${family.repeat(59)}… · API tokens`);
});

it("isolates a name from right to left, so that it does not reorder the rest of the title", () => {
  expect(tokenTitle("مفتاح")).toBe("\u2068مفتاح\u2069 · API tokens");
  expect(tokenTitle("Ключ 鍵")).toBe("Ключ 鍵 · API tokens");
});
