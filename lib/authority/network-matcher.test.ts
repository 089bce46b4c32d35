import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commonNetworks, isWithin, parseNetwork } from "@/lib/access/networks";
import { networkMatcher } from "./network-matcher";

const quadOf = (bits: number) => [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");
const groupsOf = (groups: number[]) => groups.map((group) => group.toString(16)).join(":");

// Few bits differ, so that blocks and addresses meet.
const ipv4 = fc
  .tuple(fc.constantFrom(0, 0x0a000000, 0xcb007100, 0xffffff00), fc.nat({ max: 0x1ff }))
  .map(([base, low]) => quadOf((base | low) >>> 0));
const group = fc.constantFrom(0, 0, 1, 0x2001, 0xdb8, 0xffff);
const ipv6 = fc.array(group, { minLength: 8, maxLength: 8 }).map(groupsOf);
const address = fc.oneof(
  ipv4,
  ipv6,
  ipv4.map((quad) => `::ffff:${quad}`),
);

/** The block of so many bits that holds an address, by the suggestion of its own fault. */
function blockAround(text: string, length: number): string {
  const parsed = parseNetwork(`${text}/${length}`);
  if (parsed.ok) return parsed.network;
  const suggested = /Give (\S+) for the block/.exec(parsed.sentence)?.[1];
  if (!suggested) throw new Error(parsed.sentence);
  return suggested;
}
const block = fc
  .tuple(address, fc.nat({ max: 128 }))
  .map(([text, length]) =>
    blockAround(text, text.includes(".") ? (text.includes(":") ? 96 + (length % 33) : length % 33) : length),
  );
const list = fc.array(block, { minLength: 1, maxLength: 6 });

const plain = (text: string) => {
  const parsed = parseNetwork(text);
  if (!parsed.ok) throw new Error(parsed.sentence);
  return parsed.network;
};

describe("networkMatcher", () => {
  it("allows exactly the addresses that lie in a block of the list", () => {
    fc.assert(
      fc.property(list, fc.array(address, { minLength: 1, maxLength: 8 }), (blocks, callers) => {
        const allows = networkMatcher(blocks);
        for (const caller of callers) {
          expect(allows(caller)).toBe(blocks.some((one) => isWithin(plain(caller), one)));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("and another one allow together exactly what they have in common", () => {
    fc.assert(
      fc.property(list, list, address, (one, other, caller) => {
        const common = commonNetworks(one, other) ?? [];
        const both = networkMatcher(one)(caller) && networkMatcher(other)(caller);
        expect(networkMatcher(common)(caller)).toBe(both);
      }),
      { numRuns: 1000 },
    );
  });

  it("holds IPv4 in no IPv6 block, whatever it wears", () => {
    const allows = networkMatcher(["::/0"]);
    expect(["203.0.113.7", "::ffff:203.0.113.7", "::ffff:cb00:7107"].some(allows)).toBe(false);
    expect(allows("2001:db8::1")).toBe(true);
    expect(networkMatcher(["0.0.0.0/0"])("2001:db8::1")).toBe(false);
    expect(networkMatcher(["203.0.113.0/24"])("::ffff:203.0.113.7")).toBe(true);
  });

  it("allows nothing that is no address, and nobody who is not known", () => {
    const allows = networkMatcher(["0.0.0.0/0", "::/0"]);
    expect([null, "", "unknown", "203.0.113", "203.0.113.0/24"].some(allows)).toBe(false);
  });

  it("takes an address without a length for that address alone", () => {
    const allows = networkMatcher(["203.0.113.7", "2001:db8::7"]);
    expect(["203.0.113.7", "2001:db8::7", "2001:db8:0::7"].every(allows)).toBe(true);
    expect(["203.0.113.8", "2001:db8::8", "0.0.0.0"].some(allows)).toBe(false);
  });

  it("answers the same after more addresses than it remembers", () => {
    const allows = networkMatcher(["10.0.0.0/24"]);
    const callers = Array.from({ length: 1400 }, (_, index) => quadOf(0x0a000000 + index));
    for (let round = 0; round < 3; round++) {
      expect(callers.map(allows)).toEqual(callers.map((_, index) => index < 256));
    }
  });

  it.each(["here", "203.0.113.0/33", "2001:db8::/129", ""])("throws for %j", (text) => {
    expect(() => networkMatcher([text])).toThrow();
  });
});
