import { describe, expect, it, onTestFinished } from "vitest";
import { cuttableConnection } from "@/test/cuttable-connection";
import { freshDatabase } from "@/test/database";
import { startInstance, until } from "@/test/instance";
import { redisTool, startRedis } from "@/test/redis";
import { makeWorld } from "@/test/world";
import { CallLimits } from "./call-limits";
import { CallSharing } from "./call-sharing";
import { type CallStore, postgresCallStore } from "./call-store";
import { redisCallStore } from "./redis-call-store";

/** One process's counts, on a clock that stands still; it exchanges when the test says so. */
function process(store: CallStore, deadline?: number) {
  const limits = new CallLimits({ now: () => 100_000 });
  const troubles: unknown[] = [];
  const sharing = new CallSharing({ limits, store, deadline, onTrouble: (error) => troubles.push(error) });
  onTestFinished(() => sharing.close());
  return {
    limits,
    sharing,
    troubles,
    passes: (limit: number, tokenId = "a") =>
      limits.take(
        { tokenId, organizationId: "org" },
        { networks: null, callsPerToken: limit, callsPerOrganization: null },
      ).over === null,
  };
}

const hasRedis = (await redisTool()) !== null;
// Loading it is not what a deadline is to measure.
await import("redis");

describe.each(
  [
    { name: "PostgreSQL", storeOf: postgresCallStore, start: freshDatabase, isThere: true },
    { name: "Redis", storeOf: redisCallStore, start: startRedis, isThere: hasRedis },
  ].filter(({ isThere }) => isThere),
)("processes that share their counts through $name", ({ storeOf, start }) => {
  it("stay within the limit together once they have heard of each other", async () => {
    const { url } = await start();
    const [one, other] = [process(storeOf(url)), process(storeOf(url))];
    for (let call = 0; call < 6; call++) expect(one.passes(10)).toBe(true);
    await one.sharing.exchange();
    expect(other.passes(10)).toBe(true);
    await other.sharing.exchange();
    for (let call = 0; call < 3; call++) expect(other.passes(10)).toBe(true);
    expect(other.passes(10)).toBe(false);
    await other.sharing.exchange();
    await one.sharing.exchange();
    expect(one.passes(10)).toBe(false);
    expect([...one.troubles, ...other.troubles]).toEqual([]);
  });

  it("exceed it by no more than what they let through before they heard, and not again after", async () => {
    const { url } = await start();
    const all = [process(storeOf(url)), process(storeOf(url)), process(storeOf(url))];
    let passed = 0;
    const round = () => {
      for (const one of all) for (let call = 0; call < 50; call++) if (one.passes(10)) passed++;
    };
    round();
    expect(passed).toBe(30);
    for (let exchanges = 0; exchanges < 2; exchanges++) for (const one of all) await one.sharing.exchange();
    round();
    expect(passed).toBe(30);
  });

  it("add up all that is told at once, by many, of many", async () => {
    const { url } = await start();
    const all = Array.from({ length: 4 }, () => process(storeOf(url)));
    for (let round = 0; round < 5; round++) {
      for (const one of all) for (let id = 0; id < 400; id++) one.passes(1000, `t${id}`);
      await Promise.all(all.map(({ sharing }) => sharing.exchange()));
    }
    await Promise.all(all.map(({ sharing }) => sharing.exchange()));
    for (const { limits, troubles } of all) {
      expect(troubles).toEqual([]);
      const left = ["t0", "t199", "t399"].map((tokenId) => {
        const held = { networks: null, callsPerToken: 1000, callsPerOrganization: null };
        return limits.take({ tokenId, organizationId: "org" }, held).allowances[0]?.remaining;
      });
      // Each of four called each of them five times, and this is one more.
      expect(left).toEqual([979, 979, 979]);
    }
  });

  it.each(["refuse", "silence"] as const)(
    "go on alone while it is away by %s, say so once, and share again when it is back",
    async (cut) => {
      const { url } = await start();
      const way = await cuttableConnection(url);
      const [near, far] = [process(storeOf(url)), process(storeOf(way.url), 1500)];
      expect(far.passes(10)).toBe(true);
      await far.sharing.exchange();
      way[cut]();
      for (let call = 0; call < 5; call++) expect(near.passes(10)).toBe(true);
      await near.sharing.exchange();
      for (let tries = 0; tries < (cut === "refuse" ? 4 : 2); tries++) {
        expect(far.passes(10)).toBe(true);
        await far.sharing.exchange();
      }
      expect(far.troubles).toHaveLength(1);
      while (far.passes(10));
      way.mend();
      await far.sharing.exchange();
      await near.sharing.exchange();
      // Ten from afar, and five: heard of as soon as the way is whole.
      expect(near.passes(11)).toBe(false);
      expect(far.passes(15)).toBe(false);
      expect(far.passes(16)).toBe(true);
      way.refuse();
      await far.sharing.exchange();
      expect(far.troubles).toHaveLength(2);
    },
  );

  it("tell what is left when they end, so that the next one hears of it", async () => {
    const { url } = await start();
    const one = process(storeOf(url));
    for (let call = 0; call < 10; call++) one.passes(10);
    await one.sharing.close();
    const next = process(storeOf(url));
    next.passes(10);
    await next.sharing.exchange();
    expect(next.passes(10)).toBe(false);
  });

  it("ask nothing of it where nothing is limited", async () => {
    const asked: unknown[] = [];
    const limits = new CallLimits();
    const store = { exchange: async (told: unknown) => asked.push(told) as never, disconnect: () => {} };
    const sharing = new CallSharing({ limits, store });
    limits.take(
      { tokenId: "a", organizationId: "org" },
      { networks: null, callsPerToken: null, callsPerOrganization: null },
    );
    expect(await sharing.exchange()).toBe(false);
    await sharing.close();
    expect(asked).toEqual([]);
  });
});

describe("the table of counts", () => {
  it("keeps three minutes and nothing older", async () => {
    const { url, sql } = await freshDatabase();
    const [{ minute = 0 } = {}] = await sql<{ minute: number }[]>`
      select floor(extract(epoch from clock_timestamp()) / 60)::int as minute`;
    const rows = [minute - 9, minute - 4, minute - 1].map((at) => ({ minute: at, subject_id: "old", calls: 7 }));
    await sql`insert into call_counts ${sql(rows)}`;
    const one = process(postgresCallStore(url));
    one.passes(10);
    await one.sharing.exchange();
    const left = await sql<{ minute: number }[]>`select minute from call_counts where subject_id = 'old'`;
    expect(left.map((row) => row.minute)).toEqual([minute - 1]);
  });
});

describe("instances with a limit", () => {
  it("hold a token to it together, each from its own memory, by themselves and without a call that waits", async () => {
    const { url, db, sql } = await freshDatabase();
    const world = await makeWorld(db, { policy: { callsPerToken: 40, callsPerOrganization: 1000 } });
    const [one, other] = [await startInstance(url), await startInstance(url)];
    const token = await world.addToken(world.user);
    for (const instance of [one, other]) expect((await instance.use(token.secret)).ok).toBe(true);
    // A promise would not look like an answer.
    for (let call = 0; call < 29; call++) expect(one.use(token.secret)).toMatchObject({ ok: true });
    await until(async () => {
      const rows = await sql<{ calls: number }[]>`select calls::int from call_counts where subject_id = ${token.id}`;
      return rows.reduce((sum, { calls }) => sum + calls, 0) === 31;
    });
    await other.sharing.exchange();
    for (let call = 0; call < 9; call++) expect(other.use(token.secret)).toMatchObject({ ok: true });
    expect(other.use(token.secret)).toMatchObject({ ok: false, code: "rate_limited" });
    await other.sharing.exchange();
    await one.sharing.exchange();
    expect(one.use(token.secret)).toMatchObject({
      ok: false,
      allowances: [
        { of: "token", limit: 40, remaining: 0 },
        { of: "organization", limit: 1000, remaining: 960 },
      ],
    });
  });

  it.runIf(hasRedis)("share them through Redis alone where one is set", async () => {
    const { url, db, sql } = await freshDatabase();
    const { url: redisUrl } = await startRedis();
    const world = await makeWorld(db, { policy: { callsPerToken: 5 } });
    const [one, other] = [await startInstance(url, { redisUrl }), await startInstance(url, { redisUrl })];
    const { secret } = await world.addToken(world.user);
    for (let call = 0; call < 4; call++) expect((await one.use(secret)).ok).toBe(true);
    await one.sharing.exchange();
    expect((await other.use(secret)).ok).toBe(true);
    await other.sharing.exchange();
    expect(other.use(secret)).toMatchObject({ ok: false, code: "rate_limited" });
    expect(await sql`select 1 from call_counts`).toEqual([]);
  });

  it("open no connection for it and write no row where no token has one", async () => {
    const { url, db, sql } = await freshDatabase();
    const world = await makeWorld(db);
    const instance = await startInstance(url);
    const { secret } = await world.addToken(world.user);
    for (let call = 0; call < 100; call++) expect((await instance.use(secret)).ok).toBe(true);
    expect(await instance.sharing.exchange()).toBe(false);
    expect(await sql`select 1 from call_counts`).toEqual([]);
    const open = await sql`
      select 1 from pg_stat_activity where datname = current_database() and application_name = 'latchkey calls'`;
    expect(open).toEqual([]);
  });
});
