import { and, asc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { apiTokens, refusedCalls } from "@/db/schema";
import { minutes, NOW } from "@/test/clock";
import { freshDatabase } from "@/test/database";
import { makeWorld } from "@/test/world";
import { RefusedCalls } from "./refused-calls";

async function scene({ capacity }: { capacity?: number } = {}) {
  const { db, sql } = await freshDatabase();
  const world = await makeWorld(db);
  const token = await world.addToken(world.user);
  let now = NOW;
  let away: Error | null = null;
  const troubles: { error: unknown; dropped?: number }[] = [];
  const begin = ((run: never) => (away ? Promise.reject(away) : sql.begin(run))) as typeof sql.begin;
  const pool = new Proxy(sql, { get: (target, name) => (name === "begin" ? begin : Reflect.get(target, name)) });
  const calls = new RefusedCalls({
    sql: pool,
    now: () => now.getTime(),
    capacity,
    onTrouble: (trouble) => troubles.push(trouble),
  });
  const refuse = (tokenId = token.id, path = "/api/v1/members") =>
    calls.record(
      { organizationId: world.organizationId, tokenId },
      { request: { method: "GET", url: path }, requestId: "request-1", ip: "192.0.2.1", agent: null },
      { code: "rate_limited", status: 429, facts: { limit: 5, of: "token" } },
    );
  return {
    db,
    world,
    token,
    calls,
    troubles,
    refuse,
    at: (instant: Date) => {
      now = instant;
    },
    database: (error: Error | null) => {
      away = error;
    },
    kept: () => db.select().from(refusedCalls).where(eq(refusedCalls.tokenId, token.id)).orderBy(asc(refusedCalls.at)),
  };
}

const AWAY = Object.assign(new Error(), { code: "ECONNREFUSED" });

describe("refused calls", () => {
  it("of a flood are twenty a minute of one token with the number of the rest, and another token's are kept", async () => {
    const { calls, refuse, kept, world, at, db } = await scene();
    const other = await world.addToken(world.user);
    for (let call = 0; call < 5000; call++) refuse();
    refuse(other.id);
    expect(calls.waiting).toBe(21);
    await calls.flush();
    for (let call = 0; call < 7; call++) refuse();
    await calls.flush();
    const rows = await kept();
    expect(rows).toHaveLength(20);
    expect(rows.map(({ facts }) => facts.skipped).filter(Boolean)).toEqual([4987]);
    expect(await db.select().from(refusedCalls).where(eq(refusedCalls.tokenId, other.id))).toHaveLength(1);
    at(minutes(1));
    refuse();
    await calls.flush();
    expect(await kept()).toHaveLength(21);
    await calls.close();
  });

  it("are the newest hundred of a token, however long it goes on", async () => {
    const { calls, refuse, kept, at } = await scene();
    for (let minute = 0; minute < 8; minute++) {
      at(minutes(minute));
      for (let call = 0; call < 20; call++) refuse();
      await calls.flush();
    }
    const rows = await kept();
    expect(rows).toHaveLength(100);
    expect(rows[0]?.at).toEqual(minutes(3));
    await calls.close();
  });

  it("wait while the database is away, within their room, and are written once it is back", async () => {
    const { calls, refuse, kept, database, at, troubles } = await scene({ capacity: 30 });
    database(AWAY);
    for (let minute = 0; minute < 5; minute++) {
      at(minutes(minute));
      for (let call = 0; call < 20; call++) refuse();
      expect(await calls.flush()).toBe(false);
      expect(calls.waiting).toBeLessThanOrEqual(30);
    }
    expect(await kept()).toEqual([]);
    expect(troubles.every(({ dropped }) => dropped === undefined)).toBe(true);
    database(null);
    expect(await calls.flush()).toBe(true);
    expect(await kept()).toHaveLength(30);
    await calls.close();
  });

  it("that the database refuses are given up, and later ones are written", async () => {
    const { calls, refuse, kept, database, troubles } = await scene();
    database(Object.assign(new Error(), { code: "22P02" }));
    refuse();
    expect(await calls.flush()).toBe(false);
    expect(troubles).toMatchObject([{ dropped: 1 }]);
    database(null);
    refuse();
    expect(await calls.flush()).toBe(true);
    expect(await kept()).toHaveLength(1);
    await calls.close();
  });

  it("are written at the end, and those of a token that is gone take nobody else's along", async () => {
    const { calls, refuse, kept, world, db } = await scene();
    const gone = await world.addToken(world.user);
    refuse(gone.id);
    refuse();
    await db
      .delete(apiTokens)
      .where(and(eq(apiTokens.organizationId, world.organizationId), eq(apiTokens.id, gone.id)));
    expect(await calls.close()).toBe(true);
    expect(await kept()).toHaveLength(1);
  });

  it("keep what a request was for, and nothing of its query, its fragment or what it says of itself in vain", async () => {
    const { calls, refuse, kept } = await scene();
    refuse(undefined, "https://user:word@api.example.com/orders/7?token=abc#end");
    refuse(undefined, "https://api.example.com?q=1");
    refuse(undefined, `/${"a".repeat(5000)}`);
    await calls.close();
    const rows = await kept();
    expect(rows.map(({ path }) => path.slice(0, 12)).toSorted()).toEqual(["/", "/aaaaaaaaaaa", "/orders/7"]);
    expect(rows.every(({ path }) => path.length <= 300)).toBe(true);
    expect(JSON.stringify(rows)).not.toMatch(/word|abc|q=1/);
  });
});
