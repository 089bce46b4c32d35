/** The built-in catalogue: what a permission of Latchkey's own API allows, said for the person who grants it. */
export const PERMISSIONS = {
  "tokens:read": "List and read the tokens one sees",
  "tokens:create": "Create tokens",
  "tokens:manage": "Change and delete the tokens one sees",
  "tokens:oversee": "See everybody's tokens, where the policy goes by this permission",
  "members:read": "List and read members",
  "members:write": "Change members",
  "groups:read": "List and read groups",
  "groups:write": "Change groups",
  "roles:read": "List and read roles",
  "roles:write": "Change roles",
  "audit:read": "Read the audit log",
  "organization:read": "Read the organization",
  "organization:manage": "Administer the organization: see every token, set the policy",
} as const;

/** `resource:verb`. An organization's own catalogue adds to the built-in names, hence the open half. */
export type Permission = keyof typeof PERMISSIONS | (string & { readonly __own?: never });
export type BuiltInPermission = keyof typeof PERMISSIONS;

export type BuiltInRole = "administrator" | "engineer" | "user" | "viewer";

const viewer: BuiltInPermission[] = ["tokens:read", "roles:read", "organization:read"];
const user: BuiltInPermission[] = [...viewer, "tokens:create", "tokens:manage"];
const engineer: BuiltInPermission[] = [...user, "members:read", "groups:read"];

/** The four roles that every organization starts with, from the most to the least. Each holds the next one's permissions. */
export const BUILT_IN_ROLES: Record<BuiltInRole, { name: string; permissions: readonly BuiltInPermission[] }> = {
  administrator: { name: "Administrator", permissions: Object.keys(PERMISSIONS) as BuiltInPermission[] },
  engineer: { name: "Engineer", permissions: engineer },
  user: { name: "User", permissions: user },
  viewer: { name: "Viewer", permissions: viewer },
};

/** The name of a permission of an organization's own: two lower-case words with a colon between. */
export const PERMISSION_NAME = /^[a-z][a-z0-9_-]{0,39}:[a-z][a-z0-9_-]{0,39}$/;

export const isBuiltInPermission = (name: string): name is BuiltInPermission => Object.hasOwn(PERMISSIONS, name);

/** What a permission is about: `events` of `events:read`. */
export const resourceOf = (permission: string): string => permission.slice(0, permission.indexOf(":"));

const LATCHKEYS = new Set(Object.keys(PERMISSIONS).map(resourceOf));

/** Whether an organization may not give its own permission this name: all of a built-in resource is Latchkey's. */
export const isReservedPermission = (name: string): boolean => LATCHKEYS.has(resourceOf(name));

/** True where `part` allows nothing that `whole` does not: the meaning of *equal to or lower than*. */
export function isSubset(part: Iterable<Permission>, whole: ReadonlySet<Permission>): boolean {
  for (const permission of part) if (!whole.has(permission)) return false;
  return true;
}

/**
 * What a token may do now: its role, cut down to what its issuer may do now; all that the issuer may do where it has no
 * role of its own.
 */
export function tokenPermissions(
  rolePermissions: readonly Permission[] | null,
  issuerPermissions: readonly Permission[],
): ReadonlySet<Permission> {
  if (rolePermissions === null) return new Set(issuerPermissions);
  const issuer = new Set(issuerPermissions);
  return new Set(rolePermissions.filter((permission) => issuer.has(permission)));
}
