import type { MemberRow } from "@/lib/members/read-members";
import type { OrganizationRow } from "@/lib/organizations/get-organization";
import type { RoleRow } from "@/lib/roles/list-roles";

/** A member as the API gives it. */
export const memberResource = (member: MemberRow) => ({
  id: member.id,
  kind: member.kind,
  name: member.name,
  email: member.email,
  role: member.role,
  groups: member.groups.map(({ id, name, isAdministrator }) => ({ id, name, is_administrator: isAdministrator })),
  portal: member.portal,
  status: member.status,
  owner: member.owner,
  created_at: member.createdAt.toISOString(),
  deactivated_at: member.deactivatedAt?.toISOString() ?? null,
});

export const roleResource = (role: RoleRow) => ({
  id: role.id,
  name: role.name,
  built_in: role.builtIn,
  permissions: [...role.permissions].sort(),
  created_at: role.createdAt.toISOString(),
});

export const organizationResource = (organization: OrganizationRow) => ({
  id: organization.id,
  name: organization.name,
  slug: organization.slug,
  plan: organization.plan,
  tokens_enabled: organization.tokensEnabled,
  teams_enabled: organization.teamsEnabled,
  group_noun: organization.groupNoun,
  created_at: organization.createdAt.toISOString(),
});
