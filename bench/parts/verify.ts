import { createSecretKey, randomBytes, randomUUID } from "node:crypto";
import type { ISql } from "postgres";
import { TokenCache } from "@/lib/authority/token-cache";
import type { TokenRecord } from "@/lib/authority/token-record";
import { createVerify, type Verify } from "@/lib/authority/verify";
import { hashToken, mintToken, type Pepper, PlainToken } from "@/lib/tokens/token-secret";

const TOKENS = 100_000;
const HOT = 1000;
const CALLS = 1_000_000;
const ROUNDS = 7;
const TARGET = { meanUs: 2.5, p99Us: 6, perSecond: 400_000, malformedUs: 0.5, megabytes: 300 };

/**
 * `verify()` in process, without a database behind it: from memory, with a wrong checksum, and what 100,000 tokens take.
 * True where the targets are met.
 */
export async function verifyInProcess(): Promise<boolean> {
  const pepper: Pepper = { id: "bench", key: createSecretKey(randomBytes(32)) };
  const records = new Map<string, TokenRecord>();
  const tokens: PlainToken[] = [];
  const organization = randomUUID();
  for (let at = 0; at < TOKENS; at++) tokens.push(makeToken(pepper, organization, records));
  // A clock that costs what the real one does, and on which nothing grows old.
  const cache = new TokenCache({ clock: () => performance.now() * 0, capacity: TOKENS });
  cache.believeUntil(Number.POSITIVE_INFINITY);
  // As the driver gives them: every row with strings of its own.
  const sql = ((_: TemplateStringsArray, ids: string[]) =>
    Promise.resolve(
      ids.flatMap((id) => {
        const record = records.get(id);
        return record ? [{ ...structuredClone(record), secret_hash: Buffer.from(record.secret_hash) }] : [];
      }),
    )) as unknown as ISql;
  const verify = createVerify({ sql, cache, peppers: { current: pepper, byId: new Map([[pepper.id, pepper]]) } });

  const before = heap();
  for (let at = 0; at < TOKENS; at += 1000) {
    const found = await Promise.all(tokens.slice(at, at + 1000).map((token) => verify(token)));
    if (found.some(({ outcome }) => outcome !== "allowed")) throw new Error("a token was refused");
  }
  const taken = heap() - before;

  const rounds = [];
  const mistyped = tokens.slice(0, HOT).map((token) => mistype(token));
  for (let round = 0; round <= ROUNDS; round++) {
    const measured = {
      hot: mean(verify, tokens.slice(0, HOT)),
      spread: mean(verify, tokens),
      mistyped: mean(verify, mistyped),
    };
    // The first warms up.
    if (round > 0) rounds.push(measured);
  }
  const hot = median(rounds.map((round) => round.hot));
  const spread = median(rounds.map((round) => round.spread));
  const malformed = median(rounds.map((round) => round.mistyped));
  const p99 = percentile99(verify, tokens.slice(0, HOT));
  const met = hot <= TARGET.meanUs && p99 <= TARGET.p99Us && 1e6 / hot >= TARGET.perSecond && taken <= TARGET.megabytes;
  console.log(`
| verify(), processor time, median of ${ROUNDS} rounds | µs | a second | target |
| --- | --- | --- | --- |
| from memory, ${HOT} tokens in turn | ${hot.toFixed(2)} | ${Math.round(1e6 / hot)} | ${TARGET.meanUs} µs |
| from memory, p99 of single calls, clock included | ${p99.toFixed(2)} | | ${TARGET.p99Us} µs |
| from memory, ${TOKENS} tokens in turn | ${spread.toFixed(2)} | ${Math.round(1e6 / spread)} | |
| wrong checksum | ${malformed.toFixed(2)} | ${Math.round(1e6 / malformed)} | ${TARGET.malformedUs} µs |

${TOKENS} tokens in memory: ${taken.toFixed(0)} MB (at most ${TARGET.megabytes})
${met ? "met" : "MISSED"}`);
  return met;
}

function makeToken(pepper: Pepper, organizationId: string, records: Map<string, TokenRecord>): PlainToken {
  const { id, plain } = mintToken("lk", "pat");
  const permissions = [
    "tokens:read",
    "tokens:create",
    "members:read",
    "groups:read",
    "roles:read",
    "organization:read",
  ];
  records.set(id, {
    id,
    organization_id: organizationId,
    kind: "pat",
    prefix: "lk",
    name: `Token ${id}`,
    description: null,
    secret_hash: hashToken(plain, pepper),
    pepper_id: pepper.id,
    created_at: 1.7e12,
    expires_at: 4e12,
    deleted_at: null,
    now: 1.8e12,
    organization_name: "Bench",
    organization_slug: "bench",
    tokens_enabled: true,
    teams_enabled: false,
    policy_networks: [],
    token_networks: [],
    calls_per_token: null,
    calls_per_organization: null,
    issuer_id: randomUUID(),
    issuer_user_id: randomUUID(),
    issuer_name: "Somebody",
    issuer_email: `${id}@bench.example`,
    issuer_status: "active",
    issuer_role_id: organizationId,
    issuer_role_name: "Engineer",
    issuer_permissions: permissions,
    role_id: null,
    role_name: null,
    role_permissions: null,
    groups: null,
  });
  return plain;
}

function mistype(token: PlainToken): PlainToken {
  const text = token.reveal();
  return new PlainToken(`${text.slice(0, -1)}${text.endsWith("0") ? "1" : "0"}`);
}

/** Microseconds of processor time a call: what else the machine does meanwhile is not counted. */
function mean(verify: Verify, tokens: PlainToken[]): number {
  const started = process.cpuUsage();
  for (let call = 0, at = 0; call < CALLS; call++) {
    const found = verify(tokens[at] as PlainToken);
    if (found instanceof Promise) throw new Error("it was not answered from memory");
    if (++at === tokens.length) at = 0;
  }
  const { user, system } = process.cpuUsage(started);
  return (user + system) / CALLS;
}

function percentile99(verify: Verify, tokens: PlainToken[]): number {
  const times = new Float64Array(CALLS);
  for (let call = 0; call < CALLS; call++) {
    const started = process.hrtime.bigint();
    void verify(tokens[call % tokens.length] as PlainToken);
    times[call] = Number(process.hrtime.bigint() - started) / 1000;
  }
  times.sort();
  return times[Math.floor(CALLS * 0.99)] ?? 0;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** In megabytes, after a collection where the process lets itself be asked for one. */
function heap(): number {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1024 / 1024;
}
