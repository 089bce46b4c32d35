import fc from "fast-check";
import { expect, it } from "vitest";
import { parseNetwork } from "@/lib/access/networks";
import { networkMatcher } from "@/lib/authority/network-matcher";
import { isAllowedFrom } from "./refusal-verdict";

/** Few enough that blocks hold addresses and each other. */
const octet = fc.constantFrom(0, 1, 10, 127, 128, 255);
const ipv4 = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join("."));
const group = fc.constantFrom("0", "1", "db8", "ffff", "8000");
const ipv6 = fc.array(group, { minLength: 8, maxLength: 8 }).map((parts) => parts.join(":"));
const address = fc.oneof(
  ipv4,
  ipv6,
  ipv4.map((inner) => `::ffff:${inner}`),
);
/** As lists keep them. */
const network = fc
  .oneof(fc.tuple(ipv4, fc.integer({ min: 1, max: 32 })), fc.tuple(ipv6, fc.integer({ min: 1, max: 128 })))
  .map(([base, length]) => parseNetwork(`${base}/${length}`))
  .filter((parsed) => parsed.ok)
  .map((parsed) => (parsed.ok ? parsed.network : ""));

it("explains where a call may come from as the check of the call decides it", () => {
  fc.assert(
    fc.property(fc.array(network, { minLength: 1, maxLength: 4 }), address, (networks, from) => {
      expect([from, isAllowedFrom(from, networks)]).toEqual([from, networkMatcher(networks)(from)]);
    }),
    { numRuns: 2000 },
  );
  expect([isAllowedFrom(null, ["10.0.0.0/8"]), networkMatcher(["10.0.0.0/8"])(null)]).toEqual([false, false]);
});
