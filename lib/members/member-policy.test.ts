import { describe, expect, it } from "vitest";
import type { Permission } from "@/lib/access/permission";
import { decideInvitation, decideOnGroupMember, mayManageGroup } from "./member-policy";

const actor = (
  permissions: Permission[],
  { own, bounded = false }: { own?: "in" | "leads"; bounded?: boolean } = {},
) => ({
  permissions: new Set(permissions),
  groups: own ? [{ id: "north", name: "North", isAdministrator: own === "leads" }] : [],
  bounded,
});
const WRITER: Permission[] = ["groups:read", "groups:write"];

describe("who manages a group", () => {
  it.each([
    ["who administers the organization", actor(["organization:manage"]), true],
    ["who administers the group, with no permission at all", actor([], { own: "leads", bounded: true }), true],
    ["who writes groups and sees all", actor(WRITER), true],
    ["who writes groups, bounded by groups, this one among them", actor(WRITER, { own: "in", bounded: true }), true],
    ["who writes groups, bounded by others", actor(WRITER, { bounded: true }), false],
    ["who writes groups and sees none", actor(["groups:write"], { own: "in" }), false],
    ["who is in it", actor(["groups:read", "members:write"], { own: "in" }), false],
  ])("%s: %#", (_, somebody, may) => {
    expect(mayManageGroup(somebody, "north")).toBe(may);
    expect(decideOnGroupMember(somebody, "north", [])).toEqual(may ? null : { code: "not_permitted" });
  });

  it("does so with nobody who may do more", () => {
    const lead = actor(["tokens:read"], { own: "leads" });
    expect(decideOnGroupMember(lead, "north", ["tokens:read"])).toBeNull();
    expect(decideOnGroupMember(lead, "north", ["tokens:read", "tokens:create"])).toEqual({
      code: "member_outranks_you",
    });
  });
});

describe("an invitation", () => {
  const sender = actor(["members:write"], { own: "leads", bounded: true });
  const groups = (...asked: string[]) => ({ asked, found: ["north", "south"] });

  it("is for who writes members, to a role within their own and into groups that they manage", () => {
    expect(decideInvitation(sender, { permissions: ["members:write"] }, groups("north"))).toBeNull();
    expect(decideInvitation(sender, { permissions: [] }, groups())).toBeNull();
  });

  it.each([
    ["not_permitted", actor(["members:read"]), { permissions: [] }, groups()],
    ["role_not_found", sender, null, groups()],
    ["role_exceeds_yours", sender, { permissions: ["roles:write"] }, groups()],
    ["group_not_found", sender, { permissions: [] }, groups("north", "south")],
    ["group_not_found", sender, { permissions: [] }, groups("gone")],
  ])("is refused as %s otherwise", (code, inviter, role, asked) => {
    expect(decideInvitation(inviter, role, asked)?.code).toBe(code);
  });
});
