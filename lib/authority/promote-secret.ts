import type { ISql } from "postgres";
import { v7 as uuidv7 } from "uuid";
import { isDatabaseAway } from "@/lib/database-away";
import { answerWithin, LookupLate } from "./answer-within";
import type { WaitingSecret } from "./outcome";
import { plainAgent } from "./plain-agent";

/** As long as a reading may take: longer than any healthy answer. */
const DEADLINE_MS = 1500;

/** By whom a secret is used, as far as that is known. */
interface Caller {
  ip: string | null;
  agent: string | null;
  /** Of the request by which it is. */
  requestId: string | null;
}

/** True where the secret is the current one now, false where none of it waits any more, null where the database is away. */
export type Promote = (secret: WaitingSecret, caller: Caller) => Promise<boolean | null>;

/** Promotes each secret once, however many calls of this process meet it at the same time. */
export function createPromote({
  sql,
  onTried = () => {},
  onTrouble = () => {},
}: {
  sql: ISql;
  /** To forget what was read of the token before. */
  onTried?: (tokenId: string) => void;
  onTrouble?: (error: unknown) => void;
}): Promote {
  const underWay = new Map<string, Promise<boolean | null>>();

  async function promote(secret: WaitingSecret, caller: Caller): Promise<boolean | null> {
    try {
      return await promoteSecret(sql, secret, caller);
    } catch (error) {
      if (!(error instanceof LookupLate) && !isDatabaseAway(error)) throw error;
      onTrouble(error);
      return null;
    } finally {
      onTried(secret.tokenId);
    }
  }

  return (secret, caller) => {
    const key = secret.hash.toString("latin1");
    const known = underWay.get(key);
    if (known !== undefined) return known;
    const promotion = promote(secret, caller).finally(() => underWay.delete(key));
    underWay.set(key, promotion);
    return promotion;
  };
}

/**
 * Makes a waiting secret the token's current one, at its first use: one statement that does all of it or nothing, its event
 * too, which therefore cannot go through `recordAudit`. The former one goes on for the overlap that was chosen, and no longer
 * than the token would have; the one before that ends. The expiry moves as far as the policy of this moment lets it. Returns
 * false where no such secret waits any more: it was promoted, replaced or taken back meanwhile, whoever asked for it may no
 * longer have it, or the token is over.
 */
async function promoteSecret(
  sql: ISql,
  { tokenId, hash }: WaitingSecret,
  { ip, agent, requestId }: Caller,
): Promise<boolean> {
  const query = sql<{ promoted: number }[]>`
    with was as materialized (
      select * from api_tokens
      where id = ${tokenId} and pending_hash = ${hash} and state = 'active' and (expires_at is null or expires_at > now())
        and waiting_secret_stands(api_tokens)
      for no key update
    ), renewed as (
      select case when p.expiry = 'never' or p.expiry_days is null then was.pending_expires_at
        else least(was.pending_expires_at, was.pending_at + make_interval(secs => p.expiry_days * 86400::float8)) end as expiry
      from was join token_policies p on p.organization_id = was.organization_id where was.pending_expires_at is not null
    ), ending as (
      select previous_hash as hash, previous_pepper_id as pepper_id, previous_ends_at as ended_at
      from was where previous_hash is not null
      union all
      select secret_hash, pepper_id, now() from was where pending_overlap_days = 0
    ), ended as (
      insert into ended_secrets (organization_id, token_id, hash, pepper_id, ended_at)
      select was.organization_id, was.id, ending.hash, ending.pepper_id, ending.ended_at from was cross join ending
      on conflict do nothing
    ), promoted as (
      update api_tokens t set
        secret_hash = was.pending_hash, pepper_id = was.pending_pepper_id, last_four = was.pending_last_four,
        rotated_at = now(), secret_generation = was.secret_generation + 1,
        previous_hash = case when was.pending_overlap_days > 0 then was.secret_hash end,
        previous_pepper_id = case when was.pending_overlap_days > 0 then was.pepper_id end,
        previous_last_four = case when was.pending_overlap_days > 0 then was.last_four end,
        previous_ends_at = case when was.pending_overlap_days > 0
          then least(now() + make_interval(secs => was.pending_overlap_days * 86400), was.expires_at) end,
        expires_at = case when was.expires_at < renewed.expiry then renewed.expiry else was.expires_at end,
        expiry_set_at = case when was.expires_at < renewed.expiry then was.pending_at else was.expiry_set_at end,
        pending_hash = null, pending_pepper_id = null, pending_last_four = null, pending_at = null, pending_by = null,
        pending_overlap_days = null, pending_expires_at = null
      from was left join renewed on true where t.organization_id = was.organization_id and t.id = was.id
      returning t.organization_id, t.id, t.name, t.issuer_id, t.previous_ends_at, was.expires_at as expired_at, t.expires_at
    ), used_before as (
      -- By the secret that is replaced: while it was one of two, the token's last use may be the other's.
      select last.at, last.ip, last.agent from (
        select at, ip, agent from secret_uses u join was on u.organization_id = was.organization_id and u.token_id = was.id
        where u.secret = 'current'
        union all
        select last_used_at, last_used_ip, last_used_agent from was
        where rotated_at is null or last_used_at > greatest(rotated_at, previous_ends_at)
      ) last where last.at is not null order by last.at desc limit 1
    ), used as (
      insert into secret_uses (organization_id, token_id, secret, at, ip, agent)
      select organization_id, id, 'current', now(), ${ip}::inet, ${agent && plainAgent(agent)}::text from was
      union all
      select was.organization_id, was.id, 'previous', used_before.at, used_before.ip, used_before.agent
      from was cross join used_before
      on conflict (organization_id, token_id, secret) do update set
        at = excluded.at, ip = excluded.ip, agent = excluded.agent
    ), told as (
      insert into audit_events (organization_id, id, at, action, actor_kind, actor_member_id, actor_token_id, subject_kind,
        subject_id, details, request_id, ip)
      select organization_id, ${uuidv7()}::uuid, now(), 'token.secret_replaced', 'token', issuer_id, id, 'token', id,
        jsonb_strip_nulls(jsonb_build_object('name', name, 'old_secret_ends_at', coalesce(previous_ends_at, now()),
          'expires_at', case when expired_at < expires_at then jsonb_build_object('from', expired_at, 'to', expires_at) end)),
        ${requestId}::text, ${ip}::text
      from promoted
    )
    select count(*)::int as promoted from promoted`;
  const [done] = await answerWithin(DEADLINE_MS, query);
  return done?.promoted === 1;
}
