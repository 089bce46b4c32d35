import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens, inactivityNotices, members, roles, tokenCallers, tokenUsage, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { tokenPermissions } from "@/lib/access/permission";
import { accountsOf, visibleMember, withinSight } from "@/lib/members/visible-members";
import type { TokenRules } from "./load-rules";
import { outsideReasons } from "./token-compliance";
import { isUsable, noticeStands } from "./token-inactivity";
import { decideChange, type TokenPolicy, visibleTokens } from "./token-policy";
import { withheldFrom } from "./token-reach";
import { renewalOf } from "./token-renewal";
import { renewedExpiry, tokenRotation } from "./token-rotation";
import type { TokenRow } from "./token-row";
import { maskToken, type TokenKind } from "./token-secret";
import { DAY, expiresSoon, tokenStanding, tokenStatus } from "./token-status";
import { waitingSince } from "./waiting-since";

/** Days of the small chart in the table. */
export const USAGE_DAYS = 14;

/** Columns named one by one: a hash cannot leave by being added to the table. Times as milliseconds since 1970. */
interface Selected extends Record<string, unknown> {
  id: string;
  kind: TokenKind;
  prefix: string;
  name: string;
  description: string | null;
  issuer_id: string;
  issuer_name: string;
  issuer_email: string | null;
  issuer_status: "active" | "deactivated";
  issuer_kind: "person" | "service";
  answers_for: boolean;
  within_sight: boolean;
  issuer_permissions: string[];
  role_id: string | null;
  role_name: string | null;
  role_permissions: string[] | null;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  last_used_ip: string | null;
  expiry_set_at: string | null;
  pending_at: string | null;
  previous_ends_at: string | null;
  deleted_at: string | null;
  allowed_networks: string[];
  noticed_at: string | null;
  due_at: string | null;
  /** The last call of one that was told of; null of others. */
  called_at: string | null;
  usage: number[];
}

/** UTC calendar day of an instant, as PostgreSQL writes dates. */
export const utcDay = (instant: Date) => instant.toISOString().slice(0, 10);

/**
 * What the actor sees: the tenant always, and within it all tokens of the members that it sees, or its member's own and
 * those of the service accounts that the member answers for.
 */
export function visibleCondition(actor: Actor, policy: TokenPolicy): SQL {
  const tenant = sql`${apiTokens.organizationId} = ${actor.organizationId}`;
  if (visibleTokens(actor, policy) === "all") {
    return actor.bounded ? sql`${tenant} and ${visibleMember(actor, sql`${apiTokens.issuerId}`)}` : tenant;
  }
  // One array, so that the index on issuers serves both.
  return sql`${tenant} and ${apiTokens.issuerId} = any(array[${actor.memberId}::uuid] || array${accountsOf(actor)})`;
}

/** Reads tokens in the one shape that leaves this room: one statement, chart included. `where` must come from `visibleCondition`. */
export async function selectTokens(
  db: Db,
  actor: Actor,
  rules: TokenRules,
  { where, orderBy, limit }: { where: SQL; orderBy: SQL; limit: number },
  now: Date,
): Promise<TokenRow[]> {
  const firstDay = utcDay(new Date(now.getTime() - (USAGE_DAYS - 1) * DAY));
  const rows = await db.execute<Selected>(sql`
    with page as (
      select *, row_number() over () as place from (
        select ${apiTokens.organizationId}, ${apiTokens.id}, ${apiTokens.kind}, ${apiTokens.prefix}, ${apiTokens.name},
          ${apiTokens.description}, ${apiTokens.issuerId}, ${apiTokens.roleId}, ${apiTokens.createdAt}, ${apiTokens.expiresAt},
          ${apiTokens.lastUsedAt}, ${apiTokens.lastUsedIp}, ${apiTokens.deletedAt}, ${apiTokens.allowedNetworks},
          ${apiTokens.expirySetAt}, ${apiTokens.previousEndsAt},
          ${waitingSince} as pending_at
        from ${apiTokens} where ${where} order by ${orderBy} limit ${limit}
      ) ordered
    )
    select page.id, page.kind, page.prefix, page.name, page.description, page.issuer_id, issuer.name as issuer_name,
      issuer.email as issuer_email, member.status as issuer_status, issuer.kind as issuer_kind,
      issuer.kind = 'service' and member.id in ${accountsOf(actor)} as answers_for,
      member.id = ${actor.memberId} or ${withinSight(actor, sql`member.id`)} as within_sight, issuer_role.permissions as issuer_permissions,
      page.role_id, role.name as role_name, role.permissions as role_permissions, page.created_at, page.expires_at,
      page.last_used_at, host(page.last_used_ip) as last_used_ip, page.deleted_at, page.allowed_networks,
      page.expiry_set_at, page.pending_at, page.previous_ends_at, notice.noticed_at, notice.due_at,
      case when notice.due_at is not null then (select max(call.last_at) from ${tokenCallers} call
        where call.organization_id = page.organization_id and call.token_id = page.id) end as called_at, chart.usage
    from page
    left join ${inactivityNotices} notice on notice.organization_id = page.organization_id and notice.token_id = page.id
    join ${members} member on member.organization_id = page.organization_id and member.id = page.issuer_id
    join ${users} issuer on issuer.id = member.user_id
    join ${roles} issuer_role on issuer_role.organization_id = page.organization_id and issuer_role.id = member.role_id
    left join ${roles} role on role.organization_id = page.organization_id and role.id = page.role_id
    cross join lateral (
      select array_agg(coalesce(by_day.calls, 0)::int order by day.at) as usage
      from generate_series(${firstDay}::date, ${utcDay(now)}::date, interval '1 day') as day(at)
      left join (
        select used.day, sum(used.calls) as calls from ${tokenUsage} used
        where used.organization_id = page.organization_id and used.token_id = page.id
          and used.day >= ${firstDay}::date and used.outcome <> 'refused'
        group by used.day
      ) by_day on by_day.day = day.at::date
    ) chart
    order by page.place`);
  return rows.map((row) => toRow(row, actor, rules, now));
}

const instant = (value: string | null) => (value === null ? null : new Date(value));

/** When a token is deleted unless it is used, as far as what was told of it still holds. */
function deletionOf(
  row: Selected,
  facts: { createdAt: Date; expiresAt: Date | null; judged: boolean },
  rules: TokenRules,
) {
  if (row.noticed_at === null || row.due_at === null) return null;
  const notice = { noticedAt: new Date(row.noticed_at), dueAt: new Date(row.due_at) };
  const uses = [row.last_used_at, row.called_at].flatMap((at) => (at === null ? [] : Date.parse(at)));
  const lastUsedAt = uses.length > 0 ? new Date(Math.max(...uses)) : null;
  return noticeStands({ ...facts, lastUsedAt }, notice, rules.inactivity) ? notice.dueAt : null;
}

function toRow(row: Selected, actor: Actor, rules: TokenRules, now: Date): TokenRow {
  const { policy, organization } = rules;
  const times = {
    createdAt: new Date(row.created_at),
    expiresAt: instant(row.expires_at),
    lastUsedAt: instant(row.last_used_at),
    deletedAt: instant(row.deleted_at),
  };
  const status = tokenStatus(times, now);
  const around = { issuerStatus: row.issuer_status, tokensEnabled: organization.tokensEnabled };
  const standing = tokenStanding(times, around, now);
  const isOwn = row.issuer_id === actor.memberId || row.answers_for;
  const power = tokenPermissions(row.role_permissions, row.issuer_permissions);
  const token = {
    id: row.id,
    kind: row.kind,
    name: row.name,
    description: row.description,
    masked: maskToken(row),
    status,
    stopped: standing === "issuer_deactivated" || standing === "tokens_disabled" ? standing : null,
    issuedBy: { id: row.issuer_id, name: row.issuer_name, email: row.issuer_email },
    role: row.role_id && row.role_name ? { id: row.role_id, name: row.role_name } : null,
    permissions: standing === "active" ? [...power].sort() : [],
    ...times,
    lastUsedIp: row.last_used_ip,
    allowedNetworks: row.allowed_networks,
    deletionAt: deletionOf(row, { ...times, judged: isUsable(standing) }, rules),
    rotation: tokenRotation(
      { status, pendingAt: instant(row.pending_at), previousEndsAt: instant(row.previous_ends_at) },
      now,
    ),
    renewsTo:
      status === "active"
        ? renewedExpiry(
            actor,
            { id: row.id, ...times, expirySetAt: instant(row.expiry_set_at) },
            { policy, organization },
            now,
          )
        : null,
    expiresSoon: expiresSoon(times, now),
    usage: row.usage,
    outsidePolicy: outsideReasons(
      {
        kind: row.kind,
        hasRole: row.role_id !== null,
        descriptionLength: [...(row.description ?? "")].length,
        issuer: { permissions: new Set(row.issuer_permissions), isService: row.issuer_kind === "service" },
        expirySetAt: instant(row.expiry_set_at) ?? times.createdAt,
        ...times,
      },
      { policy, organization },
      now,
    ),
    locked:
      status === "deleted"
        ? "already_deleted"
        : (decideChange(actor, policy, organization, { power, isOwn })?.code ?? null),
    withheld: withheldFrom(actor, {
      id: row.id,
      power,
      mirrors: row.role_id === null,
      isOwn,
      withinSight: row.within_sight,
    }),
  } satisfies Partial<TokenRow>;
  return { ...token, ...renewalOf(actor, token, rules) };
}

/**
 * One token as the actor sees it; null where there is none or it is not the actor's to see. Its last use is that of the
 * latest call, where a list may lag behind by a minute.
 */
export async function readToken(
  db: Db,
  actor: Actor,
  rules: TokenRules,
  id: string,
  now: Date,
): Promise<TokenRow | null> {
  const where = sql`${visibleCondition(actor, rules.policy)} and ${apiTokens.id} = ${id}`;
  const [[row], [call]] = await Promise.all([
    selectTokens(db, actor, rules, { where, orderBy: sql`${apiTokens.id}`, limit: 1 }, now),
    db
      .select({ at: tokenCallers.lastAt, ip: sql<string>`host(${tokenCallers.ip})` })
      .from(tokenCallers)
      .where(and(eq(tokenCallers.organizationId, actor.organizationId), eq(tokenCallers.tokenId, id)))
      .orderBy(desc(tokenCallers.lastAt))
      .limit(1),
  ]);
  if (!row) return null;
  const isLater = call && (row.lastUsedAt === null || call.at > row.lastUsedAt);
  return isLater ? { ...row, lastUsedAt: call.at, lastUsedIp: call.ip } : row;
}
