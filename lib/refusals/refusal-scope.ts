import type { RefusalFacts, RefusedCall } from "./refusal-facts";

/** Whether it was an access token that was sent: a client's, or of a person's API login, which has no other. */
export const isOfAccessToken = ({ facts, token }: Pick<RefusedCall, "facts" | "token">): boolean =>
  facts.access !== null || token === null;

/** Permissions that the call needed and that its access token was not made for, whatever its client or person may do now. */
export function outsideScope({ needed, access }: Pick<RefusalFacts, "needed" | "access">): string[] {
  const scope = access?.scope;
  return scope ? needed.filter((permission) => !scope.includes(permission)) : [];
}

/** Those of them that the roles allowed: nothing but the access token lacked them. */
export function narrowedOut(facts: RefusalFacts): string[] {
  const { role, issuerRole, missing } = facts;
  const inRoles = new Set([...(role?.lacks ?? []), ...(issuerRole?.lacks ?? [])]);
  return outsideScope(facts).filter((permission) => missing.includes(permission) && !inRoles.has(permission));
}
