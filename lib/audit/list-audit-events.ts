import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { auditEvents, groups, members, roles, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import type { Context } from "@/lib/context";
import { decodeCursor, encodeCursor, InvalidCursor } from "@/lib/http/cursor";
import { type ListPage, pageOf, startAfter } from "@/lib/http/list-query";
import { visibleGroup, visibleMember } from "@/lib/members/visible-members";
import { done, type Outcome } from "@/lib/refusal";
import { AUDIT_KINDS, type AuditQuery, readAuditQuery } from "./audit-kinds";
import type { AuditEventsQuery } from "./audit-query";
import { type AuditRow, readAuditEvents } from "./read-audit-events";

/** Events on a page of the log. */
const EVENTS_PER_PAGE = 50;
/** People that the filter offers. */
const MOST_PEOPLE = 200;

export interface AuditView {
  rows: AuditRow[];
  previous: string | null;
  next: string | null;
  /** Who has done anything, of those whom the reader sees. */
  people: { id: string; name: string; email: string | null }[];
  /** The names of what details hold by its id, as far as the reader sees it. */
  names: Record<string, string>;
}

/** A page of the audit log as the actor may see it, newest first. A place that is none is the first page. */
export async function listAuditEvents(
  actor: Actor,
  params: Parameters<typeof readAuditQuery>[0],
  ctx: Context,
): Promise<Outcome<AuditView>> {
  const refusal = decidePermission(actor, "audit:read");
  if (refusal) return { ok: false, refusal };
  const query = readAuditQuery(params);
  const from = readPlace(query.cursor);
  const backwards = from?.way === "previous";
  const beyond = from && (backwards ? sql`${auditEvents.id} > ${from.id}` : sql`${auditEvents.id} < ${from.id}`);
  const by = await seenOf(actor, query.by, ctx);
  const where = sql.join([filterCondition({ ...query, by }), ...(beyond ? [beyond] : [])], sql` and `);
  const [found, people] = await Promise.all([
    readAuditEvents(actor, { where, newestFirst: !backwards, limit: EVENTS_PER_PAGE + 1 }, ctx),
    readPeople(actor, ctx),
  ]);
  const more = found.length > EVENTS_PER_PAGE;
  const rows = found.slice(0, EVENTS_PER_PAGE);
  if (backwards) rows.reverse();
  const place = (way: "previous" | "next", row: AuditRow | undefined) =>
    row ? encodeCursor("audit", { way, id: row.id }) : null;
  const names = await readNames(actor, rows, ctx);
  return done({
    rows: onlyTheirs(actor, rows, names),
    previous: (backwards ? more : from !== null) ? place("previous", rows[0]) : null,
    next: backwards || more ? place("next", rows.at(-1)) : null,
    people,
    names,
  });
}

/** The same log in the order in which the API gives it. Throws `InvalidCursor` for a cursor that this list did not make. */
export async function pageAuditEvents(
  actor: Actor,
  query: AuditEventsQuery,
  ctx: Context,
): Promise<Outcome<ListPage<AuditRow>>> {
  const refusal = decidePermission(actor, "audit:read");
  if (refusal) return { ok: false, refusal };
  const older = startAfter("audit-events", query);
  const by = await seenOf(actor, query.by, ctx);
  // Of those whom the actor does not see it is told nothing, not even which of the events that it sees are theirs.
  if (query.by.length > 0 && by.length === 0) return done({ rows: [], nextCursor: null });
  const where = sql.join(
    [
      filterCondition({ ...query, by }),
      ...(older ? [sql`${auditEvents.id} < ${older}`] : []),
      ...(query.after ? [sql`${auditEvents.id} > ${query.after}`] : []),
    ],
    sql` and `,
  );
  const found = await readAuditEvents(actor, { where, newestFirst: true, limit: query.limit + 1 }, ctx);
  const { rows, nextCursor } = pageOf("audit-events", found, query);
  return done({ rows: onlyTheirs(actor, rows, await readNames(actor, rows, ctx)), nextCursor });
}

function readPlace(cursor: string | null) {
  if (cursor === null) return null;
  try {
    return decodeCursor("audit", cursor, z.object({ way: z.enum(["previous", "next"]), id: z.uuid() }));
  } catch (error) {
    if (error instanceof InvalidCursor) return null;
    throw error;
  }
}

function filterCondition({ kind, by }: Pick<AuditQuery, "kind" | "by">): SQL {
  const firstHalves = kind.flatMap((each) => AUDIT_KINDS[each] as readonly string[]);
  const parts = [
    firstHalves.length > 0 ? sql`split_part(${auditEvents.action}, '.', 1) in ${firstHalves}` : sql`true`,
    by.length > 0 ? sql`${auditEvents.actorMemberId} in ${by}` : sql`true`,
  ];
  return sql.join(parts, sql` and `);
}

/** Those of these members whom the actor sees: who asks for another learns as little as who asks for nobody. */
async function seenOf(actor: Actor, ids: string[], { db }: Context): Promise<string[]> {
  if (ids.length === 0) return [];
  const tenant = eq(members.organizationId, actor.organizationId);
  const seen = await db
    .select({ id: members.id })
    .from(members)
    .where(and(tenant, inArray(members.id, ids), visibleMember(actor, sql`${members.id}`)));
  return seen.map(({ id }) => id);
}

async function readPeople(actor: Actor, { db }: Context) {
  return db
    .select({ id: members.id, name: users.name, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(members.organizationId, actor.organizationId),
        visibleMember(actor, sql`${members.id}`),
        sql`exists (select 1 from ${auditEvents} where ${auditEvents.organizationId} = ${actor.organizationId}
          and ${auditEvents.actorMemberId} = ${members.id})`,
      ),
    )
    .orderBy(sql`lower(${users.name}), ${members.id}`)
    .limit(MOST_PEOPLE);
}

const uuid = z.uuid();

/** Every id in what events tell. */
function idsIn(value: unknown): string[] {
  if (typeof value === "string") return uuid.safeParse(value).success ? [value] : [];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(idsIn) : [];
}

async function readNames(actor: Actor, rows: readonly AuditRow[], { db }: Context): Promise<Record<string, string>> {
  const ids = [...new Set(rows.flatMap(({ details }) => idsIn(details)))];
  if (ids.length === 0) return {};
  const { organizationId } = actor;
  const [ofRoles, ofGroups, ofMembers] = await Promise.all([
    db
      .select({ id: roles.id, name: roles.name })
      .from(roles)
      .where(and(eq(roles.organizationId, organizationId), inArray(roles.id, ids))),
    db
      .select({ id: groups.id, name: groups.name })
      .from(groups)
      .where(
        and(eq(groups.organizationId, organizationId), inArray(groups.id, ids), visibleGroup(actor, sql`${groups.id}`)),
      ),
    db
      .select({ id: members.id, name: users.name })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(
        and(
          eq(members.organizationId, organizationId),
          inArray(members.id, ids),
          visibleMember(actor, sql`${members.id}`),
        ),
      ),
  ]);
  return Object.fromEntries([...ofRoles, ...ofGroups, ...ofMembers].map(({ id, name }) => [id, name]));
}

/** Events without the facts about members and groups that their reader does not see. */
const onlyTheirs = (actor: Actor, rows: AuditRow[], names: Record<string, string>): AuditRow[] =>
  actor.bounded ? rows.map((row) => ({ ...row, details: onlyNamed(row.details, names) })) : rows;

/** What an event tells without the facts about members and groups that its reader does not see. */
function onlyNamed(details: AuditRow["details"], names: Record<string, string>): AuditRow["details"] {
  const kept = Object.entries(details).map(([key, value]) => [key, seenPart(value, names)] as const);
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined));
}

/** Of a list what is seen of it; anything else, such as a change or a member with a name, as a whole or not at all. */
function seenPart(value: unknown, names: Record<string, string>): unknown {
  if (Array.isArray(value)) {
    const seen = value.filter((each) => seenPart(each, names) !== undefined);
    return seen.length > 0 || value.length === 0 ? seen : undefined;
  }
  return idsIn(value).every((id) => id in names) ? value : undefined;
}
