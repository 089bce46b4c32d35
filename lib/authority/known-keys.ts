import { createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import type { ISql } from "postgres";
import { answerWithin } from "./answer-within";
import { LOOKUP_DEADLINE_MS } from "./record-lookup";
import type { Reading } from "./revocation-ticks";
import type { TokenCache } from "./token-cache";

/** A key whose signatures are believed. */
export interface KnownKey extends Reading {
  readonly publicKey: KeyObject;
  /** On the monotonic clock, in milliseconds. */
  readonly believedUntil: number;
}

interface KeyRecord {
  id: string;
  public_key: JsonWebKey;
  believed_for: number;
}

/** Whoever sends keys that do not exist has the database asked no more often than this. */
const VAIN_EVERY_MS = 1000;

/**
 * The public halves of the signing keys. In memory they are believed while the revocation feed vouches for it, which is told
 * of a key that is retired. One that is not there may have been made since: the database is asked, at most once a second.
 */
export class KnownKeys {
  readonly #sql: ISql;
  readonly #cache: TokenCache;
  readonly #deadline: number;
  #keys = new Map<string, KnownKey>();
  #reading: Promise<void> | null = null;
  #vainAt = Number.NEGATIVE_INFINITY;

  constructor(sql: ISql, cache: TokenCache, deadline = LOOKUP_DEADLINE_MS) {
    this.#sql = sql;
    this.#cache = cache;
    this.#deadline = deadline;
  }

  /** Null where there is no such key, or none that is believed any more. Rejects where the database is away or late. */
  async find(kid: string): Promise<KnownKey | null> {
    const known = this.#believed(kid);
    if (known) return known;
    const now = this.#cache.clock();
    if (!this.#keys.has(kid) && now - this.#vainAt < VAIN_EVERY_MS) return null;
    // Whoever joins a reading that was sent before needs the feed to say that it still counts.
    await (this.#cache.isBelieved(now) ? (this.#reading ?? this.#read()) : this.#read());
    const key = this.#keys.get(kid);
    if (key && this.#counts(key)) return key;
    this.#vainAt = now;
    return null;
  }

  #believed(kid: string): KnownKey | null {
    const key = this.#keys.get(kid);
    return key && this.#cache.isBelieved(this.#cache.clock()) && this.#counts(key) ? key : null;
  }

  #counts(key: KnownKey): boolean {
    return this.#cache.clock() < key.believedUntil && this.#cache.ticks.holds(key);
  }

  #read(): Promise<void> {
    const begun = this.#cache.ticks.now;
    const at = this.#cache.clock();
    const query = this.#sql<KeyRecord[]>`
      select id, public_key, (extract(epoch from believed_until - now()) * 1000)::float8 as believed_for
      from signing_keys where believed_until > now()`;
    const reading = answerWithin(this.#deadline, query)
      .then((rows) => {
        this.#keys = new Map(rows.map((row) => [row.id, knownKey(row, begun, at)]));
      })
      .finally(() => {
        if (this.#reading === reading) this.#reading = null;
      });
    this.#reading = reading;
    return reading;
  }
}

const knownKey = ({ id, public_key, believed_for }: KeyRecord, begun: number, at: number): KnownKey => ({
  id,
  publicKey: createPublicKey({ key: public_key, format: "jwk" }),
  believedUntil: at + believed_for,
  dependsOn: [],
  begun,
  checked: begun,
});
