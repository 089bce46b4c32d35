import { expect, it } from "vitest";
import { networksInWords, readNetworkLines, shutOutSentence, withNetwork } from "./network-lines";

it("reads one entry a line, and several where they were pasted so", () => {
  expect(readNetworkLines("203.0.113.7\n\n 10.0.0.0/8, 2001:DB8::/32 ;192.0.2.1\n")).toEqual({
    networks: ["203.0.113.7", "10.0.0.0/8", "2001:db8::/32", "192.0.2.1"],
    faults: [],
  });
  expect(readNetworkLines(" \n")).toEqual({ networks: [], faults: [] });
});

it("says each fault at its line, empty ones counted", () => {
  const { faults } = readNetworkLines("203.0.113.7\n\nhere\n10.0.0.1/8, 300.1.1.1");
  expect(faults.map(({ line }) => line)).toEqual([3, 4, 4]);
});

it("says the same of one line once, and different things each", () => {
  const { faults } = readNetworkLines("not an ip\nnot 300.1.1.1\nnot");
  expect(faults.map(({ line }) => line)).toEqual([1, 2, 2, 3]);
  expect(new Set(faults.map(({ line, sentence }) => `${line} ${sentence}`)).size).toBe(faults.length);
});

it("says at its line what is there twice, and what the policy does not allow", () => {
  expect(readNetworkLines("10.0.0.0/8\n10.0.0.0/8").faults).toEqual([
    { line: 2, sentence: "10.0.0.0/8 is in the list already." },
  ]);
  expect(readNetworkLines("here\n10.0.0.0/8\n10.0.0.0/8").faults.map(({ line }) => line)).toEqual([1, 3]);
  expect(readNetworkLines("10.1.0.0/16\n0.0.0.0/0", ["10.0.0.0/8"]).faults).toMatchObject([{ line: 2 }]);
});

it("says of too many once, and at no line", () => {
  const text = Array.from({ length: 51 }, (_, index) => `10.0.0.${index}`).join("\n");
  expect(readNetworkLines(text).faults).toEqual([{ line: null, sentence: "Give at most 50 addresses and blocks." }]);
});

it("adds an entry on a line of its own", () => {
  expect(withNetwork("", "203.0.113.7")).toBe("203.0.113.7");
  expect(withNetwork("10.0.0.0/8\n\n", "203.0.113.7")).toBe("10.0.0.0/8\n203.0.113.7");
});

it("names the callers that a list would shut out, and nobody where it binds nothing", () => {
  const callers = ["203.0.113.9", "10.1.2.3"];
  expect(shutOutSentence(["10.0.0.0/8"], callers)).toBe(
    "Called from 203.0.113.9 in the last 7 days, which is not among them.",
  );
  expect(shutOutSentence(["192.0.2.1"], callers)).toContain("from 203.0.113.9, 10.1.2.3 in the last 7 days, which are");
  expect(shutOutSentence(["10.0.0.0/8", "203.0.113.0/24"], callers)).toBeNull();
  expect(shutOutSentence([], callers)).toBeNull();
});

it("names a few and counts the others", () => {
  expect(networksInWords(["a", "b", "c"])).toBe("a, b, c");
  expect(networksInWords(["a", "b", "c", "d"])).toBe("a, b, c and 1 more");
});
