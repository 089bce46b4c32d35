import type { ISql } from "postgres";

/** What the check of a person's access token needs to know of the API login it came from: one row of one statement. */
export interface LoginRecord {
  id: string;
  organization_id: string;
  /** Times in milliseconds since 1970. */
  created_at: number;
  ended_at: number | null;
  organization_name: string;
  organization_slug: string;
  tokens_enabled: boolean;
  teams_enabled: boolean;
  /** CIDR blocks; empty for anywhere. */
  policy_networks: string[];
  /** Calls a minute, null for no bound. */
  calls_per_token: number | null;
  calls_per_organization: number | null;
  member_id: string;
  member_status: "active" | "deactivated";
  portal: "console" | "hub";
  user_id: string;
  user_name: string;
  user_email: string | null;
  role_id: string;
  role_name: string;
  permissions: string[];
  /** Null where the member is in no group. */
  groups: { id: string; name: string; isAdministrator: boolean }[] | null;
}

/** For any number of ids at once. A service account has none. */
export const readLogins = (sql: ISql, ids: string[]) => sql<LoginRecord[]>`
  select l.id, l.organization_id,
    (extract(epoch from l.created_at) * 1000)::float8 as created_at,
    (extract(epoch from l.ended_at) * 1000)::float8 as ended_at,
    o.name as organization_name, o.slug as organization_slug, o.tokens_enabled, o.teams_enabled,
    p.allowed_networks as policy_networks, p.calls_per_token, p.calls_per_organization,
    m.id as member_id, m.status as member_status, m.portal, u.id as user_id, u.name as user_name, u.email as user_email,
    r.id as role_id, r.name as role_name, r.permissions,
    (select json_agg(json_build_object('id', g.id, 'name', g.name, 'isAdministrator', gm.is_administrator) order by g.name)
      from group_members gm
      join groups g on g.organization_id = gm.organization_id and g.id = gm.group_id
      where gm.organization_id = m.organization_id and gm.member_id = m.id) as groups
  from api_logins l
  join organizations o on o.id = l.organization_id
  join token_policies p on p.organization_id = l.organization_id
  join members m on m.organization_id = l.organization_id and m.id = l.member_id
  join users u on u.id = m.user_id and u.kind = 'person'
  join roles r on r.organization_id = m.organization_id and r.id = m.role_id
  where l.id = any(${ids}::uuid[])`;

/** Whether an access token was taken back, and the database's clock when it said so. */
export interface AccessTokenMark {
  id: string;
  revoked: boolean;
  now: number;
}

export const readMarks = (sql: ISql, ids: string[]) => sql<AccessTokenMark[]>`
  select asked.id, revoked.id is not null as revoked, (extract(epoch from now()) * 1000)::float8 as now
  from unnest(${ids}::uuid[]) as asked(id)
  left join revoked_access_tokens revoked on revoked.id = asked.id`;
