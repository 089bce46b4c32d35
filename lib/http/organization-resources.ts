import { z } from "zod";
import { organizations } from "@/db/schema";
import { BUILT_IN_ROLES, type BuiltInRole } from "@/lib/access/permission";
import type { GroupRow } from "@/lib/groups/view-groups";
import type { MemberRow } from "@/lib/members/read-members";
import type { OrganizationRow } from "@/lib/organizations/get-organization";
import type { RoleRow } from "@/lib/roles/list-roles";
import { instant, membership, membershipResource, named, time, timeOrNull } from "./answer-fields";

export const memberAnswer = z
  .object({
    id: z.uuid().describe("Of the membership: the same person has another in another organization."),
    kind: z.enum(["person", "service"]).describe("service: an account for programs, which cannot sign in."),
    name: z.string().describe("As people know them."),
    email: z.email().nullable().describe("null for a service account."),
    role: named.describe("What bounds all that the member and its tokens may do."),
    groups: z.array(membership).describe("Those that the member belongs to."),
    portal: z.enum(["console", "hub"]).describe("Which of the two the member works in."),
    status: z.enum(["active", "deactivated"]).describe("While a member is deactivated, none of its tokens works."),
    owner: named
      .extend({ kind: z.enum(["member", "group"]).describe("A member, or the administrators of a group.") })
      .nullable()
      .describe("Who answers for a service account, as far as the token sees them."),
    created_at: instant.describe("When they joined the organization."),
    deactivated_at: instant.nullable().describe("null while the member is active."),
  })
  .meta({ id: "Member" });

export const groupAnswer = z
  .object({
    id: z.uuid().describe("Stays when the name changes."),
    name: z.string().describe("As people know it now."),
    members: z.int().describe("How many are in it."),
    administrators: z
      .array(named)
      .nullable()
      .describe(
        "Who says who is in it, beside the administrators of the organization; null where the token may read no members.",
      ),
    created_at: instant.describe("When the group was made."),
  })
  .meta({ id: "Group" });

export const roleAnswer = z
  .object({
    id: z.uuid().describe("Stays when the name changes."),
    name: z.string().describe("As people know it now."),
    built_in: z
      .enum(Object.keys(BUILT_IN_ROLES) as [BuiltInRole, ...BuiltInRole[]])
      .nullable()
      .describe("null for a role of the organization's own."),
    permissions: z.array(z.string()).describe("What it allows, by name and in their order."),
    created_at: instant.describe("When the role was made."),
  })
  .meta({ id: "Role" });

export const organizationAnswer = z
  .object({
    id: z.uuid().describe("Stays when the name changes."),
    name: z.string().describe("As people know it now."),
    slug: z.string().describe("Its short name, as the login takes it."),
    plan: z.enum(organizations.plan.enumValues).describe("What its operator agreed with it."),
    tokens_enabled: z.boolean().describe("Whether its tokens work; while they are switched off, each is refused."),
    teams_enabled: z.boolean().describe("Whether it works with groups."),
    group_noun: z.enum(organizations.groupNoun.enumValues).describe("What the organization calls its groups."),
    created_at: instant.describe("When the organization was made."),
  })
  .meta({ id: "Organization" });

/** A member as the API gives it. */
export const memberResource = (member: MemberRow): z.output<typeof memberAnswer> => ({
  id: member.id,
  kind: member.kind,
  name: member.name,
  email: member.email,
  role: member.role,
  groups: member.groups.map(membershipResource),
  portal: member.portal,
  status: member.status,
  owner: member.owner,
  created_at: time(member.createdAt),
  deactivated_at: timeOrNull(member.deactivatedAt),
});

export const groupResource = (group: GroupRow): z.output<typeof groupAnswer> => ({
  id: group.id,
  name: group.name,
  members: group.members,
  administrators: group.administrators,
  created_at: time(group.createdAt),
});

export const roleResource = (role: RoleRow): z.output<typeof roleAnswer> => ({
  id: role.id,
  name: role.name,
  built_in: role.builtIn,
  permissions: [...role.permissions].sort(),
  created_at: time(role.createdAt),
});

export const organizationResource = (organization: OrganizationRow): z.output<typeof organizationAnswer> => ({
  id: organization.id,
  name: organization.name,
  slug: organization.slug,
  plan: organization.plan,
  tokens_enabled: organization.tokensEnabled,
  teams_enabled: organization.teamsEnabled,
  group_noun: organization.groupNoun,
  created_at: time(organization.createdAt),
});
