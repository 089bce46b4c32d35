import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { descriptionInput, nameInput } from "./text-input";

const name = nameInput("a name");
const description = descriptionInput("the description");

describe("a name", () => {
  it.each([
    ["right-to-left", "سجل الطلبات"],
    ["emoji of several code points", "👩🏽‍🚀 deploys"],
    ["Japanese", "本番環境の連携"],
    ["200 characters outside the basic plane", "😀".repeat(200)],
    ["quotes and markup", `<b>"it's" & co</b>`],
  ])("may be %s", (_, text) => {
    expect(name.parse(text)).toBe(text);
  });

  it.each([
    ["nothing", "", "Enter a name."],
    ["space alone", " \u00a0 ", "Enter a name."],
    ["201 characters", "😀".repeat(201), "Keep a name to 200 characters."],
    ["a megabyte", "a".repeat(1_000_000), "Keep a name to 200 characters."],
    ["NUL", "a\0b", "Take out the invisible character U+0000 at place 2."],
    ["a line break", "a\nb", "Take out the invisible character U+000A at place 2."],
    ["a bidirectional override", "😀a\u202eb", "Take out the invisible character U+202E at place 3."],
    ["a lone surrogate", "a\ud83d", "This holds a broken character."],
    ["a space without width", "\u200b", "Enter a name."],
    ["fillers, an empty cell and joiners", "\u3164\u115f\u1160\uffa0 \u2800\u200d", "Enter a name."],
    ["a mark on nothing", "\u200b\ufe0f", "Enter a name."],
    ["a number", 7, "Enter a name."],
    ["nothing at all", undefined, "Enter a name."],
  ])("may not be %s", (_, text, message) => {
    expect(name.safeParse(text).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  it("is trimmed and in one normal form, so that what looks the same is the same", () => {
    expect(name.parse("  Cafe\u0301 ")).toBe("Café");
  });

  it("is whatever the parse says when parsed again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 220 }), (text) => {
        const once = name.safeParse(text);
        if (once.success) expect(name.parse(once.data)).toBe(once.data);
      }),
    );
  });
});

describe("a description", () => {
  it("may have lines, and is null where it is empty", () => {
    expect(description.parse("one\ntwo")).toBe("one\ntwo");
    expect(description.parse("  ")).toBeNull();
  });

  it("refuses what would disguise the text around it, by its number and place, and leaves lines alone", () => {
    const message = description.safeParse("one\n\ttwo\u2066").error?.issues[0]?.message;
    expect(message).toBe("Take out the invisible character U+2066 at place 9.");
  });

  it("refuses NUL and more than 500 characters", () => {
    expect(description.safeParse("a\0").success).toBe(false);
    expect(description.safeParse("😀".repeat(500)).success).toBe(true);
    expect(description.safeParse("😀".repeat(501)).success).toBe(false);
  });
});
