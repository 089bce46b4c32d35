import type { ISql } from "postgres";
import type { HashedToken, TokenKind } from "@/lib/tokens/token-secret";

/** What verification needs to know of a token, its issuer and its organization: one row of one statement. */
export interface TokenRecord {
  id: string;
  organization_id: string;
  kind: TokenKind;
  prefix: string;
  name: string;
  description: string | null;
  secret_hash: HashedToken;
  pepper_id: string;
  /** A secret that waits for its first use and may still be used, and the one before the current one; null where there is none. */
  pending_hash: HashedToken | null;
  pending_pepper_id: string | null;
  previous_hash: HashedToken | null;
  previous_pepper_id: string | null;
  previous_ends_at: number | null;
  /** How many secrets there were before the current one. */
  secret_generation: number;
  /** Times in milliseconds since 1970. */
  created_at: number;
  expires_at: number | null;
  deleted_at: number | null;
  /** The database's clock when it read the row. */
  now: number;
  organization_name: string;
  organization_slug: string;
  tokens_enabled: boolean;
  teams_enabled: boolean;
  /** CIDR blocks of the policy and of the token; empty for anywhere. */
  policy_networks: string[];
  token_networks: string[];
  /** Calls a minute, null for no bound. */
  calls_per_token: number | null;
  calls_per_organization: number | null;
  issuer_id: string;
  issuer_user_id: string;
  issuer_name: string;
  issuer_email: string | null;
  issuer_status: "active" | "deactivated";
  issuer_role_id: string;
  issuer_role_name: string;
  issuer_permissions: string[];
  role_id: string | null;
  role_name: string | null;
  role_permissions: string[] | null;
  /** Null where the issuer is in no group. */
  groups: { id: string; name: string; isAdministrator: boolean }[] | null;
}

/**
 * The one statement of verification, for any number of ids at once. The driver prepares it on first use of a connection,
 * so what travels afterwards is its name and the ids.
 */
export const readRecords = (sql: ISql, ids: string[]) => sql<TokenRecord[]>`
  select t.id, t.organization_id, t.kind, t.prefix, t.name, t.description, t.secret_hash, t.pepper_id,
    case when t.pending_hash is not null and waiting_secret_stands(t) then t.pending_hash end as pending_hash,
    t.pending_pepper_id, t.previous_hash, t.previous_pepper_id,
    (extract(epoch from t.previous_ends_at) * 1000)::float8 as previous_ends_at,
    t.secret_generation,
    (extract(epoch from t.created_at) * 1000)::float8 as created_at,
    (extract(epoch from t.expires_at) * 1000)::float8 as expires_at,
    (extract(epoch from t.deleted_at) * 1000)::float8 as deleted_at,
    (extract(epoch from now()) * 1000)::float8 as now,
    o.name as organization_name, o.slug as organization_slug, o.tokens_enabled,
    o.teams_enabled,
    p.allowed_networks as policy_networks, t.allowed_networks as token_networks, p.calls_per_token, p.calls_per_organization,
    m.id as issuer_id, u.id as issuer_user_id, u.name as issuer_name, u.email as issuer_email, m.status as issuer_status,
    issuer_role.id as issuer_role_id, issuer_role.name as issuer_role_name, issuer_role.permissions as issuer_permissions,
    role.id as role_id, role.name as role_name, role.permissions as role_permissions,
    (select json_agg(json_build_object('id', g.id, 'name', g.name, 'isAdministrator', gm.is_administrator) order by g.name)
      from group_members gm
      join groups g on g.organization_id = gm.organization_id and g.id = gm.group_id
      where gm.organization_id = m.organization_id and gm.member_id = m.id) as groups
  from api_tokens t
  join organizations o on o.id = t.organization_id
  join token_policies p on p.organization_id = t.organization_id
  join members m on m.organization_id = t.organization_id and m.id = t.issuer_id
  join users u on u.id = m.user_id
  join roles issuer_role on issuer_role.organization_id = m.organization_id and issuer_role.id = m.role_id
  left join roles role on role.organization_id = t.organization_id and role.id = t.role_id
  where t.id = any(${ids})`;
