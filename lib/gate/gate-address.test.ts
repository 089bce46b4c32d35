import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readGateAddress } from "./gate-address";

const verify = (permissions: string[], original: string | null = null, audiences: string[] | null = null) => ({
  ...{ kind: "verify", permissions, audiences, original },
});

describe("an address of the gate", () => {
  it.each([
    ["/verify", verify([])],
    ["/verify?", verify([])],
    ["/verify?permission=orders:read", verify(["orders:read"])],
    ["/verify?permission=orders%3Aread&permission=a:b", verify(["orders:read", "a:b"])],
    ["/verify?permission=any", verify([])],
    ["/verify?permission=any&original=/a?b=c&permission=d", verify([], "/a?b=c&permission=d")],
    ["/verify?permission=a:b&original=", verify(["a:b"], "")],
    ["/verify?permission=a:b&original=/x&original=/y", verify(["a:b"], "/x&original=/y")],
    ["/verify?audience=https://a.example/v1", verify([], null, ["https://a.example/v1"])],
    ["/verify?audience=urn%3Aa&permission=a:b&audience=urn:b", verify(["a:b"], null, ["urn:a", "urn:b"])],
    ["/verify?permission=any&audience=urn:a&original=/x?audience=urn:b", verify([], "/x?audience=urn:b", ["urn:a"])],
    [`/verify?${"permission=a:b&".repeat(50)}`, verify(Array(50).fill("a:b"))],
    ["/introspect", { kind: "introspect" }],
    ["/readyz?probe=1", { kind: "readyz" }],
    ["/constructor", { kind: "unknown" }],
    ["", { kind: "unknown" }],
    ["http://gate/verify", { kind: "unknown" }],
  ])("is read as it is meant: %s", (address, target) => {
    expect(readGateAddress(address)).toEqual(target);
  });

  it("asks for every permission that stands in it, whatever a client's address holds", () => {
    fc.assert(
      fc.property(fc.string(), fc.webPath(), (text, path) => {
        const target = readGateAddress(`/verify?permission=orders:read&original=${path}${text}`);
        expect(target).toEqual(verify(["orders:read"], `${path}${text}`));
      }),
    );
  });

  it.each(["/verify?original=/a&permission=orders:read", "/verify?original=", "/verify?permission=any&permission=a:b"])(
    "is a mistake where a condition may have got lost: %s",
    (address) => {
      expect(readGateAddress(address)).toMatchObject({
        kind: "misconfigured",
        mistake: expect.stringContaining("any"),
      });
    },
  );

  it.each([
    "/verify?audience=",
    "/verify?audience=orders",
    "/verify?audience=urn:a%20urn:b",
    "/verify?permission=a:b&audience=urn:a&audience=",
    "/verify?audience=urn:a&original=/x",
    `/verify?${"permission=a:b&".repeat(51)}`,
    `/verify?${"audience=urn:a&".repeat(51)}`,
  ])("is a mistake where nobody can have meant it: %.60s", (address) => {
    expect(readGateAddress(address).kind).toBe("misconfigured");
  });

  it("is a mistake with any other parameter, and never a request without conditions", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z_%+]{1,12}$/), (name) => {
        fc.pre(!["permission", "audience", "original"].includes(name));
        expect(readGateAddress(`/verify?${name}=orders:read`).kind).toBe("misconfigured");
      }),
    );
  });
});
