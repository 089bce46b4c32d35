import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens, tokenCallers } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { isLive } from "./live-tokens";
import { visibleCondition } from "./read-tokens";
import type { TokenPolicy } from "./token-policy";
import { maskToken, type TokenKind } from "./token-secret";
import { DAY } from "./token-status";

/** Days back whose calls are looked at. */
const LOOKED_AT_DAYS = 7;
const NAMED = 20;
const ADDRESSES = 3;

/** A token that would be refused somewhere from where it was used lately, or everywhere. */
export interface ShutOutToken {
  id: string;
  name: string;
  masked: string;
  /** From where, latest first; of `addressCount` the first three. */
  addresses: string[];
  addressCount: number;
  /** None of its own networks lies within the new ones. */
  nowhere: boolean;
}

export interface ShutOut {
  days: number;
  count: number;
  /** The first twenty of those that the actor sees. */
  tokens: ShutOutToken[];
  /** Of `count`, what the policy of now hides from the actor. */
  hidden: number;
}

interface Row extends Record<string, unknown> {
  id: string;
  kind: TokenKind;
  prefix: string;
  name: string;
  addresses: string[] | null;
  address_count: number | null;
  nowhere: boolean;
  seen: boolean;
  total: number;
  total_seen: number;
}

/** Which live tokens a change of the policy's networks would shut out of where they are used; null where it shuts out none. */
export async function readShutOut(
  db: Db,
  actor: Actor,
  { from, to }: { from: TokenPolicy; to: Pick<TokenPolicy, "allowedNetworks"> },
  now: Date,
): Promise<ShutOut | null> {
  if (to.allowedNetworks.length === 0 || to.allowedNetworks.join() === from.allowedNetworks.join()) return null;
  const [before, after] = [listOf(from.allowedNetworks), listOf(to.allowedNetworks)];
  const since = new Date(now.getTime() - LOOKED_AT_DAYS * DAY);
  const wasOpen = from.allowedNetworks.length === 0;
  const shares = (list: SQL) => sql`exists (
    select from unnest(${apiTokens.allowedNetworks}::inet[]) own cross join unnest(${list}) allowed where own && allowed)`;
  const rows = await db.execute<Row>(sql`
    select *, count(*) over ()::int as total, (count(*) filter (where seen) over ())::int as total_seen from (
      select ${apiTokens.id}, ${apiTokens.kind}, ${apiTokens.prefix}, ${apiTokens.name},
        called.addresses, called.address_count, called.last_at, standing.nowhere,
        (${visibleCondition(actor, from)}) as seen
      from ${apiTokens}
      left join (
        select ${tokenCallers.tokenId} as token_id, count(*)::int as address_count, max(${tokenCallers.lastAt}) as last_at,
          (array_agg(host(${tokenCallers.ip}) order by ${tokenCallers.lastAt} desc))[:${ADDRESSES}] as addresses
        from ${tokenCallers}
        where ${tokenCallers.organizationId} = ${actor.organizationId} and ${tokenCallers.lastAt} >= ${since.toISOString()}
          and not (${tokenCallers.ip} <<= any(${after})) and (${wasOpen} or ${tokenCallers.ip} <<= any(${before}))
        group by ${tokenCallers.tokenId}
      ) called on called.token_id = ${apiTokens.id}
      cross join lateral (
        select cardinality(${apiTokens.allowedNetworks}) > 0 and not ${shares(after)}
          and (${wasOpen} or ${shares(before)}) as nowhere
      ) standing
      where ${apiTokens.organizationId} = ${actor.organizationId} and ${isLive(now)}
        and (called.token_id is not null or standing.nowhere)
    ) shut_out
    order by seen desc, last_at desc nulls last, id
    limit ${NAMED}`);
  const [first] = rows;
  if (!first) return null;
  return {
    days: LOOKED_AT_DAYS,
    count: first.total,
    tokens: rows
      .filter(({ seen }) => seen)
      .map((row) => ({
        id: row.id,
        name: row.name,
        masked: maskToken(row),
        addresses: row.addresses ?? [],
        addressCount: row.address_count ?? 0,
        nowhere: row.nowhere,
      })),
    hidden: first.total - first.total_seen,
  };
}

/** As one parameter: what is kept holds no character that means something in an array's text. */
const listOf = (networks: readonly string[]): SQL => sql`${`{${networks.join()}}`}::inet[]`;
