import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { createDatabase, type Db } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import * as schema from "@/db/schema";
import { encodeCursor } from "@/lib/http/cursor";
import { countTokenFacets } from "@/lib/tokens/count-token-facets";
import { listTokens } from "@/lib/tokens/list-tokens";
import { loadRules } from "@/lib/tokens/load-rules";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { tokenQuery } from "@/lib/tokens/token-input";
import { fillDatabase } from "@/scripts/fill/fill-database";
import { contextOf, loadMember } from "@/test/world";
import type { Ground } from "../ground";
import { atMost, type Finding, type PartReport, percentile, show, table as tableOf } from "../report";

const TOKENS = Number(process.env.BENCH_TOKENS ?? 1_000_000);
const TARGET = { page: 5, substring: 20, counts: 2 };
/** Repetitions of one statement, fewer of a slow one: no case takes longer than this. */
const TIMES = 200;
const CASE_MS = 5000;

interface Statement {
  text: string;
  parameters: unknown[];
}

type Wish = Parameters<typeof tokenQuery.parse>[0] & object;

/** The statements of the token table, as the product sends them, in the largest organization of a filled database. */
export async function table(ground: Ground): Promise<PartReport> {
  const url = await ground.databaseBeside("filled");
  await migrateDatabase(url);
  const filling = createDatabase(url, { max: 2 });
  const began = performance.now();
  const { prefix, peppers } = mintingKeys();
  await fillDatabase(filling, { tokens: TOKENS, now: new Date(), peppers, tokenPrefix: prefix, beside: new Set() });
  await filling.end();
  const seconds = (performance.now() - began) / 1000;

  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const sent: Statement[] = [];
  const db: Db = drizzle(sql, {
    schema,
    logger: { logQuery: (text, parameters) => void sent.push({ text, parameters }) },
  });
  try {
    const { organizationId, memberId, total } = await largest(sql);
    const actor = await loadMember(db, organizationId, memberId);
    const ctx = contextOf(db, new Date());
    const rules = await loadRules(db, organizationId);
    /** What the product sends for it: the rows, and the count. */
    const statementsOf = async (act: () => Promise<unknown>) => {
      sent.length = 0;
      await act();
      return [...sent];
    };
    const rows: string[][] = [];
    const findings: Finding[] = [];
    const slowest = { page: 0, substring: 0, count: 0 };
    for (const [name, wish] of Object.entries(await cases(sql, organizationId, total))) {
      const [page, count] = await statementsOf(() => listTokens(actor, tokenQuery.parse(wish), ctx, rules));
      if (!page || !count) throw new Error("the table sent other statements");
      const times = await repeat(sql, page);
      const counts = await repeat(sql, count);
      const kind = "q" in wish ? "substring" : "page";
      slowest[kind] = Math.max(slowest[kind], percentile(times, 0.99));
      slowest.count = Math.max(slowest.count, percentile(counts, 0.99));
      rows.push([name, ...p50p99(times), ...p50p99(counts)]);
    }
    const facets = await statementsOf(() => countTokenFacets(actor, rules, ctx));
    const facetTimes = await repeat(sql, facets[0] as Statement);
    rows.push(["choices of all filters, with counts", ...p50p99(facetTimes), "", ""]);
    findings.push(
      atMost("any filter, sort or page of the table, rows, p99 of the slowest", slowest.page, TARGET.page, 2, " ms"),
      atMost(
        "substring of three characters or more, rows, p99 of the slowest",
        slowest.substring,
        TARGET.substring,
        2,
        " ms",
      ),
      atMost("exact total of a filter, p99 of the slowest", slowest.count, TARGET.counts, 2, " ms"),
      atMost("counts of all choices, p99", percentile(facetTimes, 0.99), TARGET.counts, 2, " ms"),
    );
    return {
      title: `The table at ${show(TOKENS)} tokens`,
      findings,
      details: [
        tableOf(["50 rows, statement by statement", "rows p50 ms", "p99", "total p50 ms", "p99"], rows),
        `In the organization with ${show(total)} of them, from one connection, answer included. Filling took ${show(seconds, 0)} s.`,
      ].join("\n\n"),
    };
  } finally {
    await sql.end();
  }
}

async function largest(sql: postgres.Sql) {
  const [found] = await sql<{ organizationId: string; memberId: string; total: number }[]>`
    select o.id as "organizationId", m.id as "memberId",
      (select count(*)::int from api_tokens t where t.organization_id = o.id) as total
    from organizations o
    join roles r on r.organization_id = o.id and r.built_in = 'administrator'
    join members m on m.organization_id = o.id and m.role_id = r.id
    where o.slug = 'fill-1' limit 1`;
  if (!found) throw new Error("the filled organization is not there");
  return found;
}

async function cases(sql: postgres.Sql, organizationId: string, total: number): Promise<Record<string, Wish>> {
  const [deep] = await sql<{ id: string; at: number; issuer: string; role: string }[]>`
    select id, issuer_id as issuer, role_id as role, (extract(epoch from date_trunc('milliseconds', created_at)) * 1000)::float8 as at
    from api_tokens where organization_id = ${organizationId}
    order by created_at desc, id desc offset ${Math.floor(total * 0.98)} limit 1`;
  if (!deep) throw new Error("the filled organization is empty");
  const sort = "-created_at";
  const key = [new Date(deep.at).toISOString(), deep.id];
  const cursor = encodeCursor("tokens", { sort, way: "next", key, place: Math.floor(total * 0.98) });
  return {
    "newest first": {},
    "newest first, page at 98% of the depth": { cursor },
    "by name": { sort: "name" },
    "by last use, latest first": { sort: "-last_used_at" },
    "by expiry, soonest first": { sort: "expires_at" },
    "issued by one of the members": { issued_by: [deep.issuer] },
    "with one role": { role: [deep.role] },
    "active only": { status: ["active"] },
    "expired only": { status: ["expired"] },
    "used within 24 hours": { last_used: "24h" },
    "not used for 90 days": { last_used: "over_90d" },
    "one role, active, not used for 90 days": { role: [deep.role], status: ["active"], last_used: "over_90d" },
    "substring that few names have": { q: `${Math.floor(total * 0.7)}` },
    "substring that a tenth of the names have": { q: "invoices" },
  };
}

async function repeat(sql: postgres.Sql, { text, parameters }: Statement): Promise<number[]> {
  const times: number[] = [];
  const run = () => sql.unsafe(text, parameters as never[]);
  await run();
  const end = performance.now() + CASE_MS;
  while (times.length < TIMES && (performance.now() < end || times.length < 3)) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  return times;
}

const p50p99 = (times: number[]) => [show(percentile(times, 0.5)), show(percentile(times, 0.99))];
