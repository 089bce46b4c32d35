import { hash, timingSafeEqual } from "node:crypto";
import type { ISql } from "postgres";
import { isDatabaseAway } from "@/lib/database-away";
import type { Peppers } from "@/lib/tokens/token-peppers";
import {
  type HashedToken,
  hasChecksum,
  hashToken,
  idIn,
  type PlainToken,
  parseToken,
  sameHash,
} from "@/lib/tokens/token-secret";
import { AddressMisses } from "./address-misses";
import { LookupLate } from "./answer-within";
import { createAccessTokenCheck, looksSigned } from "./check-access-token";
import { CheckCounts } from "./check-counts";
import { judgeRecord } from "./judge-record";
import { answersOf, type OtherSecret } from "./other-secrets";
import { type AccessTokenRules, isRight, type Verification } from "./outcome";
import { createLookup } from "./record-lookup";
import type { RetiredHash } from "./renew-hashes";
import { sharedParts } from "./shared-parts";
import { StaleReads, weaken } from "./stale-reads";
import { type CheckedToken, FRESH_MS, TokenCache } from "./token-cache";
import { readRecords, type TokenRecord } from "./token-record";

export interface VerifyOptions {
  sql: ISql;
  peppers: Peppers;
  /** Without it no access token is known. */
  accessTokens?: Pick<AccessTokenRules, "issuer">;
  /** Believed only while a revocation feed vouches for it; so without one, every call asks the database. */
  cache?: TokenCache;
  staleReads?: StaleReads;
  misses?: AddressMisses;
  /** Bounds how often memory that knows nothing good of a credential is asked about in the database once more. */
  secondLooks?: Pick<AddressMisses, "add" | "wait">;
  counts?: CheckCounts;
  /** Milliseconds after which the database counts as away. */
  deadline?: number;
  /** Told why, each time a call meets a database that is away. */
  onTrouble?: (error: unknown) => void;
  /** Told of a right secret whose hash was made with a pepper that is not the current one. */
  onRetiredHash?: (retired: RetiredHash) => void;
}

interface Found {
  token: CheckedToken | null;
  /** Whether this call sent the query; not where it was in memory, or under way for another. */
  asked: boolean;
}

/** At once where the answer is in memory. `ip` is the address that sent it, or who else is to be held to it; null where nobody is known. */
export type Verify = (credential: PlainToken, ip?: string | null) => Verification | Promise<Verification>;

/** Compared with where there is no such token, so that an unknown id takes as long as a wrong secret. */
const NO_HASH = Buffer.alloc(32) as HashedToken;

const NO_DIGEST = "\0".repeat(32);

/** What a reading may cost that revocations keep overtaking, beside the deadline of the last one. */
const OVERTAKEN_MS = 450;

const MALFORMED: Verification = { outcome: "malformed" };
const UNKNOWN: Verification = { outcome: "unknown" };
const WRONG_SECRET: Verification = { outcome: "wrong_secret" };
const UNAVAILABLE: Verification = { outcome: "unavailable" };

/**
 * Checks whole credentials, access tokens by a way of their own; of tokens the cheapest test first: the checksum; then memory, where a credential that was right before is compared
 * and answered; then the shape, so that what cannot be a token costs no query; then one prepared statement for all that is
 * known of the token now; the secret, in constant time; the status by the database's clock; issuer and organization. Memory
 * alone refuses no secret: it may have been made since, so the database is asked once more. What a token may do is its role, cut down to
 * what its issuer may do at this moment. A database that is away or late is an outcome; whatever else goes wrong is thrown.
 */
export function createVerify({
  sql,
  peppers,
  accessTokens,
  cache = new TokenCache(),
  staleReads = new StaleReads(),
  misses = new AddressMisses(),
  secondLooks = new AddressMisses(),
  counts = new CheckCounts(),
  deadline,
  onTrouble = () => {},
  onRetiredHash = () => {},
}: VerifyOptions): Verify {
  const lookup = createLookup((ids) => readRecords(sql, ids), { deadline, durations: counts.lookups });
  const shared = sharedParts();
  const { clock, ticks } = cache;
  /** Readings under way. */
  const readings = new Map<string, Promise<CheckedToken | null>>();
  const checkAccessToken =
    accessTokens &&
    createAccessTokenCheck({
      ...{ sql, cache, staleReads, misses, counts, shared, deadline, onTrouble },
      issuer: accessTokens.issuer,
      findClient: async (id) => (await find(id)).token,
    });

  return (credential, ip = null) => {
    const text = credential.reveal();
    if (!hasChecksum(text)) return looksSigned(text) && checkAccessToken ? checkAccessToken(text, ip) : MALFORMED;
    const id = idIn(text);
    const cached = cache.get(id, clock());
    // What is refused takes the longer way, whatever the reason: its time would tell that the secret was right.
    if (cached?.digest && cached.answer.outcome === "allowed" && isSame(text, cached.digest)) {
      counts.hits++;
      return cached.answer;
    }
    return parseToken(text) ? check(credential, id, ip) : MALFORMED;
  };

  async function check(credential: PlainToken, id: string, ip: string | null): Promise<Verification> {
    const wait = misses.wait(ip);
    if (wait === null) return look(credential, id, ip, true);
    const shut = { outcome: "too_many_misses", retryAfter: wait } as const;
    // What was let in before may be looked up again. Of all others nothing is told apart, nor of one that is over since.
    if (!wasLetIn(credential, id)) return shut;
    const answer = await look(credential, id, ip, false);
    return isRight(answer) ? answer : shut;
  }

  async function look(credential: PlainToken, id: string, ip: string | null, twice: boolean): Promise<Verification> {
    const stale = staleReads.allows(clock()) && cache.getStale(id, clock());
    if (stale) return weaken(answerTo(credential, stale) ?? WRONG_SECRET);
    let found: Found;
    let answer: Verification | null;
    try {
      found = await find(id);
      answer = answerTo(credential, found.token);
      // The secret may be newer than what is in memory. Of a token that is over, too: its time would tell that the secret is right.
      const isWrong = !answer || !isRight(answer);
      if (twice && found.token && !found.asked && isWrong && !secondLooks.wait(ip ?? id)) {
        secondLooks.add(ip ?? id);
        found = { ...(await find(id, { anew: true })), asked: false };
        answer = answerTo(credential, found.token);
      }
    } catch (error) {
      if (!(error instanceof LookupLate) && !isDatabaseAway(error)) throw error;
      onTrouble(error);
      staleReads.away();
      const last = staleReads.allows(clock()) && cache.getStale(id, clock());
      if (!last) return UNAVAILABLE;
      return weaken(answerTo(credential, last) ?? WRONG_SECRET);
    }
    const { token, asked } = found;
    if (answer && isRight(answer)) {
      if (token && answer === token.answer) cache.noteLetIn(token);
      return answer;
    }
    // Of a token that is over, too: that it does not count would tell that its secret is right.
    if (asked) misses.add(ip);
    return answer ?? (token ? WRONG_SECRET : UNKNOWN);
  }

  /** The token from memory or the database, `anew` from the database alone. A reading that a revocation overtook is made again. */
  async function find(id: string, { anew = false } = {}): Promise<Found> {
    const patience = clock() + OVERTAKEN_MS;
    let asked = false;
    do {
      const now = clock();
      const cached = anew ? undefined : cache.get(id, now);
      if (cached !== undefined) {
        if (cached) counts.hits++;
        else counts.unknownHits++;
        return { token: cached, asked };
      }
      // Whoever joins a reading that was sent before needs the feed to say that it still counts.
      const joined = !anew && cache.isBelieved(now) ? readings.get(id) : undefined;
      if (joined !== undefined) counts.joined++;
      else counts.misses++;
      asked ||= joined === undefined;
      const token = await (joined ?? read(id));
      if (token === null || (ticks.holds(token) && (!joined || cache.isBelieved(clock())))) return { token, asked };
    } while (clock() < patience);
    throw new LookupLate("revocations kept overtaking the reading");
  }

  function read(id: string): Promise<CheckedToken | null> {
    const begun = ticks.now;
    const at = clock();
    const reading = lookup(id)
      .then((record) => {
        staleReads.answered(at, clock());
        if (!record) {
          cache.putUnknown(id, at);
          return null;
        }
        return cache.put(checkedToken(record, begun, at));
      })
      .finally(() => {
        if (readings.get(id) === reading) readings.delete(id);
      });
    readings.set(id, reading);
    return reading;
  }

  function checkedToken(record: TokenRecord, begun: number, at: number): CheckedToken {
    const { answer, others } = answersOf(record, judgeRecord(record, shared), at);
    const overAt = record.expires_at === null ? Number.POSITIVE_INFINITY : at + (record.expires_at - record.now);
    const { issuer_id, issuer_user_id, issuer_role_id, organization_id, role_id } = record;
    const around = [issuer_id, issuer_user_id, issuer_role_id, organization_id, role_id];
    return {
      id: record.id,
      hash: record.secret_hash.toString("latin1"),
      pepperId: record.pepper_id,
      answer,
      others,
      digest: null,
      // Past its expiry, the database says so.
      freshUntil: answer.outcome === "expired" ? at + FRESH_MS : Math.min(at + FRESH_MS, overAt),
      overAt,
      begun,
      checked: begun,
      dependsOn: shared("around", around, () => Object.freeze(around.filter((id) => id !== null))),
      used: false,
    };
  }

  function wasLetIn(credential: PlainToken, id: string): boolean {
    if (isSame(credential.reveal(), cache.letIn(id) ?? NO_DIGEST)) return true;
    const answer = answerTo(credential, cache.last(id) ?? null);
    return answer !== null && isRight(answer);
  }

  /** What the holder of this secret hears, compared in constant time; null where it is none of the token's. */
  function answerTo(credential: PlainToken, token: CheckedToken | null): Verification | null {
    const pepper = token ? peppers.byId.get(token.pepperId) : peppers.current;
    const hashed = hashToken(credential, pepper ?? peppers.current);
    const isRight = sameHash(hashed, token ? (Buffer.from(token.hash, "latin1") as HashedToken) : NO_HASH);
    if (!token) return null;
    if (!isRight || !pepper) {
      return token.others && otherAnswer(credential, token.others, { id: token.pepperId, hashed });
    }
    token.digest ??= digestOf(credential.reveal());
    if (pepper !== peppers.current && "known" in token.answer) {
      const { organizationId, tokenId } = token.answer.known;
      onRetiredHash({ organizationId, tokenId, was: hashed, hash: hashToken(credential, peppers.current) });
    }
    return token.answer;
  }

  /** `done` is the hash that was made already, so that it takes no longer where all are under one pepper. */
  function otherAnswer(
    credential: PlainToken,
    others: readonly OtherSecret[],
    done: { id: string; hashed: HashedToken },
  ): Verification | null {
    let answer: Verification | null = null;
    for (const other of others) {
      const pepper = peppers.byId.get(other.pepperId);
      const hashed = other.pepperId === done.id || !pepper ? done.hashed : hashToken(credential, pepper);
      if (sameHash(hashed, other.hash) && pepper && clock() < other.overAt) answer = other.answer;
    }
    return answer;
  }
}

/** SHA-256 of `text`, a character a byte: a third of the time of a buffer, and of its memory. */
const digestOf = (text: string): string => hash("sha256", text, "binary");

const given = Buffer.alloc(32);
const kept = Buffer.alloc(32);

/** Whether this is the SHA-256 of `text`, in constant time, in two buffers that the next call overwrites. */
function isSame(text: string, digest: string): boolean {
  given.write(digestOf(text), "latin1");
  kept.write(digest, "latin1");
  return timingSafeEqual(given, kept);
}
