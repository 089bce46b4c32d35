import { PERMISSIONS } from "@/lib/access/permission";

/** "Read roles, tokens" and "Create tokens": permissions grouped by what they let one do. */
export function permissionsInBrief(permissions: readonly string[]): string[] {
  const byVerb = new Map<string, string[]>();
  for (const permission of [...permissions].sort()) {
    const [resource = permission, verb = "use"] = permission.split(/:(?=[^:]*$)/);
    byVerb.set(verb, [...(byVerb.get(verb) ?? []), resource]);
  }
  return [...byVerb]
    .sort(([a], [b]) => weight(a) - weight(b) || a.localeCompare(b))
    .map(([verb, resources]) => `${verb.charAt(0).toUpperCase()}${verb.slice(1)} ${resources.join(", ")}`);
}

/** What a role may allow and yet no token may do, unless the policy says so. */
export const MINTING = "tokens:create";

const VERBS = ["read", "create", "write", "manage"];
const weight = (verb: string) => (VERBS.indexOf(verb) + VERBS.length + 1) % (VERBS.length + 1);

/** What a permission of the built-in catalogue allows; null for one of the organization's own. */
export const permissionSentence = (permission: string): string | null =>
  Object.hasOwn(PERMISSIONS, permission) ? PERMISSIONS[permission as keyof typeof PERMISSIONS] : null;
