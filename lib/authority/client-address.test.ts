import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressBucket, clientAddress } from "./client-address";

const PEER = "203.0.113.9";

describe("clientAddress", () => {
  test.each([
    ["believes no header where no proxy is trusted", "198.51.100.1", 0, PEER],
    ["takes the connection where there is no header", null, 0, PEER],
    ["takes what the one trusted proxy added", "198.51.100.1", 1, "198.51.100.1"],
    ["ignores what the client wrote before it", "1.1.1.1, 198.51.100.1", 1, "198.51.100.1"],
    ["goes back one hop for each trusted proxy", "1.1.1.1, 198.51.100.1, 10.0.0.2", 2, "198.51.100.1"],
    ["takes the connection where a proxy is trusted and added nothing", null, 1, PEER],
    ["stops at the left where there are fewer hops than proxies", "198.51.100.1", 5, "198.51.100.1"],
    ["knows an address with a port", "198.51.100.1:4711", 1, "198.51.100.1"],
    ["knows a bracketed IPv6 address", "[2001:db8::1]:443", 1, "2001:db8::1"],
    ["knows IPv4 in IPv6 clothes", "::ffff:198.51.100.1", 1, "198.51.100.1"],
    ["knows it in hexadecimal too", "::ffff:c633:6401", 1, "198.51.100.1"],
    ["knows it without abbreviation", "0:0:0:0:0:FFFF:198.51.100.1", 1, "198.51.100.1"],
    ["spells IPv6 in one way alone", "[2001:0DB8:0:0::0:1]:443", 1, "2001:db8::1"],
    ["abbreviates no single zero", "2001:db8:0:1:1:1:1:1", 1, "2001:db8:0:1:1:1:1:1"],
    ["says null for what only looks like IPv4 in IPv6", "::ffff:999.1.1.1", 1, null],
    ["drops a zone", "fe80::1%eth0", 1, "fe80::1"],
    ["says null for what is no address", "unknown", 1, null],
    ["says null for a header", "x\r\nset-cookie: a", 1, null],
  ])("%s", (_what, forwardedFor, trustedProxies, expected) => {
    expect(clientAddress({ peer: PEER, forwardedFor, trustedProxies })).toBe(expected);
  });

  test("gives every spelling of an IPv6 address the same text, and that text itself", () => {
    const spelt = (text: string) => clientAddress({ peer: null, forwardedFor: text, trustedProxies: 1 });
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 }), (groups) => {
        const whole = groups.map((group) => group.toString(16).padStart(4, "0").toUpperCase()).join(":");
        const short = groups.map((group) => group.toString(16)).join(":");
        const text = spelt(whole);
        expect(text).not.toBeNull();
        expect([spelt(short), spelt(text!), spelt(`[${whole}]:1`)]).toEqual([text, text, text]);
      }),
    );
  });

  test("is never decided by the part of the header that the client writes", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.string()), { maxLength: 8 }), fc.ipV4(), (forged, real) => {
        const forwardedFor = [...forged, real].join(",");
        expect(clientAddress({ peer: PEER, forwardedFor, trustedProxies: 1 })).toBe(real);
        expect(clientAddress({ peer: PEER, forwardedFor, trustedProxies: 0 })).toBe(PEER);
      }),
    );
  });
});

describe("addressBucket", () => {
  test.each([
    ["198.51.100.1", "198.51.100.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2:ffff::", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:0db8:0000:0000::9", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
  ])("counts %s as %s", (address, bucket) => {
    expect(addressBucket(address)).toBe(bucket);
  });
});
