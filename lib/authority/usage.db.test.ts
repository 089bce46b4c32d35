import { eq } from "drizzle-orm";
import type { ISql } from "postgres";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, tokenCallers, tokenUsage } from "@/db/schema";
import { days, hours, NOW } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { until } from "@/test/instance";
import { type MadeToken, makeWorld, type World } from "@/test/world";
import { Usage, type UsageTrouble } from "./usage";
import type { UsageOutcome } from "./usage-counts";

interface Scene {
  db: Db;
  sql: ISql;
  world: World;
  token: MadeToken;
  usage: Usage;
  /** What the clock of `usage` shows. */
  at(instant: Date): void;
  call(outcome?: UsageOutcome, ip?: string | null, agent?: string): void;
}

const scene = (run: (scene: Scene) => Promise<void>) => () =>
  withRollback(async (db, sql) => {
    const world = await makeWorld(db);
    const token = await world.addToken(world.user);
    let now = NOW;
    const usage = new Usage({ sql, now: () => now.getTime() });
    await run({
      db,
      sql,
      world,
      token,
      usage,
      at: (instant) => {
        now = instant;
      },
      call: (outcome = "allowed", ip = "192.0.2.1", agent = "curl/8") =>
        usage.record({ organizationId: world.organizationId, tokenId: token.id, outcome, ip, agent }),
    });
    await usage.close();
  });

const usageOf = (db: Db, { id }: MadeToken) =>
  db.select().from(tokenUsage).where(eq(tokenUsage.tokenId, id)).orderBy(tokenUsage.day, tokenUsage.outcome);
const callersOf = (db: Db, { id }: MadeToken) =>
  db.select().from(tokenCallers).where(eq(tokenCallers.tokenId, id)).orderBy(tokenCallers.ip);
const lastUseOf = async (db: Db, { id }: MadeToken) => {
  const [row] = await db
    .select({ at: apiTokens.lastUsedAt, ip: apiTokens.lastUsedIp, agent: apiTokens.lastUsedAgent })
    .from(apiTokens)
    .where(eq(apiTokens.id, id));
  return row;
};
const later = (ms: number) => new Date(NOW.getTime() + ms);

describe("the use of tokens", () => {
  it(
    "is nowhere before a write, and adds up over writes by day, outcome and hour",
    scene(async ({ db, token, usage, at, call }) => {
      call();
      call();
      call("forbidden");
      expect(await usageOf(db, token)).toEqual([]);
      await usage.flush();
      at(hours(1));
      call();
      at(hours(12));
      call("refused");
      await usage.flush();
      const rows = await usageOf(db, token);
      expect(rows.map(({ day, outcome, calls }) => [day, outcome, calls])).toEqual([
        ["2026-06-15", "allowed", 3],
        ["2026-06-15", "forbidden", 1],
        ["2026-06-16", "refused", 1],
      ]);
      const byHour = Array<number>(24).fill(0).with(12, 2).with(13, 1);
      expect(rows[0]?.byHour).toEqual(byHour);
    }),
  );

  it(
    "writes nothing where nothing changed",
    scene(async ({ db, usage, token, call }) => {
      call();
      await usage.flush();
      const before = await usageOf(db, token);
      await usage.flush();
      await usage.flush({ everything: true });
      expect(await usageOf(db, token)).toEqual(before);
    }),
  );

  it(
    "moves the last use at most once a minute, and loses none",
    scene(async ({ db, token, usage, at, call }) => {
      call();
      await usage.flush();
      expect(await lastUseOf(db, token)).toEqual({ at: NOW, ip: "192.0.2.1", agent: "curl/8" });
      at(later(30_000));
      call("allowed", "192.0.2.2");
      await usage.flush();
      expect((await lastUseOf(db, token))?.at).toEqual(NOW);
      at(later(60_000));
      await usage.flush();
      expect(await lastUseOf(db, token)).toEqual({ at: later(30_000), ip: "192.0.2.2", agent: "curl/8" });
    }),
  );

  it(
    "writes what was not due yet when the process ends",
    scene(async ({ db, token, usage, at, call }) => {
      call();
      await usage.flush();
      at(later(5000));
      call();
      expect(await usage.close()).toBe(true);
      expect((await lastUseOf(db, token))?.at).toEqual(later(5000));
    }),
  );

  it(
    "never moves the last use back",
    scene(async ({ db, world, token, usage, at, call }) => {
      await db
        .update(apiTokens)
        .set({ lastUsedAt: days(1) })
        .where(eq(apiTokens.id, token.id));
      at(NOW);
      call();
      await usage.flush({ everything: true });
      expect((await lastUseOf(db, token))?.at).toEqual(days(1));
      expect(world.organizationId).toBeDefined();
    }),
  );

  it(
    "of a token that is over counts as refused, and is no use",
    scene(async ({ db, token, usage, call }) => {
      call("refused");
      await usage.flush({ everything: true });
      expect((await usageOf(db, token)).map(({ outcome, calls }) => [outcome, calls])).toEqual([["refused", 1]]);
      expect((await lastUseOf(db, token))?.at).toBeNull();
      expect(await callersOf(db, token)).toEqual([]);
    }),
  );

  it(
    "knows from where, by what and when first and last, and takes no harm from strange addresses and agents",
    scene(async ({ db, token, usage, at, call }) => {
      call("allowed", "2001:db8::1", `a\u0000b\u0007${"x".repeat(500)}`);
      at(later(1000));
      call("allowed", "2001:db8::1", "newer");
      call("allowed", null, "");
      await usage.flush();
      const [caller, ...others] = await callersOf(db, token);
      expect(others).toEqual([]);
      expect(caller).toMatchObject({ ip: "2001:db8::1", agent: "newer", calls: 2, firstAt: NOW, lastAt: later(1000) });
      at(later(2000));
      call("allowed", "2001:db8::2", `a\u0000b\u0007${"x".repeat(500)}`);
      await usage.flush();
      expect((await callersOf(db, token))[1]?.agent).toBe(`ab${"x".repeat(196)}`);
    }),
  );

  it(
    "adds an address up that comes in two spellings",
    scene(async ({ db, token, usage, at, call }) => {
      call("allowed", "2001:db8::1", "first");
      at(later(1000));
      call("allowed", "2001:DB8:0::1", "last");
      expect(await usage.flush()).toBe(true);
      expect(await callersOf(db, token)).toMatchObject([
        { ip: "2001:db8::1", agent: "last", calls: 2, firstAt: NOW, lastAt: later(1000) },
      ]);
    }),
  );

  it(
    "keeps the latest hundred addresses of a token",
    scene(async ({ db, token, usage, at, call }) => {
      for (let batch = 0; batch < 8; batch++) {
        at(later(batch * 1000));
        for (let n = 0; n < 20; n++) call("allowed", `10.0.${batch}.${n}`);
        await usage.flush();
      }
      const ips = (await callersOf(db, token)).map(({ ip }) => ip);
      expect(ips).toHaveLength(100);
      expect(ips.some((ip) => ip.startsWith("10.0.2."))).toBe(false);
      expect(ips.some((ip) => ip.startsWith("10.0.7."))).toBe(true);
    }),
  );

  it(
    "of a token that is gone takes nobody else's along",
    scene(async ({ db, world, token, usage, call }) => {
      usage.record({
        organizationId: world.organizationId,
        tokenId: "gone00000000",
        outcome: "allowed",
        ip: "192.0.2.1",
        agent: null,
      });
      call();
      expect(await usage.flush()).toBe(true);
      expect((await usageOf(db, token)).map(({ calls }) => calls)).toEqual([1]);
    }),
  );
});

describe("a write that fails", () => {
  it("is kept whole, said once, and written with what came meanwhile", async () => {
    const { db, sql } = await freshDatabase();
    const world = await makeWorld(db);
    const token = await world.addToken(world.user);
    let failures = 1;
    const troubles: unknown[] = [];
    const flaky = Object.assign(() => {}, {
      begin: (run: Parameters<typeof sql.begin>[1]) =>
        failures-- > 0 ? Promise.reject(new Error("gone")) : sql.begin(run),
    });
    const usage = new Usage({
      sql: flaky as unknown as typeof sql,
      now: () => NOW.getTime(),
      onTrouble: (trouble) => troubles.push(trouble),
    });
    const call = () =>
      usage.record({
        organizationId: world.organizationId,
        tokenId: token.id,
        outcome: "allowed",
        ip: null,
        agent: null,
      });
    call();
    call();
    expect(await usage.flush()).toBe(false);
    expect(await usageOf(db, token)).toEqual([]);
    call();
    expect(await usage.flush()).toBe(true);
    expect((await usageOf(db, token)).map(({ calls }) => calls)).toEqual([3]);
    expect((await lastUseOf(db, token))?.at).toEqual(NOW);
    expect(troubles).toHaveLength(1);
    await usage.close();
  });

  it("leaves nothing half-written", async () => {
    const { db, sql } = await freshDatabase();
    const world = await makeWorld(db);
    const token = await world.addToken(world.user);
    const usage = new Usage({ sql, now: () => NOW.getTime() });
    const call = (ip: string) =>
      usage.record({ organizationId: world.organizationId, tokenId: token.id, outcome: "allowed", ip, agent: null });
    call("not an address");
    expect(await usage.flush()).toBe(false);
    expect(await usageOf(db, token)).toEqual([]);
    expect(await callersOf(db, token)).toEqual([]);
    expect((await lastUseOf(db, token))?.at).toBeNull();
    await usage.close();
  });

  it("by its own rows is tried three times and then given up with its number of calls, and the rest goes on", async () => {
    const { db, sql } = await freshDatabase();
    const world = await makeWorld(db);
    const token = await world.addToken(world.user);
    const troubles: UsageTrouble[] = [];
    const usage = new Usage({ sql, now: () => NOW.getTime(), onTrouble: (trouble) => troubles.push(trouble) });
    const call = (ip: string) =>
      usage.record({ organizationId: world.organizationId, tokenId: token.id, outcome: "allowed", ip, agent: null });
    call("not an address");
    call("192.0.2.1");
    for (let attempt = 0; attempt < 3; attempt++) expect(await usage.flush()).toBe(false);
    expect(troubles.map((trouble) => ("dropped" in trouble ? trouble.dropped : "kept"))).toEqual(["kept", "kept", 2]);
    call("192.0.2.2");
    expect(await usage.flush()).toBe(true);
    expect((await usageOf(db, token)).map(({ calls }) => calls)).toEqual([1]);
    expect((await callersOf(db, token)).map(({ ip }) => ip)).toEqual(["192.0.2.2"]);
    expect(troubles).toHaveLength(3);
    await usage.close();
  });

  it.each(["21000", "22P02", "23514", "54000"])(
    "by its own rows is told by its SQLSTATE: %s is given up",
    async (code) => {
      const refusing = Object.assign(() => {}, { begin: () => Promise.reject(Object.assign(new Error(), { code })) });
      const troubles: UsageTrouble[] = [];
      const usage = new Usage({ sql: refusing as never, now: () => 0, onTrouble: (trouble) => troubles.push(trouble) });
      usage.record({ organizationId: "o", tokenId: "t", outcome: "allowed", ip: null, agent: null });
      for (let attempt = 0; attempt < 3; attempt++) expect(await usage.flush()).toBe(false);
      expect(troubles.map((trouble) => ("dropped" in trouble ? trouble.dropped : "kept"))).toEqual(["kept", "kept", 1]);
      expect(usage.waiting).toBe(0);
    },
  );

  it("by the connection is never given up, however often", async () => {
    const { db, sql } = await freshDatabase();
    const world = await makeWorld(db);
    const token = await world.addToken(world.user);
    const codes = ["CONNECTION_CLOSED", "57P01", "ECONNREFUSED", "25006", "40P01", undefined];
    const flaky = Object.assign(() => {}, {
      begin: (run: Parameters<typeof sql.begin>[1]) =>
        codes.length > 0 ? Promise.reject(Object.assign(new Error(), { code: codes.shift() })) : sql.begin(run),
    });
    const troubles: UsageTrouble[] = [];
    const usage = new Usage({
      sql: flaky as unknown as typeof sql,
      now: () => NOW.getTime(),
      onTrouble: (trouble) => troubles.push(trouble),
    });
    usage.record({
      organizationId: world.organizationId,
      tokenId: token.id,
      outcome: "allowed",
      ip: null,
      agent: null,
    });
    for (let attempt = 0; attempt < 6; attempt++) expect(await usage.flush()).toBe(false);
    expect(troubles.some((trouble) => "dropped" in trouble)).toBe(false);
    expect(await usage.flush()).toBe(true);
    expect((await usageOf(db, token)).map(({ calls }) => calls)).toEqual([1]);
    await usage.close();
  });

  it("does not hold up others: two processes that count the same tokens both arrive", async () => {
    const { db, sql } = await freshDatabase();
    const world = await makeWorld(db);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => world.addToken(world.user)));
    const processes = [tokens, tokens.toReversed()].map((order, process) => {
      const usage = new Usage({ sql, now: () => later(process).getTime() });
      for (const { id } of order) {
        usage.record({
          organizationId: world.organizationId,
          tokenId: id,
          outcome: "allowed",
          ip: "192.0.2.1",
          agent: null,
        });
      }
      return usage;
    });
    expect(await Promise.all(processes.map((usage) => usage.flush()))).toEqual([true, true]);
    for (const token of tokens) {
      expect((await usageOf(db, token)).map(({ calls }) => calls)).toEqual([2]);
      expect((await lastUseOf(db, token))?.at).toEqual(later(1));
    }
    await Promise.all(processes.map((usage) => usage.close()));
  });

  it("and whoever takes a token out with all of its rows wait for each other, and never both", async () => {
    const { db, sql } = await freshDatabase({ max: 6 });
    const world = await makeWorld(db);
    const token = await world.addToken(world.user);
    const usage = new Usage({ sql, now: () => NOW.getTime() });
    const record = () =>
      usage.record({
        organizationId: world.organizationId,
        tokenId: token.id,
        outcome: "allowed",
        ip: "192.0.2.1",
        agent: null,
      });
    record();
    await usage.flush({ everything: true });
    record();
    const waiting = (count: number) =>
      until(async () => {
        const rows = await sql`
          select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        return rows.length === count;
      });
    let written: Promise<boolean> | undefined;
    let gone: Promise<unknown> | undefined;
    await sql.begin(async (tx) => {
      // The batch comes as far as the counts of the day, and then the deletion comes.
      await tx`select 1 from token_usage where token_id = ${token.id} for update`;
      written = usage.flush({ everything: true });
      await waiting(1);
      gone = sql`delete from api_tokens where id = ${token.id}`.execute();
      await waiting(2);
    });
    expect(await written).toBe(true);
    await gone;
    expect(await usageOf(db, token)).toEqual([]);
    await usage.close();
  });
});
