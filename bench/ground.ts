import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { createDatabase, type Database } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { hashToken, mintToken } from "@/lib/tokens/token-secret";
import { startEmbeddedPostgres } from "@/scripts/launcher/embedded-postgres";
import { makeWorld, type World } from "@/test/world";

/** One PostgreSQL for a whole run, with an organization in it. */
export interface Ground {
  url: string;
  /** For databases beside it; the server's own statistics are read here too. */
  admin: postgres.Sql;
  database: Database;
  world: World;
  /** What every process of the product is told. */
  variables: Record<string, string>;
  /** Another database on the same server. */
  databaseBeside(name: string): Promise<string>;
  /** Tokens of an engineer that work, as their owner holds them. */
  makeTokens(count: number): Promise<string[]>;
  /** How often statements whose text is like this ran, by the server's own count. */
  statements(like: string): Promise<number>;
  close(): Promise<void>;
}

export async function openGround(): Promise<Ground> {
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
  // Nothing is flushed to disk, which favours whoever writes at every call.
  const cluster = await startEmbeddedPostgres({
    dataDir,
    fast: true,
    settings: { shared_preload_libraries: "pg_stat_statements", shared_buffers: "512MB", max_wal_size: "4GB" },
  });
  const variables = {
    DATABASE_URL: cluster.url,
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    TOKEN_PEPPERS: `bench:${randomBytes(32).toString("base64url")}`,
    LOG_LEVEL: "warn",
  };
  Object.assign(process.env, variables);
  const admin = postgres(cluster.adminUrl, { max: 1, onnotice: () => {} });
  const database = createDatabase(cluster.url, { max: 4 });
  const close = async () => {
    await Promise.all([admin.end(), database.end()]);
    await cluster.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await admin`create extension pg_stat_statements`;
    await migrateDatabase(cluster.url);
    const world = await makeWorld(database.db);
    return {
      url: cluster.url,
      admin,
      database,
      world,
      variables,
      async databaseBeside(name) {
        await admin`create database ${admin(name)} owner latchkey`;
        const url = new URL(cluster.url);
        url.pathname = `/${name}`;
        return url.href;
      },
      makeTokens: (count) => makeTokens(database.sql, world, count),
      async statements(like) {
        const [row] = await admin<{ calls: number }[]>`
          select coalesce(sum(calls), 0)::int as calls from pg_stat_statements where query like ${like}`;
        return row?.calls ?? 0;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The statement that reads what verification needs to know. */
export const VERIFICATION = "%t.secret_hash%from api_tokens t%";

const BATCH = 5000;

async function makeTokens(sql: postgres.Sql, { organizationId, engineer }: World, count: number): Promise<string[]> {
  const { prefix, peppers } = mintingKeys();
  const secrets: string[] = [];
  while (secrets.length < count) {
    const minted = Array.from({ length: Math.min(BATCH, count - secrets.length) }, () => mintToken(prefix, "pat"));
    await sql`
      insert into api_tokens (organization_id, id, kind, prefix, name, issuer_id, role_id, secret_hash, pepper_id, last_four, created_at)
      select ${organizationId}, n.id, 'pat', ${prefix}, 'Token ' || n.id, ${engineer.memberId}, ${engineer.roleId}, decode(n.hash, 'hex'),
        ${peppers.current.id}, n.last_four, now() - interval '1 day'
      from unnest(
        ${minted.map(({ id }) => id)}::text[],
        ${minted.map(({ plain }) => hashToken(plain, peppers.current).toString("hex"))}::text[],
        ${minted.map(({ lastFour }) => lastFour)}::text[]
      ) as n(id, hash, last_four)`;
    for (const { plain } of minted) secrets.push(plain.reveal());
  }
  return secrets;
}
