import { hash } from "node:crypto";
import { compactVerify, decodeProtectedHeader } from "jose";
import type { ISql } from "postgres";
import { isDatabaseAway } from "@/lib/database-away";
import { ACCESS_TOKEN_TYPE, type AccessTokenClaims, accessTokenClaims } from "@/lib/oauth/access-token-claims";
import type { AddressMisses } from "./address-misses";
import { LookupLate } from "./answer-within";
import type { CheckCounts } from "./check-counts";
import { type Judgement, judgeClients, judgeLogins } from "./judge-access-token";
import { type KnownKey, KnownKeys } from "./known-keys";
import { readLogins, readMarks } from "./login-record";
import type { Verification } from "./outcome";
import { createLookup } from "./record-lookup";
import type { Shared } from "./shared-parts";
import { type StaleReads, weaken } from "./stale-reads";
import { type CheckedToken, FRESH_MS, type TokenCache } from "./token-cache";

export interface AccessTokenParts {
  sql: ISql;
  cache: TokenCache;
  staleReads: StaleReads;
  misses: AddressMisses;
  counts: CheckCounts;
  shared: Shared;
  deadline: number | undefined;
  /** `iss` of what is believed. */
  issuer: string;
  /** A client as it is now, from memory or the database. */
  findClient(id: string): Promise<CheckedToken | null>;
  onTrouble(error: unknown): void;
}

/** What a signed access token was found to be, or why it is none. */
type Read = CheckedToken | "malformed" | "unknown" | "wrong_secret";

/** What a reading may cost that revocations keep overtaking, beside the deadline of the last one. */
const OVERTAKEN_MS = 450;
const KID = /^[\w-]{1,64}$/;

const MALFORMED: Verification = { outcome: "malformed" };
const UNAVAILABLE: Verification = { outcome: "unavailable" };
const KNOWN_HEADER = new Set(["alg", "kid", "typ"]);

/** How every JWT begins: a header in JSON, in base64url. A token of ours never does. */
export const looksSigned = (text: string) => text.startsWith("eyJ");

/**
 * Checks access tokens (RFC 9068): memory, by the digest of the whole text; then the header, of which there is one form; the
 * signature, by the key that the header names and the algorithm of that key; the claims; and in one go what became of the
 * client or the sign-in, and whether this one was taken back. Its times are held against the database's clock, to the second.
 */
export function createAccessTokenCheck(parts: AccessTokenParts) {
  const { sql, cache, staleReads, misses, counts, shared, deadline, issuer, findClient, onTrouble } = parts;
  const { clock, ticks } = cache;
  const keys = new KnownKeys(sql, cache, deadline);
  const lookupMark = createLookup((ids) => readMarks(sql, ids), { deadline });
  const lookupLogin = createLookup((ids) => readLogins(sql, ids), { deadline, durations: counts.lookups });
  const readings = new Map<string, Promise<Read>>();

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
    const wait = misses.wait(ip);
    if (wait !== null && cache.letIn(id) === undefined) return { outcome: "too_many_misses", retryAfter: wait };
    const stale = staleReads.allows(clock()) && cache.getStale(id, clock());
    if (stale) return weaken(stale.answer);
    try {
      const found = await find(text, id, kid);
      if (typeof found !== "string") {
        if (found.answer.outcome === "allowed") cache.noteLetIn(found);
        return found.answer;
      }
      misses.add(ip);
      return { outcome: found };
    } catch (error) {
      if (!(error instanceof LookupLate) && !isDatabaseAway(error)) throw error;
      onTrouble(error);
      staleReads.away();
      const last = staleReads.allows(clock()) && cache.getStale(id, clock());
      return last ? weaken(last.answer) : UNAVAILABLE;
    }
  }

  /** A reading that a revocation overtook is made again. */
  async function find(text: string, id: string, kid: string): Promise<Read> {
    const patience = clock() + OVERTAKEN_MS;
    do {
      // Whoever joins a reading that was sent before needs the feed to say that it still counts.
      const joined = cache.isBelieved(clock()) ? readings.get(id) : undefined;
      if (joined !== undefined) counts.joined++;
      else counts.misses++;
      const found = await (joined ?? read(text, id, kid));
      if (typeof found === "string") return found;
      if (ticks.holds(found) && (!joined || cache.isBelieved(clock()))) return found;
    } while (clock() < patience);
    throw new LookupLate("revocations kept overtaking the reading");
  }

  function read(text: string, id: string, kid: string): Promise<Read> {
    const reading = readAnew(text, id, kid).finally(() => {
      if (readings.get(id) === reading) readings.delete(id);
    });
    readings.set(id, reading);
    return reading;
  }

  async function readAnew(text: string, id: string, kid: string): Promise<Read> {
    const begun = ticks.now;
    const at = clock();
    const key = await keys.find(kid);
    if (!key) return "unknown";
    const payload = await payloadOf(text, key);
    if (payload === null) return "wrong_secret";
    const claims = claimsIn(payload);
    if (!claims || claims.iss !== issuer) return "unknown";
    const { judgement, around, now } = await judge(claims, at);
    if (judgement.answer.outcome === "unknown") return "unknown";
    const overAt = Math.min(at + (judgement.overAt - now), key.believedUntil);
    return cache.put({
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
      dependsOn: [claims.jti, kid, ...around],
      used: false,
    });
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
