import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  commonNetworks,
  isPrivateAddress,
  isWithin,
  networkListInput,
  outsideOf,
  parseNetwork,
  widthSentence,
} from "./networks";

const networkOf = (text: string) => {
  const parsed = parseNetwork(text);
  return parsed.ok ? parsed.network : null;
};
const faultOf = (text: string) => {
  const parsed = parseNetwork(text);
  return parsed.ok ? null : parsed.sentence;
};

describe("parseNetwork", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["  203.0.113.0/24\t", "203.0.113.0/24"],
    ["203.0.113.7/32", "203.0.113.7"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["2001:DB8:0:0:0:0:0:0/32", "2001:db8::/32"],
    ["2001:0db8:0000:0001:0000:0000:0000:0001", "2001:db8:0:1::1"],
    ["2001:db8:0:1:1:1:1:1/128", "2001:db8:0:1:1:1:1:1"],
    ["::/0", "::/0"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["::ffff:cb00:7107", "203.0.113.7"],
    ["::ffff:203.0.113.0/120", "203.0.113.0/24"],
    ["::ffff:0:0/96", "0.0.0.0/0"],
    ["::203.0.113.7", "::cb00:7107"],
    ["64:ff9b::203.0.113.7", "64:ff9b::cb00:7107"],
  ])("keeps %s as %s", (text, network) => {
    expect(networkOf(text)).toBe(network);
  });

  it.each([
    ["", "Give an address or a block"],
    ["/24", "Give an address or a block"],
    ["203.0.113.0/24/8", "Give an address or a block"],
    ["here", "no IP address"],
    ["2001:db8", "no IP address"],
    ["1:2:3:4:5:6:7:8:9", "no IP address"],
    ["12345::", "no IP address"],
    ["api.acme.example", "Names are not looked up"],
    ["203.0.113", "four numbers"],
    ["203.0.113.7.9", "four numbers"],
    ["203.0.113.256", "0 to 255"],
    ["203.0.113.010", "leading zeros"],
    ["::ffff:203.0.113.07", "leading zeros"],
    ["203.0.113.7:443", "without brackets and port"],
    ["[2001:db8::1]:443", "without brackets and port"],
    ["fe80::1%eth0", "Leave out the %"],
    ["203.0.113.0-203.0.113.255", "instead of a range"],
    ["203.0.113.0/255.255.255.0", "instead of a mask"],
    ["203.0.113.0/33", "0 to 32"],
    ["203.0.113.0/024", "0 to 32"],
    ["203.0.113.0/", "0 to 32"],
    ["203.0.113.0/+8", "0 to 32"],
    ["2001:db8::/129", "0 to 128"],
    ["203.0.113.7/24", "Give 203.0.113.0/24 for the block, or 203.0.113.7 for the address alone"],
    ["2001:db8::1/32", "Give 2001:db8::/32 for the block, or 2001:db8::1 for the address alone"],
    ["::ffff:203.0.113.7/120", "Give 203.0.113.0/24 for the block, or 203.0.113.7 for the address alone"],
    ["0x7f.0.0.1", "Names are not looked up"],
  ])("refuses %j, and says why", (text, sentence) => {
    expect(faultOf(text)).toContain(sentence);
  });

  it("keeps what it kept, and says something of everything else", () => {
    const letters = fc.string({ unit: fc.constantFrom(..."0123456789abcdef.:/%-[] "), maxLength: 30 });
    fc.assert(
      fc.property(fc.oneof(letters, fc.string(), fc.ipV4(), fc.ipV6(), fc.ipV4Extended()), (text) => {
        const parsed = parseNetwork(text);
        if (parsed.ok) expect(parseNetwork(parsed.network)).toEqual(parsed);
        else expect(parsed.sentence).toMatch(/^[A-Z].*\.$/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("networkListInput", () => {
  it("keeps each entry, and says each fault at its own", () => {
    expect(networkListInput.parse(["203.0.113.7/32", "2001:DB8::/32"])).toEqual(["203.0.113.7", "2001:db8::/32"]);
    const { error } = networkListInput.safeParse(["203.0.113.7", "here", "10.0.0.0/8", "10.0.0.1/8"]);
    expect(error?.issues.map(({ path }) => path)).toEqual([[1], [3]]);
  });

  it("refuses what is written in two ways at its second place", () => {
    const { error } = networkListInput.safeParse(["203.0.113.7", "::ffff:203.0.113.7/128"]);
    expect(error?.issues).toMatchObject([
      { path: [1], message: "::ffff:203.0.113.7/128: 203.0.113.7 is in the list already." },
    ]);
  });

  it("takes fifty and no more", () => {
    const list = (count: number) => Array.from({ length: count }, (_, index) => `10.0.${index}.0/24`);
    expect(networkListInput.safeParse(list(50)).success).toBe(true);
    expect(networkListInput.safeParse(list(51)).success).toBe(false);
    expect(networkListInput.safeParse(["1".repeat(101)]).success).toBe(false);
  });
});

describe("blocks among each other", () => {
  it.each([
    ["10.1.0.0/16", "10.0.0.0/8", true],
    ["10.0.0.0/8", "10.0.0.0/8", true],
    ["10.0.0.0/8", "10.1.0.0/16", false],
    ["10.1.2.3", "10.1.2.3", true],
    ["2001:db8::1", "2001:db8::/32", true],
    ["10.1.2.3", "::/0", false],
    ["2001:db8::1", "0.0.0.0/0", false],
  ])("finds that %s in %s is %s", (inner, outer, expected) => {
    expect(isWithin(inner, outer)).toBe(expected);
  });

  it("names what lies outside bounds, and nothing where there are none", () => {
    expect(outsideOf(["10.1.0.0/16", "192.0.2.1"], ["10.0.0.0/8"])).toEqual(["192.0.2.1"]);
    expect(outsideOf(["10.1.0.0/16"], [])).toEqual([]);
  });

  it.each([
    [[], [], null],
    [["10.0.0.0/8"], [], ["10.0.0.0/8"]],
    [[], ["10.0.0.0/8"], ["10.0.0.0/8"]],
    [
      ["10.0.0.0/8", "192.0.2.1"],
      ["10.1.0.0/16", "192.0.2.0/24"],
      ["192.0.2.1", "10.1.0.0/16"],
    ],
    [["10.0.0.0/8"], ["192.0.2.0/24"], []],
    [["10.0.0.0/8"], ["10.0.0.0/8"], ["10.0.0.0/8"]],
  ])("finds what %j and %j have in common", (one, other, expected) => {
    expect(commonNetworks(one, other)).toEqual(expected);
  });
});

it("says of a block that keeps hardly anybody out how wide it is, and nothing of others", () => {
  expect(widthSentence("0.0.0.0/0")).toBe("0.0.0.0/0 is every IPv4 address.");
  expect(widthSentence("::/0")).toBe("::/0 is every IPv6 address.");
  expect(widthSentence("2000::/3")).toBe("2000::/3 is a large part of all IPv6 addresses.");
  expect(widthSentence("10.0.0.0/8")).toBeNull();
});

it("knows addresses of a network of one’s own", () => {
  expect(["127.0.0.1", "::1", "10.2.3.4", "192.168.1.1", "100.64.0.1", "fd00::1"].every(isPrivateAddress)).toBe(true);
  expect(["203.0.113.7", "8.8.8.8", "2a00:1450::1"].some(isPrivateAddress)).toBe(false);
});
