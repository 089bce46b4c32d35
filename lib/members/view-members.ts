import { and, asc, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import { apiTokens, groups, members, roles, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { accountOptions } from "@/lib/tokens/account-options";
import { isLive } from "@/lib/tokens/live-tokens";
import { loadRules } from "@/lib/tokens/load-rules";
import { visibleCondition } from "@/lib/tokens/read-tokens";
import { overseesAccounts, visibleTokens } from "@/lib/tokens/token-policy";
import {
  type ListedMember,
  MEMBERS_PER_PAGE,
  type MemberChoices,
  type MembersView,
  type MemberView,
} from "./member-list";
import { decideGivenRole, decideOnMember, mayManageGroup } from "./member-policy";
import { type MemberQuery, readMemberQuery } from "./member-query";
import { listInvitations } from "./open-invitations";
import { readAnswering } from "./read-answering";
import { type MemberRow, readMembers } from "./read-members";
import { accountsOf, visibleMember } from "./visible-members";

type Params = Record<string, string | string[] | undefined>;

/** All that the page of members shows. */
export async function viewMembers(actor: Actor, params: Params, ctx: Context): Promise<Outcome<MembersView>> {
  const refusal = decidePermission(actor, "members:read");
  if (refusal) return { ok: false, refusal };
  const query = readMemberQuery(params);
  const where = matching(query);
  const { offset } = query;
  const [found, total, facets, invitations, choices] = await Promise.all([
    readMembers(ctx.db, actor, { where, limit: MEMBERS_PER_PAGE, byName: { offset } }),
    countMembers(actor, where, ctx),
    countFacets(actor, ctx),
    listInvitations(actor, ctx),
    memberChoices(actor, ctx),
  ]);
  return done({
    rows: await listed(actor, found, ctx),
    total,
    first: found.length > 0 ? offset + 1 : 0,
    previous: offset === 0 ? null : pageAt(offset - MEMBERS_PER_PAGE),
    next: offset + found.length < total ? pageAt(offset + MEMBERS_PER_PAGE) : null,
    facets,
    invitations,
    choices,
  });
}

/** All that the page of one member shows. */
export async function viewMember(actor: Actor, id: string, ctx: Context): Promise<Outcome<MemberView>> {
  const refusal = decidePermission(actor, "members:read");
  if (refusal) return { ok: false, refusal };
  const [found, accounts, choices] = await Promise.all([
    readMembers(ctx.db, actor, { where: eq(members.id, id), limit: 1 }),
    readMembers(ctx.db, actor, { where: eq(members.ownerMemberId, id), limit: 100, byName: { offset: 0 } }),
    memberChoices(actor, ctx),
  ]);
  const [member] = await listed(actor, found, ctx);
  if (!member) return refused("not_found");
  const [answering, tokenOptions] = await Promise.all([
    readAnswering(actor, member, ctx),
    member.kind === "service" ? accountOptions(actor, id, ctx) : null,
  ]);
  return done({ member, accounts, choices, answering, tokenOptions });
}

/** The first page has no number in its address. */
const pageAt = (offset: number) => (offset > 0 ? String(offset) : "");

function matching({ q, role, status, kind }: MemberQuery): SQL | undefined {
  const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return and(
    q
      ? or(sql`lower(${users.name}) like lower(${pattern})`, sql`lower(${users.email}) like lower(${pattern})`)
      : undefined,
    role.length > 0 ? inArray(members.roleId, role) : undefined,
    status.length > 0 ? inArray(members.status, status) : undefined,
    kind.length > 0 ? inArray(users.kind, kind) : undefined,
  );
}

const seen = (actor: Actor) =>
  and(eq(members.organizationId, actor.organizationId), visibleMember(actor, sql`${members.id}`));

async function countMembers(actor: Actor, where: SQL | undefined, ctx: Context): Promise<number> {
  const [row] = await ctx.db
    .select({ total: sql<number>`count(*)::int` })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(seen(actor), where));
  return row?.total ?? 0;
}

async function countFacets(actor: Actor, ctx: Context): Promise<MembersView["facets"]> {
  const rows = await ctx.db
    .select({
      id: roles.id,
      name: roles.name,
      status: members.status,
      kind: users.kind,
      count: sql<number>`count(*)::int`,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(roles, and(eq(roles.organizationId, members.organizationId), eq(roles.id, members.roleId)))
    .where(seen(actor))
    .groupBy(roles.id, roles.name, members.status, users.kind)
    .orderBy(sql`lower(${roles.name})`);
  const facets: MembersView["facets"] = {
    role: [],
    status: { active: 0, deactivated: 0 },
    kind: { person: 0, service: 0 },
  };
  for (const { id, name, status, kind, count } of rows) {
    facets.status[status] += count;
    facets.kind[kind] += count;
    const role = facets.role.find((known) => known.id === id);
    if (role) role.count += count;
    else facets.role.push({ id, name, count });
  }
  return facets;
}

/** Adds what concerns the reader: their live tokens as far as it sees them, and whether it may change them. */
async function listed(actor: Actor, rows: MemberRow[], ctx: Context): Promise<ListedMember[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const rules = await loadRules(ctx.db, actor.organizationId);
  const [facts, counts] = await Promise.all([
    ctx.db
      .select({
        id: members.id,
        permissions: roles.permissions,
        isOwn: sql<boolean>`${members.id} = ${actor.memberId} or ${members.id} in ${accountsOf(actor)}`,
      })
      .from(members)
      .innerJoin(roles, and(eq(roles.organizationId, members.organizationId), eq(roles.id, members.roleId)))
      .where(and(eq(members.organizationId, actor.organizationId), inArray(members.id, ids))),
    ctx.db
      .select({ id: apiTokens.issuerId, live: sql<number>`count(*)::int` })
      .from(apiTokens)
      .where(sql`${visibleCondition(actor, rules.policy)} and ${apiTokens.issuerId} in ${ids} and ${isLive(ctx.now)}`)
      .groupBy(apiTokens.issuerId),
  ]);
  const live = new Map(counts.map(({ id, live }) => [id, live]));
  const known = new Map(facts.map((fact) => [fact.id, fact]));
  const readsTokens = actor.permissions.has("tokens:read");
  const seesAll = visibleTokens(actor, rules.policy) === "all";
  const mayWrite = decidePermission(actor, "members:write");
  return rows.map((row) => {
    const fact = known.get(row.id);
    return {
      ...row,
      isYou: row.id === actor.memberId,
      liveTokens: readsTokens && (seesAll || fact?.isOwn) ? (live.get(row.id) ?? 0) : null,
      locked: (mayWrite ?? decideOnMember(actor, fact?.permissions ?? []))?.code ?? null,
    };
  });
}

async function memberChoices(actor: Actor, ctx: Context): Promise<MemberChoices | null> {
  if (decidePermission(actor, "members:write")) return null;
  const [{ policy }, allRoles, allGroups, people] = await Promise.all([
    loadRules(ctx.db, actor.organizationId),
    ctx.db
      .select({ id: roles.id, name: roles.name, permissions: roles.permissions })
      .from(roles)
      .where(eq(roles.organizationId, actor.organizationId)),
    ctx.db
      .select({ id: groups.id, name: groups.name })
      .from(groups)
      .where(eq(groups.organizationId, actor.organizationId))
      .orderBy(sql`lower(${groups.name})`),
    ctx.db
      .select({ id: members.id, name: users.name, email: users.email })
      .from(members)
      .innerJoin(users, and(eq(users.id, members.userId), eq(users.kind, "person")))
      .where(and(seen(actor), eq(members.status, "active")))
      .orderBy(sql`${members.id} = ${actor.memberId} desc`, sql`lower(${users.name})`, asc(members.id))
      .limit(200),
  ]);
  const oversees = overseesAccounts(actor, policy);
  const administered = new Set(actor.groups.filter(({ isAdministrator }) => isAdministrator).map(({ id }) => id));
  return {
    roles: allRoles
      .map((role) => ({ ...role, refusal: decideGivenRole(actor, role) }))
      .sort((a, b) => b.permissions.length - a.permissions.length || a.name.localeCompare(b.name)),
    groups: allGroups
      .filter(({ id }) => mayManageGroup(actor, id))
      .map((group) => ({ ...group, youAnswer: oversees || administered.has(group.id) })),
    people,
  };
}
