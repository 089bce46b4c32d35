import { describe, expect, it } from "vitest";
import { BUILT_IN_ROLES } from "@/lib/access/permission";
import { days, NOW } from "@/test/clock";
import { TOKEN_PRESETS } from "./token-presets";
import { renewedExpiry, tokenRotation } from "./token-rotation";

const person = { kind: "member", permissions: new Set<string>(BUILT_IN_ROLES.user.permissions) } as const;
const itself = { kind: "token", tokenId: "month", permissions: person.permissions } as const;
const on = { tokensEnabled: true, teamsEnabled: false };
const free = { ...TOKEN_PRESETS.role_scoped, expiry: "optional", expiryDays: null } as const;
const month = { id: "month", createdAt: days(-20), expirySetAt: null, expiresAt: days(10) };

describe("renewedExpiry", () => {
  it.each([
    ["as far ahead as it was at the creation", month, free, days(30)],
    ["as far ahead as when it was chosen later", { ...month, expirySetAt: days(-2) }, free, days(12)],
    ["no further than the policy allows now", month, { ...free, expiryDays: 14 }, days(14)],
    ["as the policy fixes it", month, { ...free, expiry: "fixed", expiryDays: 180 } as const, days(180)],
    ["unmoved where it would come earlier", month, { ...free, expiryDays: 5 }, null],
    ["unmoved where there is none", { ...month, expiresAt: null }, free, null],
  ])("is %s", (_, token, policy, expected) => {
    expect(renewedExpiry(person, token, { policy, organization: on }, NOW)).toEqual(expected);
  });

  it("leaves the expiry where whoever asks could not create the token: a token for itself above all", () => {
    const minting = { ...free, tokensMayMint: true };
    expect(renewedExpiry(itself, month, { policy: minting, organization: on }, NOW)).toBeNull();
    const another = { ...itself, tokenId: "another" };
    expect(renewedExpiry(another, month, { policy: free, organization: on }, NOW)).toBeNull();
    expect(renewedExpiry(another, month, { policy: minting, organization: on }, NOW)).toEqual(days(30));
    const forAdministrators = { ...free, issuers: "administrators" } as const;
    expect(renewedExpiry(person, month, { policy: forAdministrators, organization: on }, NOW)).toBeNull();
  });
});

describe("tokenRotation", () => {
  it("is there while a second secret waits or goes on, up to its very end, and never of what is over", () => {
    const none = { status: "active", pendingAt: null, previousEndsAt: null } as const;
    expect(tokenRotation(none, NOW)).toBeNull();
    expect(tokenRotation({ ...none, previousEndsAt: NOW }, NOW)).toBeNull();
    expect(tokenRotation({ ...none, previousEndsAt: days(1) }, NOW)).toEqual({
      waitingSince: null,
      previousEndsAt: days(1),
    });
    expect(tokenRotation({ ...none, pendingAt: days(-1) }, NOW)).toEqual({
      waitingSince: days(-1),
      previousEndsAt: null,
    });
    expect(tokenRotation({ ...none, status: "deleted", pendingAt: days(-1) }, NOW)).toBeNull();
  });
});
