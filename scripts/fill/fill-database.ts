import { asc, eq } from "drizzle-orm";
import type { Sql, TransactionSql } from "postgres";
import { v7 as uuidv7 } from "uuid";
import type { Database, Tx } from "@/db/client";
import { members, organizations, roles, tokenPolicies, users } from "@/db/schema";
import type { BuiltInRole } from "@/lib/access/permission";
import { createOrganization } from "@/lib/organizations/create-organization";
import type { Peppers } from "@/lib/tokens/token-peppers";
import { TOKEN_PRESETS } from "@/lib/tokens/token-presets";
import { hashToken, mintToken } from "@/lib/tokens/token-secret";
import { copyRows, type Row } from "./copy-rows";
import { type FilledOrganization, isFilled, isService, planOrganizations, planToken } from "./fill-plan";

/** A transaction each: a fill that is ended in between goes on where it was. */
const BATCH = 10_000;
const DAY = 86_400_000;

export interface FillWish {
  /** All together, with those that an earlier fill has made. */
  tokens: number;
  now: Date;
  peppers: Peppers;
  tokenPrefix: string;
  /** Slugs of organizations that may stand beside the filled ones. */
  beside: ReadonlySet<string>;
  /** The address of a user who becomes an administrator of the largest one, where there is such a user. */
  administrator?: string;
  onProgress?: (done: number) => void;
}

export type Filled = { ok: true; before: number; added: number } | { ok: false; foreign: string[] };

/**
 * Fills a database with organizations, members, tokens and their use, up to this number of tokens. Refuses, and writes
 * nothing, where an organization is there that is neither of an earlier fill nor among `beside`.
 */
export async function fillDatabase({ db, sql }: Database, wish: FillWish): Promise<Filled> {
  const foreign = await findForeign(sql, wish.beside);
  if (foreign.length > 0) return { ok: false, foreign };

  const plans = planOrganizations(wish.tokens);
  const before = await countFilled(sql);
  let done = [...before.values()].reduce((sum, count) => sum + count, 0);
  const had = done;
  wish.onProgress?.(done);
  for (const [at, plan] of plans.entries()) {
    const administrator = at === 0 ? wish.administrator : undefined;
    const place = await db.transaction((tx) => placeOf(tx, plan, wish.now, administrator));
    for (let from = before.get(plan.slug) ?? 0; from < plan.tokens; from += BATCH) {
      const to = Math.min(plan.tokens, from + BATCH);
      await sql.begin((tx) => writeTokens(tx, place, from, to, wish));
      done += to - from;
      wish.onProgress?.(done);
    }
  }
  if (done > had) {
    // Out of a transaction: what the server would otherwise do by itself, some minutes later.
    await sql`vacuum (analyze) api_tokens`;
    await sql`analyze users, members, token_usage, token_callers, audit_events`;
  }
  return { ok: true, before: had, added: done - had };
}

/** Organizations of which no fill is the maker, by their slugs. Also of a database in which nothing was made yet. */
export async function findForeign(sql: Sql, beside: ReadonlySet<string>): Promise<string[]> {
  const [table] = await sql`select where to_regclass('organizations') is not null`;
  if (!table) return [];
  const there = await sql<{ slug: string }[]>`select slug from organizations order by slug`;
  return there.map(({ slug }) => slug).filter((slug) => !isFilled(slug) && !beside.has(slug));
}

async function countFilled(sql: Sql): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ slug: string; tokens: number }[]>`
    select o.slug, (select count(*)::int from api_tokens t where t.organization_id = o.id) as tokens from organizations o`;
  return new Map(rows.filter(({ slug }) => isFilled(slug)).map(({ slug, tokens }) => [slug, tokens]));
}

/** An organization as tokens refer to it. */
interface Place {
  plan: FilledOrganization;
  organizationId: string;
  /** In the order in which they were made. */
  members: readonly { id: string; kind: "person" | "service" }[];
  roles: RoleIds;
}

type RoleIds = Readonly<Record<BuiltInRole, string>>;

/** The organization of this plan, made with its members where it is not there. */
async function placeOf(tx: Tx, plan: FilledOrganization, now: Date, administrator?: string): Promise<Place> {
  const [found] = await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.slug, plan.slug));
  const organizationId = found?.id ?? (await makeOrganization(tx, plan, now, administrator));
  const there = await tx
    .select({ id: members.id, kind: users.kind })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.organizationId, organizationId))
    .orderBy(asc(members.id));
  return {
    plan: { ...plan, members: Math.min(plan.members, there.length) },
    organizationId,
    members: there,
    roles: await readRoles(tx, organizationId),
  };
}

async function readRoles(tx: Tx, organizationId: string): Promise<RoleIds> {
  const rows = await tx
    .select({ id: roles.id, builtIn: roles.builtIn })
    .from(roles)
    .where(eq(roles.organizationId, organizationId));
  return Object.fromEntries(rows.map(({ id, builtIn }) => [builtIn, id])) as RoleIds;
}

async function makeOrganization(tx: Tx, plan: FilledOrganization, now: Date, administrator?: string): Promise<string> {
  const founded = new Date(now.getTime() - 900 * DAY);
  const { slug, name, preset } = plan;
  const { organizationId, roles: roleIds } = await createOrganization(
    tx,
    { name, slug, preset, plan: "enterprise", tokensEnabled: true, teamsEnabled: false, groupNoun: "group" },
    { now: founded, origin: { requestId: null, ip: null } },
  );
  // It has more than any preset lets be made.
  await tx
    .update(tokenPolicies)
    .set({ maxPerOrganization: null, maxPerIssuer: null })
    .where(eq(tokenPolicies.organizationId, organizationId));
  const people = Array.from({ length: plan.members }, (_, place) => {
    const joined = new Date(founded.getTime() + (place + 1) * 60_000);
    const service = isService(place, plan.members);
    return {
      userId: uuidv7({ msecs: joined.getTime() }),
      memberId: uuidv7({ msecs: joined.getTime() }),
      kind: service ? ("service" as const) : ("person" as const),
      name: service ? `Job ${place + 1}` : `Member ${place + 1}`,
      email: service ? null : `member-${place + 1}@${slug}.example`,
      role: place === 0 ? roleIds.administrator : place % 10 < 3 ? roleIds.engineer : roleIds.user,
      joined,
    };
  });
  for (let at = 0; at < people.length; at += 1000) {
    const some = people.slice(at, at + 1000);
    await tx
      .insert(users)
      .values(
        some.map(({ userId, kind, name, email, joined }) => ({ id: userId, kind, name, email, createdAt: joined })),
      );
    await tx.insert(members).values(
      some.map(({ memberId, userId, role, joined }) => ({
        organizationId,
        id: memberId,
        userId,
        roleId: role,
        createdAt: joined,
      })),
    );
  }
  if (administrator) await addAdministrator(tx, organizationId, roleIds.administrator, administrator, now);
  return organizationId;
}

async function addAdministrator(tx: Tx, organizationId: string, roleId: string, email: string, now: Date) {
  const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email));
  if (!user) return;
  const id = uuidv7({ msecs: now.getTime() });
  await tx.insert(members).values({ organizationId, id, userId: user.id, roleId, createdAt: now });
}

async function writeTokens(tx: TransactionSql, at: Place, from: number, to: number, wish: FillWish): Promise<void> {
  const { plan, organizationId } = at;
  const { now, peppers, tokenPrefix } = wish;
  const tokens: Row[] = [];
  const usage: Row[] = [];
  const callers: Row[] = [];
  const events: Row[] = [];
  for (let place = from; place < to; place++) {
    const token = planToken(plan, place, now);
    const issuer = at.members[token.issuer];
    if (!issuer) throw new Error(`${plan.slug} has no member ${token.issuer}`);
    const role = token.role && at.roles[token.role];
    const kind = TOKEN_PRESETS[plan.preset].credential === "client" ? "cls" : issuer.kind === "service" ? "svc" : "pat";
    // Nobody ever holds the secret.
    const { id, lastFour, plain } = mintToken(tokenPrefix, kind);
    const hash = `\\x${hashToken(plain, peppers.current).toString("hex")}`;
    const { lastUsed, createdAt, expiresAt, deletedAt } = token;
    tokens.push([
      ...[organizationId, id, kind, tokenPrefix, token.name, issuer.id, role, hash, peppers.current.id, lastFour],
      ...[token.state, createdAt, expiresAt, deletedAt, deletedAt && issuer.id],
      ...[lastUsed?.at ?? null, lastUsed?.ip ?? null, lastUsed?.agent ?? null],
    ]);
    if (token.usage.length === 0 || !lastUsed) continue;
    let calls = 0;
    for (const { day, byHour } of token.usage) {
      const ofDay = byHour.reduce((sum, ofHour) => sum + ofHour, 0);
      calls += ofDay;
      usage.push([organizationId, id, day, "allowed", ofDay, `{${byHour.join(",")}}`]);
    }
    callers.push([organizationId, id, lastUsed.ip, lastUsed.agent, calls, createdAt, lastUsed.at]);
    const event = (when: Date, action: string) =>
      events.push([
        ...[organizationId, uuidv7({ msecs: when.getTime() }), when, action, "member", issuer.id, "token", id],
        JSON.stringify({ name: token.name }),
      ]);
    event(createdAt, "token.created");
    if (deletedAt) event(deletedAt, "token.deleted");
  }
  await copyRows(tx, "api_tokens", TOKEN_COLUMNS, tokens);
  await copyRows(tx, "token_usage", "organization_id, token_id, day, outcome, calls, by_hour", usage);
  await copyRows(tx, "token_callers", "organization_id, token_id, ip, agent, calls, first_at, last_at", callers);
  await copyRows(tx, "audit_events", EVENT_COLUMNS, events);
}

const TOKEN_COLUMNS = `organization_id, id, kind, prefix, name, issuer_id, role_id, secret_hash, pepper_id, last_four,
  state, created_at, expires_at, deleted_at, deleted_by, last_used_at, last_used_ip, last_used_agent`;
const EVENT_COLUMNS = `organization_id, id, at, action, actor_kind, actor_member_id, subject_kind, subject_id, details`;
