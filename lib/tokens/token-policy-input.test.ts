import { describe, expect, it } from "vitest";
import type { TokenPolicy } from "./token-policy";
import { changedFields, policyOf, tokenPolicyInput } from "./token-policy-input";
import { PRESETS, TOKEN_PRESETS } from "./token-presets";

const base = TOKEN_PRESETS.role_scoped;

describe("the input of a policy", () => {
  it("keeps networks in their one form, and as many calls of a token as of all", () => {
    const use = { allowedNetworks: ["2001:DB8::/32", "10.0.0.1/32"], callsPerToken: 60, callsPerOrganization: 60 };
    expect(tokenPolicyInput.parse({ ...base, ...use })).toMatchObject({
      ...use,
      allowedNetworks: ["2001:db8::/32", "10.0.0.1"],
    });
  });

  it.each(PRESETS)("takes the preset %s as it is", (preset) => {
    expect(tokenPolicyInput.parse(TOKEN_PRESETS[preset])).toEqual(TOKEN_PRESETS[preset]);
  });

  it.each<[string, Partial<TokenPolicy>, keyof TokenPolicy]>([
    ["a fixed expiry without days", { expiry: "fixed" }, "expiryDays"],
    ["days where nothing expires", { expiry: "never", expiryDays: 30 }, "expiryDays"],
    ["deletion at an expiry that never comes", { expiry: "never", deleteExpired: true }, "deleteExpired"],
    ["no day", { expiryDays: 0 }, "expiryDays"],
    ["more than ten years", { expiryDays: 3651 }, "expiryDays"],
    ["half a day", { expiryDays: 1.5 }, "expiryDays"],
    ["a limit of none", { maxPerIssuer: 0 }, "maxPerIssuer"],
    ["more than a million", { maxPerOrganization: 1_000_001 }, "maxPerOrganization"],
    ["a member's limit above the organization's", { maxPerIssuer: 51 }, "maxPerIssuer"],
    ["no calls at all", { callsPerToken: 0 }, "callsPerToken"],
    ["more than a million calls a minute", { callsPerOrganization: 1_000_001 }, "callsPerOrganization"],
    ["more calls of a token than of all", { callsPerToken: 61, callsPerOrganization: 60 }, "callsPerToken"],
    ["a network that is none", { allowedNetworks: ["10.0.0.0/8", "here"] }, "allowedNetworks"],
    ["a network twice", { allowedNetworks: ["10.0.0.0/8", "::ffff:10.0.0.0/104"] }, "allowedNetworks"],
    ["a notice on the day itself", { noticeDays: [0] }, "noticeDays"],
    ["a notice a year and a day before", { noticeDays: [366] }, "noticeDays"],
    ["a day twice", { noticeDays: [7, 7] }, "noticeDays"],
    ["notices to administrators where there are none", { noticeDays: [] }, "noticeAdministrators"],
  ])("refuses %s, at the field that has to give way", (_, change, field) => {
    const parsed = tokenPolicyInput.safeParse({ ...base, ...change });
    expect(parsed.error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });

  it("refuses a field that it does not know, and a policy that leaves one out", () => {
    expect(tokenPolicyInput.safeParse({ ...base, version: 3 }).success).toBe(false);
    const { access: _, ...rest } = base;
    expect(tokenPolicyInput.safeParse(rest).success).toBe(false);
  });

  it("keeps notices from the earliest to the latest", () => {
    expect(tokenPolicyInput.parse({ ...base, noticeDays: [1, 30, 7] }).noticeDays).toEqual([30, 7, 1]);
  });
});

it("names the fields that changed with both values, and no other", () => {
  const from = { ...base, preset: "role_scoped" as const };
  expect(changedFields(from, { ...from, preset: "personal_mirror", noticeDays: [3] })).toEqual({
    preset: { from: "role_scoped", to: "personal_mirror" },
    noticeDays: { from: [7, 1], to: [3] },
  });
  expect(changedFields(from, { ...from, noticeDays: [7, 1] })).toEqual({});
});

it("takes the policy out of its row, and nothing else", () => {
  const row = { ...base, version: 4, organizationId: "x" };
  expect(policyOf(row)).toEqual(base);
});
