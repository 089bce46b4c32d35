import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decodeCursor, encodeCursor, InvalidCursor } from "./cursor";

const place = z.object({ id: z.string().max(12), at: z.number() });
const made = encodeCursor("tokens", { id: "abc", at: 5 });
const raw = (text: string) => Buffer.from(text).toString("base64url");

describe("a cursor", () => {
  it("gives back the place that it was made for", () => {
    expect(decodeCursor("tokens", made, place)).toEqual({ id: "abc", at: 5 });
  });

  it("can stand in an address as it is", () => {
    expect(encodeCursor("tokens", { name: "ünïcode/+=?&" })).toMatch(/^[\w-]+$/);
  });

  it.each([
    ["another list's", encodeCursor("members", { id: "abc", at: 5 })],
    ["one that was cut", made.slice(0, -3)],
    ["one with something behind it", `${made}!`],
    ["nothing", ""],
    ["no JSON", raw("tokens")],
    ["another place", raw('["tokens",{"id":5}]')],
    ["NUL, which the database refuses", raw('["tokens",{"id":"a\\u0000","at":1}]')],
    ["half a character", raw('["tokens",{"id":"\\ud83d","at":1}]')],
    ["an endless one", raw(`["tokens",{"id":"abc","at":1${" ".repeat(3000)}}]`)],
  ])("is refused: %s", (_, cursor) => {
    expect(() => decodeCursor("tokens", cursor, place)).toThrow(InvalidCursor);
  });
});
