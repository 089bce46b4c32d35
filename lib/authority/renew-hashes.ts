import type { ISql } from "postgres";
import type { HashedToken } from "@/lib/tokens/token-secret";
import type { KnownToken } from "./outcome";

/** The hash of a token under a retired pepper, and the one that takes its place. */
export interface RetiredHash extends KnownToken {
  was: HashedToken;
  hash: HashedToken;
}

export interface RenewalOptions {
  sql: ISql;
  /** The id of the current pepper. */
  pepperId: string;
  onTrouble?: (error: unknown) => void;
}

const WRITE_EVERY_MS = 1000;
/** Hashes that may wait and that one statement writes; whoever finds no room comes again with its next use. */
const CAPACITY = 500;

/** Writes hashes under the current pepper for tokens that are in use, together and beside the way of the requests. */
export class HashRenewal {
  readonly #options: Required<RenewalOptions>;
  #waiting = new Map<string, RetiredHash>();
  #timer: NodeJS.Timeout | undefined;

  constructor({ sql, pepperId, onTrouble = () => {} }: RenewalOptions) {
    this.#options = { sql, pepperId, onTrouble };
  }

  add(retired: RetiredHash): void {
    if (this.#waiting.size >= CAPACITY) return;
    this.#waiting.set(retired.tokenId, retired);
    this.#timer ??= setTimeout(() => void this.flush(), WRITE_EVERY_MS).unref();
  }

  /** Each hash only in the place of the very one that was checked: what was changed meanwhile stays. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const rows = [...this.#waiting.values()].sort((a, b) => (a.tokenId < b.tokenId ? -1 : 1));
    this.#waiting = new Map();
    if (rows.length === 0) return;
    const { sql, pepperId, onTrouble } = this.#options;
    const hex = (hash: HashedToken) => hash.toString("hex");
    try {
      await sql`
        with renewed as materialized (
          select t.organization_id, t.id, decode(n.hash, 'hex') as hash
          from unnest(${rows.map(({ tokenId }) => tokenId)}::text[], ${rows.map(({ was }) => hex(was))}::text[],
            ${rows.map(({ hash }) => hex(hash))}::text[]) as n(id, was, hash)
          join api_tokens t on t.id = n.id and t.secret_hash = decode(n.was, 'hex')
          where t.deleted_at is null
          order by t.organization_id, t.id
          for no key update of t
        )
        update api_tokens t set secret_hash = renewed.hash, pepper_id = ${pepperId}
        from renewed where t.organization_id = renewed.organization_id and t.id = renewed.id`;
    } catch (error) {
      onTrouble(error);
    }
  }
}
