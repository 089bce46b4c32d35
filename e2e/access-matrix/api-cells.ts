import { randomUUID } from "node:crypto";
import type { ApiRow } from "./build-rows";
import type { Bearer, Cast, Person } from "./cast";
import { eventName } from "./database-snapshot";
import { type Reader, STRANGER } from "./foreign-words";
import { type ApiExpectation, changesSomething, endsWhatItHolds, expectedOfApi, powersOf, seesAll } from "./oracle";
import { type Answer, fillIn, send } from "./requests";
import { colleagueOf, type Target, targetsOf } from "./targets";

/** A request to the API, and what has to come of it. */
export interface ApiCell {
  label: string;
  row: ApiRow;
  bearer: Bearer;
  target: Target | null;
  headers: Record<string, string>;
  /** Sent as a form, where that is what the row reads. */
  form?: Record<string, string>;
  expected: ApiExpectation;
  /** What has changed afterwards, in the names of the snapshot, and nothing else. */
  effects: string[];
}

const EVENTS: Record<string, string> = { POST: "token.rotated", PATCH: "token.updated", DELETE: "token.deleted" };

/** Every bearer on every kind of id that the row's address can hold. */
export async function apiCells(row: ApiRow, cast: Cast): Promise<ApiCell[]> {
  const bearers = bearersOf(row, cast);
  const cells = bearers.flatMap((bearer) =>
    (row.names && row.kind === "token" ? targetsOf(row.names, bearer.issuer, cast) : [null]).map((target) => ({
      bearer,
      target,
    })),
  );
  return Promise.all(cells.map(({ bearer, target }) => cellOf(row, bearer, target, cast)));
}

function bearersOf({ kind, method }: ApiRow, { bearers, clients, houses }: Cast): Bearer[] {
  if (kind === "client") return clients;
  if (kind !== "token") return [bearers.at(0), bearers.at(-1)].filter((bearer) => bearer !== undefined);
  // HEAD is what Next makes of GET: one organization tells enough.
  return bearers.filter(({ issuer }) => method !== "HEAD" || issuer.house === houses[0]);
}

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
  if (row.kind === "client") return clientCell(cell, cast);
  if (expected.status !== 200 || !changesSomething(row)) return cell;
  if (target && row.names === "member") return memberCell(cell, target, cast);
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

/** A client is told of somebody else's token, which it learns nothing of and does not end; whoever else holds one may end it. */
async function clientCell(cell: ApiCell, cast: Cast): Promise<ApiCell> {
  const elsewhere = cast.nextHouse(cell.bearer.issuer.house).people[0] as Person;
  const { id, secret } = await cast.newToken(elsewhere);
  const form = { grant_type: "client_credentials", token: secret };
  if (!endsWhatItHolds(cell.row, cell.bearer)) return { ...cell, form };
  const { organizationId } = elsewhere.house;
  const { memberId } = elsewhere.member;
  const told = eventName({ action: "token.deleted", organizationId, memberId, subject: id });
  return { ...cell, form, effects: [`api_tokens ${id}`, told] };
}

/** A member is shut out who was made for it. */
async function memberCell(cell: ApiCell, target: Target, cast: Cast): Promise<ApiCell> {
  const { house, member } = cell.bearer.issuer;
  const twin = await cast.twinOf(
    target.belongs === "a colleague's" ? colleagueOf(cell.bearer.issuer) : cell.bearer.issuer,
  );
  const { memberId } = twin.member;
  const told = { action: "member.deactivated", memberId: member.memberId, subject: memberId };
  const effects = [`members ${memberId}`, eventName({ organizationId: house.organizationId, ...told })];
  return { ...cell, target: { ...target, id: memberId }, effects };
}

export function sendCell(origin: string, { row, target, headers, form }: ApiCell): Promise<Answer> {
  const url = origin + fillIn(row.path, target?.id ?? "0");
  if (form) {
    const type = { "content-type": "application/x-www-form-urlencoded" };
    return send({
      url,
      method: row.method,
      headers: { ...headers, ...type },
      body: new URLSearchParams(form).toString(),
    });
  }
  const hasBody = ["POST", "PUT", "PATCH"].includes(row.method);
  return send({
    url,
    method: row.method,
    headers: { ...headers, ...(hasBody ? { "content-type": "application/json" } : {}) },
    ...(hasBody ? { body: JSON.stringify(bodyFor(row.path)) } : {}),
  });
}

function bodyFor(path: string) {
  if (path.includes("/members/")) return { status: "deactivated" };
  if (path.endsWith("/rotate")) return { overlap_days: 1 };
  if (path.endsWith("/extend")) return { expires_at: new Date(Date.now() + 86_400_000).toISOString() };
  return { name: `Canary ${randomUUID()}` };
}

/** What is wrong with an answer, in a line each. */
export function faultsOf({ label, row, expected }: ApiCell, { status, text, headers }: Answer): string[] {
  const body = text ? JSON.parse(text) : {};
  // OAuth's own endpoints say it in their own field.
  const code: string | null = status >= 400 ? (body.code ?? body.error) : null;
  // An answer to HEAD has no body to hold a code.
  if (status !== expected.status || (row.method !== "HEAD" && code !== expected.code)) {
    return [`${label}: ${status} ${code ?? ""}, not ${expected.status} ${expected.code ?? ""}`];
  }
  if (expected.lacks && !headers.get("www-authenticate")?.includes(`scope="${expected.lacks}"`)) {
    return [`${label}: does not name ${expected.lacks}`];
  }
  return [];
}

/** All that could tell one *not found* from another, but for what tells of the caller. */
export const withoutItsNumber = ({ status, headers, text }: Answer) =>
  JSON.stringify([
    status,
    [...headers].filter(([name]) => !["x-request-id", "date", "keep-alive", "latchkey-token-expires"].includes(name)),
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
