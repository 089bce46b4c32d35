import { hash } from "node:crypto";
import { compactVerify, decodeProtectedHeader } from "jose";
import type { ISql } from "postgres";
import { ACCESS_TOKEN_TYPE, type AccessTokenClaims, accessTokenClaims } from "@/lib/oauth/access-token-claims";
import type { AddressMisses } from "./address-misses";
import type { CheckCounts } from "./check-counts";
import { type Judgement, judgeClients, judgeLogins } from "./judge-access-token";
import { type KnownKey, KnownKeys } from "./known-keys";
import { readLogins, readMarks } from "./login-record";
import type { Verification } from "./outcome";
import type { ReadAnew, Readings } from "./readings";
import { createLookup } from "./record-lookup";
import type { Shared } from "./shared-parts";
import type { StaleReads } from "./stale-reads";
import { type CheckedToken, FRESH_MS, type TokenCache } from "./token-cache";

export interface AccessTokenParts {
  sql: ISql;
  cache: TokenCache;
  staleReads: StaleReads;
  misses: AddressMisses;
  counts: CheckCounts;
  shared: Shared;
  readings: Readings;
  deadline: number | undefined;
  /** `iss` of what is believed. */
  issuer: string;
  /** A client as it is now, from memory or the database. */
  findClient(id: string): Promise<CheckedToken | null>;
}

const KID = /^[\w-]{1,64}$/;

const MALFORMED: Verification = { outcome: "malformed" };
const UNKNOWN: Verification = { outcome: "unknown" };
const KNOWN_HEADER = new Set(["alg", "kid", "typ"]);

/** How every JWT begins: a header in JSON, in base64url. A token of ours never does. */
export const looksSigned = (text: string) => text.startsWith("eyJ");

/**
 * Checks access tokens (RFC 9068): memory, by the digest of the whole text; then the header, of which there is one form; the
 * signature, by the key that the header names and the algorithm of that key; the claims; and in one go what became of the
 * client or the API login, and whether this one was taken back. Its times are held against the database's clock, to the second.
 */
export function createAccessTokenCheck(parts: AccessTokenParts) {
  const { sql, cache, staleReads, misses, counts, shared, readings, deadline, issuer, findClient } = parts;
  const { clock } = cache;
  const keys = new KnownKeys(sql, cache, deadline);
  const lookupMark = createLookup((ids) => readMarks(sql, ids), { deadline });
  const lookupLogin = createLookup((ids) => readLogins(sql, ids), { deadline, durations: counts.lookups });

  return (text: string, ip: string | null): Verification | Promise<Verification> => {
    const id = hash("sha256", text, "binary");
    const cached = cache.get(id, clock());
    if (!cached) return check(text, id, ip);
    counts.hits++;
    return cached.answer;
  };

  async function check(text: string, id: string, ip: string | null): Promise<Verification> {
    const kid = kidOf(text);
    if (kid === null) return MALFORMED;
    const byMemory = ({ answer }: CheckedToken) => answer;
    return readings.orStale(id, () => ask(text, id, kid, ip), byMemory);
  }

  /** What was signed here is no guess: an address that is held for its guesses hears of it what anybody hears. */
  async function ask(text: string, id: string, kid: string, ip: string | null): Promise<Verification> {
    const wait = misses.wait(ip);
    const { token, asked } = await readings.find(id, readerOf(text, id, kid));
    if (token) return token.answer;
    if (wait !== null) return { outcome: "too_many_misses", retryAfter: wait };
    if (asked) misses.add(ip);
    return UNKNOWN;
  }

  function readerOf(text: string, id: string, kid: string): ReadAnew {
    return async (begun, at) => {
      const key = await keys.find(kid);
      // It may have been made since: nothing is kept of one that cannot be told.
      if (!key) return null;
      const token = await readSigned(text, id, key, begun, at);
      if (token) return cache.put(token);
      cache.putUnknown(id, at);
      return null;
    };
  }

  async function readSigned(text: string, id: string, key: KnownKey, begun: number, at: number) {
    const payload = await payloadOf(text, key);
    const claims = payload && claimsIn(payload);
    if (!claims || claims.iss !== issuer) return null;
    const { judgement, around, now } = await judge(claims, at);
    if (judgement.answer.outcome === "unknown") return null;
    const overAt = Math.min(at + (judgement.overAt - now), key.believedUntil);
    return {
      id,
      hash: "",
      pepperId: "",
      answer: judgement.answer,
      others: null,
      digest: id,
      freshUntil: Math.min(at + FRESH_MS, overAt),
      overAt,
      begun,
      checked: begun,
      dependsOn: [claims.jti, key.id, ...around],
      used: false,
    };
  }

  async function judge(
    claims: AccessTokenClaims,
    at: number,
  ): Promise<{ judgement: Judgement; around: readonly string[]; now: number }> {
    if (claims.login === undefined) {
      const [client, mark] = await Promise.all([findClient(claims.client_id), markOf(claims)]);
      const around = [claims.client_id, ...(client?.dependsOn ?? [])];
      return { judgement: judgeClients(claims, client?.answer ?? null, mark), around, now: mark.now };
    }
    const [login, mark] = await Promise.all([lookupLogin(claims.login), markOf(claims)]);
    staleReads.answered(at, clock());
    const around = [login?.member_id, login?.user_id, login?.role_id, login?.organization_id].filter(
      (id) => id !== undefined,
    );
    return { judgement: judgeLogins(claims, login, mark, shared), around: [claims.login, ...around], now: mark.now };
  }

  async function markOf({ jti }: AccessTokenClaims) {
    const mark = await lookupMark(jti);
    if (!mark) throw new Error("the database does not say what it was asked");
    return mark;
  }
}

/** The key that the one header which is taken names: whatever else a header says or leaves out is not ours. */
function kidOf(text: string): string | null {
  try {
    const header = decodeProtectedHeader(text);
    const isOurs = header.alg === "ES256" && header.typ === ACCESS_TOKEN_TYPE;
    if (!isOurs || Object.keys(header).some((name) => !KNOWN_HEADER.has(name))) return null;
    return header.kid !== undefined && KID.test(header.kid) ? header.kid : null;
  } catch {
    return null;
  }
}

/** Null where the key did not sign it. */
async function payloadOf(text: string, { publicKey }: KnownKey): Promise<Uint8Array | null> {
  try {
    return (await compactVerify(text, publicKey, { algorithms: ["ES256"] })).payload;
  } catch {
    return null;
  }
}

function claimsIn(payload: Uint8Array): AccessTokenClaims | null {
  try {
    return (
      accessTokenClaims.safeParse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload))).data ?? null
    );
  } catch {
    return null;
  }
}
