import { randomUUID } from "node:crypto";
import type { ApiRow } from "./build-rows";
import type { Bearer, Cast } from "./cast";
import { eventName } from "./database-snapshot";
import { type Reader, STRANGER } from "./foreign-words";
import { type ApiExpectation, changesSomething, expectedOfApi, powersOf, seesAll } from "./oracle";
import { type Answer, fillIn, send } from "./requests";
import { colleagueOf, type Target, targetsOf } from "./targets";

/** A request to the API, and what has to come of it. */
export interface ApiCell {
  label: string;
  row: ApiRow;
  bearer: Bearer;
  target: Target | null;
  headers: Record<string, string>;
  expected: ApiExpectation;
  /** What has changed afterwards, in the names of the snapshot, and nothing else. */
  effects: string[];
}

const EVENTS: Record<string, string> = { POST: "token.rotated", PATCH: "token.updated", DELETE: "token.deleted" };

/** Every bearer on every kind of id that the row's address can hold. */
export async function apiCells(row: ApiRow, cast: Cast): Promise<ApiCell[]> {
  const bearers =
    row.kind === "token"
      ? bearersOf(row, cast)
      : [cast.bearers.at(0), cast.bearers.at(-1)].filter((bearer) => bearer !== undefined);
  const cells = bearers.flatMap((bearer) =>
    (row.names && row.kind === "token" ? targetsOf(row.names, bearer.issuer, cast) : [null]).map((target) => ({
      bearer,
      target,
    })),
  );
  return Promise.all(cells.map(({ bearer, target }) => cellOf(row, bearer, target, cast)));
}

/** HEAD is what Next makes of GET: one organization tells enough. */
const bearersOf = ({ method }: ApiRow, { bearers, houses }: Cast) =>
  bearers.filter(({ issuer }) => method !== "HEAD" || issuer.house === houses[0]);

async function cellOf(row: ApiRow, bearer: Bearer, target: Target | null, cast: Cast): Promise<ApiCell> {
  const on = target ? ` on ${target.belongs}` : "";
  const expected = expectedOfApi(row, bearer, target?.belongs ?? null);
  const cell: ApiCell = {
    label: `${row.method} ${row.path} with ${bearer.label}${on}`,
    row,
    bearer,
    target,
    headers: bearer.headers,
    expected,
    effects: [],
  };
  if (expected.status !== 200 || !changesSomething(row)) return cell;
  // What can be done once is done to a token made for it.
  const { issuer } = bearer;
  const { id, secret } = await cast.newToken(
    target?.belongs === "a colleague's" ? colleagueOf(issuer) : issuer,
    target ? null : bearer.roleId,
  );
  const { house, member } = issuer;
  const effects = [
    `api_tokens ${id}`,
    eventName({
      action: EVENTS[row.method] ?? "",
      organizationId: house.organizationId,
      memberId: member.memberId,
      subject: id,
    }),
  ];
  return target
    ? { ...cell, target: { ...target, id }, effects }
    : { ...cell, headers: { authorization: `Bearer ${secret}` }, effects };
}

export function sendCell(origin: string, { row, target, headers }: ApiCell): Promise<Answer> {
  const hasBody = ["POST", "PUT", "PATCH"].includes(row.method);
  return send({
    url: origin + fillIn(row.path, target?.id ?? "0"),
    method: row.method,
    headers: { ...headers, ...(hasBody ? { "content-type": "application/json" } : {}) },
    ...(hasBody ? { body: JSON.stringify(bodyFor(row.path)) } : {}),
  });
}

function bodyFor(path: string) {
  if (path.endsWith("/rotate")) return { overlap_days: 1 };
  if (path.endsWith("/extend")) return { expires_at: new Date(Date.now() + 86_400_000).toISOString() };
  return { name: `Canary ${randomUUID()}` };
}

/** What is wrong with an answer, in a line each. */
export function faultsOf({ label, row, expected }: ApiCell, { status, text, headers }: Answer): string[] {
  const body = text ? JSON.parse(text) : {};
  const code: string | null = status >= 400 ? body.code : null;
  // An answer to HEAD has no body to hold a code.
  if (status !== expected.status || (row.method !== "HEAD" && code !== expected.code)) {
    return [`${label}: ${status} ${code ?? ""}, not ${expected.status} ${expected.code ?? ""}`];
  }
  if (expected.lacks && !headers.get("www-authenticate")?.includes(`scope="${expected.lacks}"`)) {
    return [`${label}: does not name ${expected.lacks}`];
  }
  return [];
}

/** All that could tell one *not found* from another. */
export const withoutItsNumber = ({ status, headers, text }: Answer) =>
  JSON.stringify([
    status,
    [...headers].filter(([name]) => !["x-request-id", "date", "keep-alive"].includes(name)),
    text.replace(headers.get("x-request-id") ?? "", ""),
  ]);

/** How far a token's eyes reach. */
export function readerOfBearer(bearer: Bearer): Reader {
  if (bearer.refused) return STRANGER;
  const powers = powersOf(bearer);
  const { house, member, userId } = bearer.issuer;
  const seesMembers = powers.permissions.has("members:read");
  return { house, memberId: member.memberId, userId, seesAllTokens: seesAll(powers), seesMembers };
}
