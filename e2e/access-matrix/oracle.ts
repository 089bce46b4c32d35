import { BUILT_IN_ROLES, type BuiltInRole, type Permission } from "@/lib/access/permission";
import type { ActionRow, ApiRow, PageRow, Resource } from "./build-rows";
import type { Bearer, House, Visitor } from "./cast";
import { type Belonging, colleagueOf } from "./targets";

/**
 * What should come of each request, said a second time and in other words than the product says it: from the declared
 * guard, the policy's fields and who owns what is named. It calls none of the product's rules.
 */

/** What somebody may do in an organization. */
export interface Powers {
  house: House;
  permissions: ReadonlySet<Permission>;
  /** A token acts for its issuer, who may administer where the token may not. */
  issuerPermissions?: readonly Permission[];
}

function permissionsOf({ roleIds }: House, roleId: string): readonly Permission[] {
  const role = (Object.keys(roleIds) as BuiltInRole[]).find((name) => roleIds[name] === roleId);
  return role ? BUILT_IN_ROLES[role].permissions : [];
}

/** A token may do what its role and its issuer's role both allow. */
export function powersOf({ issuer, roleId }: Bearer): Powers {
  const { house } = issuer;
  const issuers = permissionsOf(house, issuer.member.roleId);
  const own = roleId === null ? issuers : permissionsOf(house, roleId);
  return {
    house,
    permissions: new Set(own.filter((permission) => issuers.includes(permission))),
    issuerPermissions: issuers,
  };
}

const administers = ({ permissions }: Powers) => permissions.has("organization:manage");

export function seesAll(powers: Powers): boolean {
  switch (powers.house.visibility) {
    case "own":
      return false;
    case "administrators":
      return administers(powers);
    case "permitted":
      return powers.permissions.has("tokens:oversee");
  }
}

/** Groups bound all but administrators where they are on; there, the colleagues that are named share none. */
const isBounded = (powers: Powers) =>
  powers.house.label === "admin_issued" &&
  !(powers.issuerPermissions?.includes("organization:manage") ?? administers(powers));

/** Whether somebody is shown everybody of the organization. */
export const readsMembers = (powers: Powers) => powers.permissions.has("members:read") && !isBounded(powers);

/** Whether the group of the house is there for somebody; those who are in it, bounded or not, may read none. */
export const readsGroups = (powers: Powers) => powers.permissions.has("groups:read") && !isBounded(powers);

/** Whether the thing exists for somebody. Members of one's organization do, as far as groups do not bound one; tokens where the policy shows them. */
function isThere(names: Resource, belongs: Belonging, powers: Powers): boolean {
  if (names === "group") return (belongs === "own" || belongs === "a colleague's") && readsGroups(powers);
  if (belongs === "own") return true;
  return belongs === "a colleague's" && (names === "member" ? !isBounded(powers) : seesAll(powers));
}

const administratorsIssue = ({ issuers }: House) =>
  issuers === "administrators" || issuers === "administrators_with_teams";

/** Why somebody cannot change or delete a token that is there for them. */
const changeRefusal = (powers: Powers) =>
  administratorsIssue(powers.house) && !administers(powers) ? "not_yours_to_change" : null;

export interface ApiExpectation {
  status: number;
  /** Of the problem; null where there is none. */
  code: string | null;
  /** The permission that the answer must name. */
  lacks?: string;
}

const problem = (status: number, code: string): ApiExpectation => ({ status, code });

/** A token changes another where its issuer may, and where the other may do nothing that it may not itself. */
function tokenChange(powers: Powers, target: readonly Permission[]): ApiExpectation | null {
  if (changeRefusal(powers)) return problem(403, "not_yours_to_change");
  return target.every((permission) => powers.permissions.has(permission)) ? null : problem(403, "exceeds_this_token");
}

/** Tokens that follow a colleague may be able to do more one day, which is for administrators alone to hold. */
export const isTooMuchLater = (permissions: ReadonlySet<Permission>, belongs: Belonging | null) =>
  belongs === "a colleague's" && !permissions.has("organization:manage");

/** The routes that change something, and why somebody who has the permission and sees the target may still not. */
const CHANGES: Record<
  string,
  (powers: Powers, target: readonly Permission[], belongs: Belonging | null) => ApiExpectation | null
> = {
  "POST /api/v1/tokens": () => problem(403, "token_cannot_mint"),
  "PATCH /api/v1/tokens/[id]": tokenChange,
  "DELETE /api/v1/tokens/[id]": tokenChange,
  "DELETE /api/v1/tokens/self": () => null,
  "POST /api/v1/tokens/self/rotate": () => null,
  // None waits.
  "DELETE /api/v1/tokens/self/rotation": () => problem(409, "no_rotation"),
  "POST /api/v1/tokens/[id]/rotate": (powers, target, belongs) =>
    tokenChange(powers, target) ??
    (isTooMuchLater(powers.permissions, belongs) ? problem(403, "mirrors_its_issuer") : null),
  "DELETE /api/v1/tokens/[id]/rotation": (powers, target) => tokenChange(powers, target) ?? problem(409, "no_rotation"),
  "POST /api/v1/tokens/[id]/extend": (powers, target) =>
    tokenChange(powers, target) ?? problem(403, "extension_not_yours"),
  "PATCH /api/v1/members/[id]": (powers, target) =>
    target.every((permission) => powers.permissions.has(permission)) ? null : problem(403, "member_outranks_you"),
};

/** What comes of a change that asks for no token, and is sent what opens nothing: of clients, by those that are ones. */
const DOORS: Record<string, ApiExpectation> = {
  "POST /api/v1/auth/login": problem(422, "invalid_input"),
  "POST /api/v1/auth/refresh": problem(422, "invalid_input"),
  "POST /api/v1/auth/logout": problem(422, "invalid_input"),
  "POST /api/v1/oauth/token": { status: 200, code: null },
  // Of another organization's token: not active, and nothing to end.
  "POST /api/v1/oauth/introspect": { status: 200, code: null },
  "POST /api/v1/oauth/revoke": { status: 200, code: null },
};

/** What a token does to its own secrets, which takes one of them. */
const OF_ITS_SECRETS = new Set(["POST /api/v1/tokens/self/rotate", "DELETE /api/v1/tokens/self/rotation"]);

const isRead = ({ method }: ApiRow) => ["GET", "HEAD"].includes(method);

export const changesSomething = (row: ApiRow) => row.kind === "token" && !isRead(row);

/** Whoever holds a token may end it, without being a client, and so without saying that they are one (RFC 7009, 2.1). */
export const endsWhatItHolds = ({ path }: ApiRow, { headers }: Bearer) =>
  path === "/api/v1/oauth/revoke" && headers.authorization === undefined;

/** Whether a row without a token may do something, other than to say that there is nothing at an address. */
export const isDoor = (row: ApiRow) =>
  (row.kind === "client" || row.kind === "open") && !isRead(row) && row.method !== "OPTIONS" && !row.path.includes("[");

/** A row that changes something of which this oracle does not know what. */
export const isUnknownChange = (row: ApiRow) => {
  const place = `${row.method} ${row.path}`;
  return (changesSomething(row) && !CHANGES[place]) || (isDoor(row) && !DOORS[place]);
};

export function expectedOfApi(row: ApiRow, bearer: Bearer, belongs: Belonging | null): ApiExpectation {
  if (row.kind === "other")
    return row.method === "OPTIONS" ? { status: 204, code: null } : problem(405, "method_not_allowed");
  const door = isDoor(row) ? DOORS[`${row.method} ${row.path}`] : undefined;
  if (row.kind === "client" && !bearer.isClient && !endsWhatItHolds(row, bearer)) return problem(401, "invalid_client");
  if (door) return door;
  if (row.kind === "open") return row.path.includes("[") ? problem(404, "not_found") : { status: 200, code: null };
  if (bearer.refused) return problem(401, bearer.refused);
  if (bearer.isAccessToken && OF_ITS_SECRETS.has(`${row.method} ${row.path}`)) {
    return problem(409, "not_by_access_token");
  }
  const powers = powersOf(bearer);
  if (row.permission !== "any" && !powers.permissions.has(row.permission)) {
    return { ...problem(403, "insufficient_scope"), lacks: row.permission };
  }
  if (row.names && belongs && !isThere(row.names, belongs, powers)) return problem(404, "not_found");
  // The tokens that are named here mirror whoever issued them.
  const { member } = belongs === "a colleague's" ? colleagueOf(bearer.issuer) : bearer.issuer;
  const target = permissionsOf(powers.house, member.roleId);
  return CHANGES[`${row.method} ${row.path}`]?.(powers, target, belongs) ?? { status: 200, code: null };
}

/** What a page does: shows itself, says that there is nothing, or sends on to an address. */
export type PageOutcome = "shown" | "not found" | `to ${string}`;

const HOME = "/settings/api-tokens";
/** Pages that are only on the way to another. */
const LEADS_ON: Record<string, PageOutcome> = {
  "/": `to ${HOME}`,
  "/hub": "to /hub/api-tokens",
  "/setup": "to /sign-in",
  "/dev/mailbox/[id]": "not found",
};

/** Pages that both portals have, each with the other's. */
const OF_BOTH: Record<string, string> = {};
for (const [console, hub] of [
  [HOME, "/hub/api-tokens"],
  [`${HOME}/refusals`, "/hub/api-tokens/refusals"],
  ["/profile", "/hub/profile"],
  ["/notifications", "/hub/notifications"],
] as const) {
  OF_BOTH[console] = hub;
  OF_BOTH[hub] = console;
}

export function expectedOfPage(
  { path, guard, names }: PageRow,
  visitor: Visitor,
  belongs: Belonging | null,
): PageOutcome {
  const { standing, house, member } = visitor;
  if (path === "/sign-in") return standing === "nobody" ? "shown" : `to ${HOME}`;
  if (guard === "anybody") return LEADS_ON[path] ?? "shown";
  if (standing === "nobody") return "to /sign-in";
  // A link into an organization leads on for those who look at it, and asks who is in it and looks elsewhere.
  if (guard === "signed in" && names) {
    if (visitor.elsewhere && belongs === "another organization's") return "shown";
    return belongs === "own" || belongs === "a colleague's" ? "to /nothing/here" : "not found";
  }
  if (guard === "signed in") return standing === "member" ? `to ${HOME}` : "shown";
  if (guard === "operator") {
    if (standing !== "operator") return "to /";
    // Every organization is there for the operator.
    return belongs === "never made" || belongs === "no id at all" ? "not found" : "shown";
  }
  if (standing === "operator") return "to /operator";
  if (standing === "memberless") return "to /account";
  if (member?.portal !== guard) return `to ${OF_BOTH[path] ?? (guard === "hub" ? "/" : "/hub")}`;
  // Who may read no members is told so, whoever is named.
  if (names === "member" && !member.permissions.has("members:read")) return "shown";
  if (names && belongs && house && !isThere(names, belongs, { house, permissions: member.permissions }))
    return "not found";
  return LEADS_ON[path] ?? "shown";
}

/** Whether that is what the page does for those whom its guard lets in. */
export const isLetIn = ({ path }: PageRow, outcome: PageOutcome) =>
  outcome === "shown" || outcome === "not found" || outcome === LEADS_ON[path];

/** Whether somebody has what the guard of an action asks for. */
export function passesGuard({ guard }: ActionRow, { standing }: Visitor): boolean {
  if (guard === "account") return standing !== "nobody";
  return guard === "anybody" || standing === guard;
}

/** What the hub offers too; every other action of members is the console's. */
const OF_THE_HUB = new Set([
  "createTokenAction",
  "updateTokenAction",
  "deleteTokenAction",
  "rotateTokenAction",
  "cancelRotationAction",
  "extendTokenAction",
  "tokenActivityAction",
  "tokenReceiptAction",
  "findTokensAction",
  "requestAccessAction",
  "answerExpiryAction",
  "withdrawExpiryAnswerAction",
  "markNotificationAction",
  "markAllReadAction",
  "chooseNoticesAction",
  "endSessionAction",
  "signOutElsewhereAction",
  "signOutEverywhereAction",
]);

/** Whether an action is refused to a member whatever it asks for, being the console's where the member is in the hub. */
export const isElsewhere = ({ guard, name }: ActionRow, { member }: Visitor) =>
  guard === "member" && member?.portal === "hub" && !OF_THE_HUB.has(name);

/** Why a member cannot do to a token what it asks for; null where it can. */
export function tokenRefusal(powers: Powers, belongs: Belonging, changes: boolean): string | null {
  if (belongs === "no id at all") return "invalid";
  if (!isThere("token", belongs, powers)) return "not_found";
  return changes ? changeRefusal(powers) : null;
}

/** Why a member cannot create a token at all; null where it can. */
export function issuerRefusal(powers: Powers): string | null {
  const may = {
    everyone: true,
    administrators: administers(powers),
    administrators_with_teams: administers(powers),
    permitted: powers.permissions.has("tokens:create"),
  }[powers.house.issuers];
  return may ? null : "not_an_issuer";
}
