import { hash, timingSafeEqual } from "node:crypto";
import type { ISql } from "postgres";
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
import { createAccessTokenCheck, looksSigned } from "./check-access-token";
import { CheckCounts } from "./check-counts";
import { judgeRecord } from "./judge-record";
import { answersOf, type OtherSecret } from "./other-secrets";
import { type AccessTokenRules, isRight, type Verification } from "./outcome";
import { createReadings, type ReadAnew } from "./readings";
import { createLookup } from "./record-lookup";
import type { RetiredHash } from "./renew-hashes";
import { sharedParts } from "./shared-parts";
import { StaleReads } from "./stale-reads";
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

/**
 * At once where the answer is in memory. `ip` is the address that sent it, or who else is to be held to it; null where nobody
 * is known.
 */
export type Verify = (credential: PlainToken, ip?: string | null) => Verification | Promise<Verification>;

/** Compared with where there is no such token, so that an unknown id takes as long as a wrong secret. */
const NO_HASH = Buffer.alloc(32) as HashedToken;

const NO_DIGEST = "\0".repeat(32);

const MALFORMED: Verification = { outcome: "malformed" };
const UNKNOWN: Verification = { outcome: "unknown" };
const WRONG_SECRET: Verification = { outcome: "wrong_secret" };

/**
 * Checks whole credentials, access tokens by a way of their own; of tokens the cheapest test first: the checksum; then memory,
 * where a credential that was right before is compared and answered; then the shape, so that what cannot be a token costs no query; then one prepared statement for all that is
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
  const { clock } = cache;
  const readings = createReadings({ cache, staleReads, counts, onTrouble });
  const checkAccessToken =
    accessTokens &&
    createAccessTokenCheck({
      ...{ sql, cache, staleReads, misses, counts, shared, deadline, readings },
      issuer: accessTokens.issuer,
      findClient: async (id) => (await readings.find(id, readerOf(id))).token,
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

  function look(credential: PlainToken, id: string, ip: string | null, twice: boolean): Promise<Verification> {
    const byMemory = (last: CheckedToken) => answerTo(credential, last) ?? WRONG_SECRET;
    return readings.orStale(id, () => ask(credential, id, ip, twice), byMemory);
  }

  async function ask(credential: PlainToken, id: string, ip: string | null, twice: boolean): Promise<Verification> {
    let { token, asked } = await readings.find(id, readerOf(id));
    let answer = answerTo(credential, token);
    // The secret may be newer than what is in memory. Of a token that is over, too: its time would tell that the secret is right.
    const isWrong = !answer || !isRight(answer);
    if (twice && token && !asked && isWrong && !secondLooks.wait(ip ?? id)) {
      secondLooks.add(ip ?? id);
      token = (await readings.find(id, readerOf(id), { anew: true })).token;
      answer = answerTo(credential, token);
    }
    if (answer && isRight(answer)) {
      if (token && answer === token.answer) cache.noteLetIn(token);
      return answer;
    }
    // Of a token that is over, too: that it does not count would tell that its secret is right.
    if (asked) misses.add(ip);
    return answer ?? (token ? WRONG_SECRET : UNKNOWN);
  }

  function readerOf(id: string): ReadAnew {
    return async (begun, at) => {
      const record = await lookup(id);
      staleReads.answered(at, clock());
      if (record) return cache.put(checkedToken(record, begun, at));
      cache.putUnknown(id, at);
      return null;
    };
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
