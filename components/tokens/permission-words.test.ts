import { expect, it } from "vitest";
import { BUILT_IN_ROLES } from "@/lib/access/permission";
import { permissionSentence, permissionsInBrief } from "./permission-words";

it("says a role by what it lets one do, reading first", () => {
  expect(permissionsInBrief(BUILT_IN_ROLES.viewer.permissions)).toEqual(["Read organization, roles, tokens"]);
  expect(permissionsInBrief(BUILT_IN_ROLES.user.permissions)).toEqual([
    "Read organization, roles, tokens",
    "Create tokens",
    "Manage tokens",
  ]);
});

it("takes an organization's own permissions as they are", () => {
  expect(permissionsInBrief(["cdn:purge", "events:read", "eu:cdn:purge"])).toEqual([
    "Read events",
    "Purge cdn, eu:cdn",
  ]);
  expect(permissionsInBrief([])).toEqual([]);
});

it("has a sentence for the built-in catalogue alone", () => {
  expect(permissionSentence("tokens:create")).toBe("Create tokens");
  expect(permissionSentence("cdn:purge")).toBeNull();
  expect(permissionSentence("toString")).toBeNull();
});
