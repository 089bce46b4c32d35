import { type SQL, sql } from "drizzle-orm";
import { apiTokens, auditEvents, groups, invitations, members, roles, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { visibleGroup, visibleMember } from "@/lib/members/visible-members";
import { loadRules } from "@/lib/tokens/load-rules";
import { visibleCondition } from "@/lib/tokens/read-tokens";
import type { AuditAction } from "./audit-sentence";
import { API_LOGIN, type AuditEvent } from "./record-audit";

/** An event as a reader of the log sees it: what is not theirs to see is left out of it. */
export interface AuditRow {
  id: string;
  at: Date;
  action: AuditAction;
  by: {
    kind: "member" | "token" | "system";
    /** Null for the system, and for somebody whom the reader does not see. */
    member: { id: string; name: string; email: string | null } | null;
    /** The token that acted, where the reader sees it. */
    token: { id: string; name: string } | null;
    /** The id of the API login through which a member acted; null for the console, and where the reader does not see who. */
    login: string | null;
  };
  subject: {
    kind: AuditEvent["subject"]["kind"];
    /** Empty where it leads nowhere. */
    id: string;
    /** Null where there is no name, or none for the reader. */
    name: string | null;
    /** Whether the reader can open its page. */
    isThere: boolean;
  };
  details: Record<string, unknown>;
  ip: string | null;
}

interface Selected extends Record<string, unknown> {
  id: string;
  at: string;
  action: AuditAction;
  actor_kind: AuditRow["by"]["kind"];
  actor_id: string | null;
  actor_name: string | null;
  actor_email: string | null;
  actor_seen: boolean | null;
  token_id: string | null;
  token_name: string | null;
  subject_kind: AuditRow["subject"]["kind"];
  subject_id: string;
  subject_name: string | null;
  subject_seen: boolean;
  details: Record<string, unknown>;
  ip: string | null;
}

/** The id that a subject of this kind has as a member, a role or a group; null for every other kind. */
const uuidOf = (kind: string) => sql`case when page.subject_kind = ${kind} then page.subject_id::uuid end`;

/**
 * Which events an actor may see at all: of the organization, and where groups bound it, those that somebody did whom it
 * sees, or that happened to a member, a token or a group that it sees.
 */
function visibleEvent(actor: Actor): SQL {
  const tenant = sql`${auditEvents.organizationId} = ${actor.organizationId}`;
  if (!actor.bounded) return tenant;
  const member = sql`case when ${auditEvents.subjectKind} = 'member' then ${auditEvents.subjectId}::uuid end`;
  const group = sql`case when ${auditEvents.subjectKind} = 'group' then ${auditEvents.subjectId}::uuid end`;
  return sql`${tenant} and (${visibleMember(actor, sql`${auditEvents.actorMemberId}`)}
    or (${auditEvents.subjectKind} = 'member' and ${visibleMember(actor, member)})
    or (${auditEvents.subjectKind} = 'group' and ${visibleGroup(actor, group)})
    or (${auditEvents.subjectKind} = 'token' and exists (select 1 from ${apiTokens}
      where ${apiTokens.organizationId} = ${actor.organizationId} and ${apiTokens.id} = ${auditEvents.subjectId}
        and ${visibleMember(actor, sql`${apiTokens.issuerId}`)})))`;
}

/** Events that the actor sees, in the order of their ids: one statement, in which each event is shown as far as it may be. */
export async function readAuditEvents(
  actor: Actor,
  { where, newestFirst, limit }: { where: SQL; newestFirst: boolean; limit: number },
  ctx: Context,
): Promise<AuditRow[]> {
  const { policy } = await loadRules(ctx.db, actor.organizationId);
  const way = newestFirst ? sql`desc` : sql`asc`;
  const tenant = actor.organizationId;
  const tokenSeen = (id: SQL) =>
    sql`exists (select 1 from ${apiTokens} where ${visibleCondition(actor, policy)} and ${apiTokens.id} = ${id})`;
  const rows = await ctx.db.execute<Selected>(sql`
    with page as (
      select * from ${auditEvents} where ${visibleEvent(actor)} and ${where}
      order by ${auditEvents.id} ${way} limit ${limit}
    )
    select page.id, page.at, page.action, page.actor_kind, page.subject_kind, page.subject_id, page.details, page.ip,
      page.actor_member_id as actor_id, doer.name as actor_name, doer.email as actor_email,
      ${visibleMember(actor, sql`page.actor_member_id`)} as actor_seen,
      acting.id as token_id, acting.name as token_name,
      coalesce(token.name, person.name, role.name, grouped.name, invitation.email,
        case when page.subject_kind = 'permission' then page.subject_id end) as subject_name,
      case page.subject_kind
        when 'token' then ${tokenSeen(sql`page.subject_id`)}
        when 'member' then ${visibleMember(actor, uuidOf("member"))}
        when 'group' then ${visibleGroup(actor, uuidOf("group"))}
        when 'session' then ${visibleMember(actor, sql`page.actor_member_id`)}
        when 'invitation' then ${actor.bounded ? sql`page.actor_member_id = ${actor.memberId}` : sql`true`}
        else true end as subject_seen
    from page
    left join ${members} doing on doing.organization_id = ${tenant} and doing.id = page.actor_member_id
    left join ${users} doer on doer.id = doing.user_id
    left join ${apiTokens} acting on acting.organization_id = ${tenant} and acting.id = page.actor_token_id
      and ${tokenSeen(sql`page.actor_token_id`)}
    left join ${apiTokens} token
      on page.subject_kind = 'token' and token.organization_id = ${tenant} and token.id = page.subject_id
    left join ${members} subject on subject.organization_id = ${tenant} and subject.id = ${uuidOf("member")}
    left join ${users} person on person.id = subject.user_id
    left join ${roles} role on role.organization_id = ${tenant} and role.id = ${uuidOf("role")}
    left join ${groups} grouped on grouped.organization_id = ${tenant} and grouped.id = ${uuidOf("group")}
    left join ${invitations} invitation
      on invitation.organization_id = ${tenant} and invitation.id = ${uuidOf("invitation")}
    order by page.id ${way}`);
  return rows.map(toRow);
}

/** What there was a row of when it was asked, and what its own name is on the event where it is gone. */
function toRow(row: Selected): AuditRow {
  const seen = row.subject_seen;
  const { [API_LOGIN]: login, ...details } = row.details;
  const told = typeof row.details.name === "string" ? row.details.name : null;
  return {
    id: row.id,
    at: new Date(row.at),
    action: row.action,
    by: {
      kind: row.actor_kind,
      member:
        row.actor_id && row.actor_seen
          ? { id: row.actor_id, name: row.actor_name ?? "A former member", email: row.actor_email }
          : null,
      token: row.token_id && row.token_name ? { id: row.token_id, name: row.token_name } : null,
      login: row.actor_seen && typeof login === "string" ? login : null,
    },
    subject: {
      kind: row.subject_kind,
      id: seen && row.subject_kind !== "session" ? row.subject_id : "",
      name: seen ? (row.subject_name ?? told) : null,
      isThere: seen && row.subject_name !== null,
    },
    details: seen ? details : {},
    ip: row.actor_id === null || row.actor_seen ? row.ip : null,
  };
}
