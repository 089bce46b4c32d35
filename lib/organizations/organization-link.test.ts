import { describe, expect, it } from "vitest";
import { HOME, safeReturnTo } from "@/lib/auth/safe-return-to";
import { linkedPlace, organizationLink } from "./organization-link";

const ID = "0190f0c8-7a54-7c3e-9a1b-2f6d3c4b5a69";

describe("a link into an organization", () => {
  it("leads where its path does, and is one that people come back to after signing in", () => {
    const path = "/settings/api-tokens?status=active&sort=expires_at";
    const link = organizationLink(ID, path);
    expect(link).toBe(`/in/${ID}${path}`);
    expect(linkedPlace(link)).toBe(path);
    expect(safeReturnTo(link)).toBe(link);
  });

  it.each([
    ["nowhere in particular", `/in/${ID}`],
    ["another site", `/in/${ID}//evil.example`],
    ["another site behind a backslash", `/in/${ID}/\\evil.example`],
    ["another site, encoded", `/in/${ID}/%2Fevil.example`],
    ["another site through dot segments", `/in/${ID}/a/..//evil.example`],
    ["a way out of the folder", `/in/${ID}/%2e%2e//evil.example`],
    ["the sign-in page", `/in/${ID}/sign-in?return_to=/profile`],
    ["the API", `/in/${ID}/api/v1/tokens`],
    ["an address that is no such link", "/profile"],
    ["nothing", ""],
  ])("leads home instead of to %s", (_what, link) => {
    expect(linkedPlace(link)).toBe(HOME);
  });
});
