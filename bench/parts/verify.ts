import { createSecretKey, randomBytes, randomUUID } from "node:crypto";
import type { ISql } from "postgres";
import { createAdmit } from "@/lib/authority/admit";
import { CallLimits } from "@/lib/authority/call-limits";
import { TokenCache } from "@/lib/authority/token-cache";
import type { TokenRecord } from "@/lib/authority/token-record";
import { Usage } from "@/lib/authority/usage";
import { createVerify } from "@/lib/authority/verify";
import { hashToken, idIn, mintToken, type Pepper, PlainToken } from "@/lib/tokens/token-secret";
import { atLeast, atMost, median, type PartReport, percentile, spread, table } from "../report";
import { inTurns } from "../rounds";
import { signedTokens } from "../signed-tokens";

const ISSUER = "https://bench.example";
const TOKENS = 100_000;
const HOT = 1000;
const CALLS = 500_000;
const TARGET = { meanUs: 2.5, p99Us: 6, perSecond: 400_000, malformedUs: 0.5 };
const AGENT = "example-client/2.4.1 (linux; x64) node/22.3.0";

type Check = (token: PlainToken) => { outcome: string } | { ok: boolean } | Promise<unknown>;

/** Checks in process, without a database behind them: from memory, and with a wrong checksum. */
export async function verify(): Promise<PartReport> {
  const pepper: Pepper = { id: "bench", key: createSecretKey(randomBytes(32)) };
  const records = new Map<string, TokenRecord>();
  const tokens: PlainToken[] = [];
  const organization = randomUUID();
  for (let at = 0; at < TOKENS; at++) tokens.push(makeToken(pepper, organization, records));
  // A clock that costs what the real one does, and on which nothing grows old.
  const cache = new TokenCache({ clock: () => performance.now() * 0, capacity: TOKENS + 2 * HOT });
  cache.believeUntil(Number.POSITIVE_INFINITY);
  const clients = Array.from({ length: HOT }, () => asClient(makeToken(pepper, organization, records), records));
  const signed = await signedTokens(clients, ISSUER);
  const sql = ((strings: TemplateStringsArray, ids: string[]) =>
    Promise.resolve(
      signed.answer(strings.join(" "), ids) ?? ids.flatMap((id) => records.get(id) ?? []),
    )) as unknown as ISql;
  const peppers = { current: pepper, byId: new Map([[pepper.id, pepper]]) };
  // As for an address of which the database has been asked often enough: what is measured is memory alone.
  const check = createVerify({
    sql,
    cache,
    peppers,
    accessTokens: { issuer: ISSUER },
    secondLooks: { wait: () => 60, add: () => {} },
  });
  for (let at = 0; at < TOKENS; at += 1000) await Promise.all(tokens.slice(at, at + 1000).map((token) => check(token)));
  for (const token of signed.tokens) await check(token);
  records.clear();
  // Counts as the product does; the batches are taken and go nowhere.
  const usage = new Usage({ sql: Object.assign(sql, { begin: async () => [] }) as unknown as ISql });
  const admit = createAdmit({ verify: check, usage, limits: new CallLimits(), takeUp: (found) => found });
  const permissions = ["tokens:read"];
  const whole: Check = (credential) =>
    admit({ credential, permissions, ip: "192.0.2.17", agent: AGENT, requestId: null });

  const hot = tokens.slice(0, HOT);
  const mistyped = hot.map(mistype);
  const measured = await inTurns({
    hot: async () => mean(check, hot, "allowed"),
    spread: async () => mean(check, tokens, "allowed"),
    signed: async () => mean(check, signed.tokens, "allowed"),
    admit: async () => mean(whole, hot, true),
    mistyped: async () => mean(check, mistyped, "malformed"),
    p99: async () => percentile(single(check, hot), 0.99),
  });
  await usage.close();

  const mean99 = median(measured.p99);
  const row = (name: string, values: number[]) => [
    name,
    spread(values),
    Math.round(1e6 / median(values)).toLocaleString("en-US"),
  ];
  return {
    title: "A check in process",
    findings: [
      atMost("`verify()` from memory, mean", median(measured.hot), TARGET.meanUs, 2, " µs"),
      atMost("`verify()` from memory, p99, reading the clock included", mean99, TARGET.p99Us, 2, " µs"),
      atLeast("`verify()` from memory, a second on one core", 1e6 / median(measured.hot), TARGET.perSecond),
      atMost("wrong checksum", median(measured.mistyped), TARGET.malformedUs, 2, " µs"),
    ],
    details: table(
      ["processor time of one process", "µs", "a second"],
      [
        row(`\`verify()\` from memory, ${HOT} tokens in turn`, measured.hot),
        row(`\`verify()\` from memory, ${TOKENS.toLocaleString("en-US")} tokens in turn`, measured.spread),
        row(`\`verify()\` from memory, ${HOT} access tokens in turn`, measured.signed),
        row("the whole check: with limits, permission and the count of use", measured.admit),
        row("wrong checksum", measured.mistyped),
        ["single calls from memory, p99, by the clock on the wall", spread(measured.p99), ""],
      ],
    ),
  };
}

function makeToken(pepper: Pepper, organizationId: string, records: Map<string, TokenRecord>): PlainToken {
  const { id, plain } = mintToken("lk", "pat");
  records.set(id, {
    id,
    organization_id: organizationId,
    kind: "pat",
    prefix: "lk",
    name: `Token ${id}`,
    description: null,
    secret_hash: hashToken(plain, pepper),
    pepper_id: pepper.id,
    pending_hash: null,
    pending_pepper_id: null,
    previous_hash: null,
    previous_pepper_id: null,
    previous_ends_at: null,
    secret_generation: 0,
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
    issuer_permissions: ["tokens:read", "tokens:create", "members:read", "groups:read", "roles:read"],
    role_id: null,
    role_name: null,
    role_permissions: null,
    groups: null,
  });
  return plain;
}

/** The token's row as a client's. */
function asClient(token: PlainToken, records: Map<string, TokenRecord>): TokenRecord {
  const record = records.get(idIn(token.reveal()));
  if (!record) throw new Error("there is no such token");
  record.kind = "cls";
  return record;
}

function mistype(token: PlainToken): PlainToken {
  const text = token.reveal();
  return new PlainToken(`${text.slice(0, -1)}${text.endsWith("0") ? "1" : "0"}`);
}

/** Microseconds of processor time a call: what else the machine does meanwhile is not counted. */
function mean(check: Check, tokens: PlainToken[], expected: string | boolean): number {
  const started = process.cpuUsage();
  for (let call = 0, at = 0; call < CALLS; call++) {
    const found = check(tokens[at] as PlainToken);
    if (found instanceof Promise) throw new Error("it was not answered from memory");
    if (("outcome" in found ? found.outcome : found.ok) !== expected) throw new Error("it was answered otherwise");
    if (++at === tokens.length) at = 0;
  }
  const { user, system } = process.cpuUsage(started);
  return (user + system) / CALLS;
}

function single(check: Check, tokens: PlainToken[]): Float64Array {
  const times = new Float64Array(CALLS);
  for (let call = 0; call < CALLS; call++) {
    const started = process.hrtime.bigint();
    void check(tokens[call % tokens.length] as PlainToken);
    times[call] = Number(process.hrtime.bigint() - started) / 1000;
  }
  return times;
}
