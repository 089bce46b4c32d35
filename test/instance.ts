import { setImmediate as turn } from "node:timers/promises";
import type { Sql } from "postgres";
import { onTestFinished } from "vitest";
import { createDatabase } from "@/db/client";
import { createAuthority } from "@/lib/authority/create-authority";
import { FRESH_MS, TokenCache } from "@/lib/authority/token-cache";
import { accessTokenRules } from "@/lib/oauth/audiences";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import type { Peppers } from "@/lib/tokens/token-peppers";
import { PlainToken } from "@/lib/tokens/token-secret";
import { freshDatabase } from "./database";
import { makeWorld } from "./world";

/** Longer than any test takes: what still waits then would keep its process busy for ever. */
const PATIENCE_MS = 60_000;

/** Turns the event loop until `condition` holds; rejects where it never does. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error("what was waited for did not happen");
    await turn();
  }
}

interface InstanceWish {
  host?: string;
  server?: "app" | "gate";
  /** Beside the API's own. */
  audiences?: readonly string[];
  /** Told of each statement that a check sends. */
  onStatement?: (text: string) => void;
  peppers?: Peppers;
  staleSeconds?: number;
  redisUrl?: string;
  capacity?: number;
  /** Whether its clocks run by themselves. Otherwise they move by `skip` alone, so that no busy machine ages a reading. */
  running?: boolean;
}

/**
 * A process that checks tokens of the database at `url`, as far as one test process can be several: pool, cache, feed and
 * registration of its own. Serves from memory when this returns.
 */
export async function startInstance(url: string, wish: InstanceWish = {}) {
  const database = createDatabase(url, { max: 4 });
  let skipped = 0;
  let suspended = 0;
  const [monotonic, date] = [performance.now(), Date.now()];
  const clock = () => (wish.running ? performance.now() : monotonic) + skipped;
  const wall = () => (wish.running ? Date.now() : date) + skipped + suspended;
  const cache = new TokenCache({ clock, wall, capacity: wish.capacity });
  const lookups = { count: 0, hold: null as Promise<void> | null, held: 0, fail: null as Error | null };
  // What looks tokens up is counted, and may be held back before its answer is given on.
  const sql = new Proxy(database.sql, {
    apply(target, self, [strings, ...values]: [TemplateStringsArray, ...unknown[]]) {
      const query = Reflect.apply(target as (...all: unknown[]) => Promise<unknown>, self, [strings, ...values]);
      wish.onStatement?.(strings.join("?"));
      if (!strings?.[0]?.includes("t.secret_hash")) return query;
      lookups.count++;
      if (lookups.fail) return Promise.reject(lookups.fail);
      const { hold } = lookups;
      if (!hold) return query;
      return query.then(async (rows) => {
        lookups.held++;
        await hold;
        return rows;
      });
    },
  }) as Sql;
  const rules = accessTokenRules(wish.server);
  const authority = createAuthority({
    sql,
    url,
    cache,
    peppers: wish.peppers ?? mintingKeys().peppers,
    accessTokens: { ...rules, audiences: [...rules.audiences, ...(wish.audiences ?? [])] },
    staleSeconds: wish.staleSeconds,
    redisUrl: wish.redisUrl,
    host: wish.host,
    server: wish.server,
  });
  authority.start();
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= authority.close().then(() => database.end());
    return closed;
  };
  onTestFinished(close);
  const serves = () => until(() => cache.isBelieved(clock()));
  await serves();
  return {
    ...authority,
    database,
    cache,
    lookups,
    close,
    /** Returns once it answers from memory (again). */
    serves,
    check: async (secret: string) => authority.verify(new PlainToken(secret)),
    /** A whole call; at once where it is answered from memory. */
    use: (secret: string, ip: string | null = null) =>
      authority.admit({ credential: new PlainToken(secret), permissions: [], ip, agent: null, requestId: null }),
    /** What is read of tokens from now on is held back until `release`; `held` counts what is. */
    hold() {
      let release = () => {};
      lookups.held = 0;
      lookups.hold = new Promise((resolve) => {
        release = () => {
          lookups.hold = null;
          resolve();
        };
      });
      return release;
    },
    outcome: async (secret: string) => (await authority.verify(new PlainToken(secret))).outcome,
    /** Lets its clock go on without anything happening meanwhile. */
    skip: (milliseconds: number) => {
      skipped += milliseconds;
    },
    /** As a suspended machine: the time goes on, and of its clocks only the one on the wall. */
    suspend: (milliseconds: number) => {
      suspended += milliseconds;
    },
    /** Asks the database again for whatever it knows, as after the time that a reading serves. */
    forgetFreshness: () => {
      skipped += FRESH_MS;
      return serves();
    },
  };
}

type Instance = ReturnType<typeof startInstance>;

/** Two such processes on a database of their own, with an organization in it. */
export async function twoInstances(wish: InstanceWish = {}) {
  const { url, db, sql } = await freshDatabase();
  const world = await makeWorld(db);
  const [one, other] = await Promise.all(
    ["one", "other"].map((host) => startInstance(url, { ...wish, host })) as [Instance, Instance],
  );
  return { url, db, sql, world, one, other };
}
