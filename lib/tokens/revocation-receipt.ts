import { sql } from "drizzle-orm";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { done, type Outcome } from "@/lib/refusal";
import { getToken } from "./get-token";
import { RECEIPT_KEPT_MS, SILENT_AFTER_MS } from "./token-receipts";
import type { TokenRow } from "./token-row";

/** What became of a deletion, instance by instance. */
export interface RevocationReceipt {
  tokenId: string;
  /** Null for a token that was not deleted. */
  deletedAt: Date | null;
  /** Of the deletion in the revocation feed; null too where it is longer ago than is kept. */
  position: number | null;
  /** False where the deletion is longer ago than what instances say of it is kept. */
  isKept: boolean;
  instances: ReceiptInstance[];
  /** Milliseconds after which the last instance refused it; null while one has not said so. */
  refusedEverywhereAfter: number | null;
}

export interface ReceiptInstance {
  id: string;
  host: string;
  /** Which of the servers of the host: the app with console and API, or the gate. */
  server: "app" | "gate";
  /**
   * `confirmed`: refuses it. `stopped`: serves no more. `waiting`: lives and has not said so yet. `silent`: was not heard of
   * for `SILENT_AFTER_MS`; one that lost the database answers nothing from memory a second later, or after as many seconds
   * as VERIFY_STALE_SECONDS gives it.
   */
  state: "confirmed" | "stopped" | "waiting" | "silent";
  /** Milliseconds between the deletion and the confirmation. */
  after: number | null;
  /** Since when it is stopped, waiting or silent. */
  since: Date | null;
}

const SILENT_AFTER = sql`make_interval(secs => ${SILENT_AFTER_MS / 1000})`;

interface Row extends Record<string, unknown> {
  sequence: string;
  deleted_at: string;
  id: string | null;
  host: string | null;
  server: ReceiptInstance["server"] | null;
  state: ReceiptInstance["state"];
  after: number | null;
  since: string | null;
}

/**
 * The receipt of a token's deletion: which of the instances that served at that moment refuse it, and after how long. Not
 * found where the actor does not see the token.
 */
export async function revocationReceipt(
  actor: Actor,
  tokenId: string,
  ctx: Context,
): Promise<Outcome<RevocationReceipt>> {
  const token = await getToken(actor, tokenId, ctx);
  return token.ok ? done(await readReceipt(actor, token.value, ctx)) : token;
}

/** The same of a token that the actor is known to see. */
export async function readReceipt(
  actor: Actor,
  { id: tokenId, deletedAt }: Pick<TokenRow, "id" | "deletedAt">,
  ctx: Context,
): Promise<RevocationReceipt> {
  // An instance that started later never knew the token as alive; one that was silent before may have served stale reads on.
  const rows = await ctx.db.execute<Row>(sql`
    with deletion as (
      select sequence, at from revocation_feed
      where kind = 'token_deleted' and subject_id = ${tokenId} and organization_id = ${actor.organizationId}
      order by sequence limit 1
    )
    select d.sequence, d.at as deleted_at, i.id, i.host, i.server,
      case when c.at is not null then 'confirmed' when i.stopped_at is not null then 'stopped'
        when i.heartbeat_at > clock_timestamp() - ${SILENT_AFTER} then 'waiting' else 'silent' end as state,
      (greatest(0, extract(epoch from c.at - d.at)) * 1000)::float8 as after,
      case when c.at is not null then null when i.stopped_at is not null then i.stopped_at
        when i.heartbeat_at > clock_timestamp() - ${SILENT_AFTER} then d.at else i.heartbeat_at end as since
    from deletion d
    left join instances i on i.started_at <= d.at and (i.stopped_at is null or i.stopped_at > d.at)
      and i.heartbeat_at > d.at - (${SILENT_AFTER} + make_interval(secs => i.stale_seconds))
    left join revocation_confirmations c on c.sequence = d.sequence and c.instance_id = i.id
    order by i.started_at, i.id`);
  const instances = rows.flatMap(({ id, host, server, state, after, since }) =>
    id && host && server ? [{ id, host, server, state, after, since: since ? new Date(since) : null }] : [],
  );
  const open = instances.some(({ state }) => state === "waiting" || state === "silent");
  const position = rows[0] ? Number(rows[0].sequence) : null;
  return {
    tokenId,
    deletedAt,
    position,
    isKept: deletedAt !== null && ctx.now.getTime() - deletedAt.getTime() < RECEIPT_KEPT_MS,
    instances,
    refusedEverywhereAfter: position === null || open ? null : Math.max(0, ...instances.map(({ after }) => after ?? 0)),
  };
}
