import { type BuiltInRole, isSubset, PERMISSIONS, type Permission, resourceOf } from "@/lib/access/permission";

interface Compared {
  id: string;
  name: string;
  builtIn: BuiltInRole | null;
  permissions: readonly Permission[];
}

/** The built-in roles from the most to the least, then the organization's own by name. */
export function inOrder<Role extends Compared>(roles: readonly Role[]): Role[] {
  const rank = ({ builtIn }: Role) => (builtIn ? BUILT_IN_ORDER.indexOf(builtIn) : BUILT_IN_ORDER.length);
  return [...roles].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, "en"));
}

const BUILT_IN_ORDER: BuiltInRole[] = ["administrator", "engineer", "user", "viewer"];

/** The other roles that allow nothing beyond this one: those that are equal to or lower than it. */
export function rolesWithin<Role extends Compared>(role: Role, roles: readonly Role[]): Role[] {
  const whole = new Set(role.permissions);
  return roles.filter(({ id, permissions }) => id !== role.id && isSubset(permissions, whole));
}

export interface CataloguePart {
  /** What the permissions are about, such as `tokens`. */
  resource: string;
  /** The organization's own, and not Latchkey's. */
  own: boolean;
  permissions: { name: Permission; sentence: string }[];
}

/** Every permission that a role of the organization can hold, by what it is about: Latchkey's first. */
export function catalogueOf(own: readonly { name: string; description: string }[]): CataloguePart[] {
  const parts = new Map<string, CataloguePart>();
  const put = (name: Permission, sentence: string, isOwn: boolean) => {
    const resource = resourceOf(name);
    const part = parts.get(resource) ?? { resource, own: isOwn, permissions: [] };
    part.permissions.push({ name, sentence });
    parts.set(resource, part);
  };
  for (const [name, sentence] of Object.entries(PERMISSIONS)) put(name, sentence, false);
  for (const { name, description } of own) put(name, description, true);
  return [...parts.values()];
}
