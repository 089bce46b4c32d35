import { describe, expect, it } from "vitest";
import { days } from "@/test/clock";
import { cuttableConnection } from "@/test/cuttable-connection";
import { freshDatabase } from "@/test/database";
import { startInstance, twoInstances, until } from "@/test/instance";
import { contextOf, makeWorld } from "@/test/world";
import { deleteToken } from "./delete-token";
import { revocationReceipt } from "./revocation-receipt";

async function scene() {
  const on = await twoInstances();
  const ctx = contextOf(on.db);
  const receiptOf = async (id: string) => {
    const outcome = await revocationReceipt(on.world.admin, id, ctx);
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    return outcome.value;
  };
  return { ...on, ctx, receiptOf };
}

describe("the receipt of a deletion", () => {
  it("says after how long every instance that served refuses the token", async () => {
    const { world, ctx, one, receiptOf } = await scene();
    const { id } = await world.addToken(world.user);
    expect(await receiptOf(id)).toMatchObject({ position: null, refusedEverywhereAfter: null, instances: [] });
    await deleteToken(world.user, { id }, ctx);
    await one.catchUp();
    await until(async () => (await receiptOf(id)).refusedEverywhereAfter !== null);
    const receipt = await receiptOf(id);
    expect(receipt.instances.map(({ host, state }) => `${host} ${state}`).sort()).toEqual([
      "one confirmed",
      "other confirmed",
    ]);
    expect(receipt.refusedEverywhereAfter).toBe(Math.max(...receipt.instances.map(({ after }) => after!)));
    expect(receipt.position).toBeGreaterThan(0);
  });

  it("names the instance that has not said so, since when it is silent, and is not closed by one that is", async () => {
    const { sql, world, ctx, one, other, receiptOf } = await scene();
    const { id } = await world.addToken(world.user);
    // As one that hangs: registered, and gone without a word.
    await other.close();
    await sql`update instances set stopped_at = null, heartbeat_at = clock_timestamp() where host = 'other'`;
    await deleteToken(world.user, { id }, ctx);
    await one.catchUp();
    await until(async () => (await receiptOf(id)).instances.some(({ state }) => state === "confirmed"));
    const states = async () =>
      Object.fromEntries((await receiptOf(id)).instances.map(({ host, state, since }) => [host, [state, since]]));
    expect(await states()).toMatchObject({ one: ["confirmed", null], other: ["waiting", expect.any(Date)] });
    await sql`update instances set heartbeat_at = heartbeat_at - interval '10 seconds' where host = 'other'`;
    await sql`update revocation_feed set at = at - interval '10 seconds'`;
    await sql`update instances set started_at = started_at - interval '1 minute'`;
    await sql`update instances set heartbeat_at = clock_timestamp() - interval '16 seconds' where host = 'other'`;
    expect(await states()).toMatchObject({ other: ["silent", expect.any(Date)] });
    expect((await receiptOf(id)).refusedEverywhereAfter).toBeNull();
    await sql`update instances set stopped_at = clock_timestamp() where host = 'other'`;
    expect(await states()).toMatchObject({ other: ["stopped", expect.any(Date)] });
    expect((await receiptOf(id)).refusedEverywhereAfter).not.toBeNull();
  });

  it("is completed by an instance that was cut off when it is back: it remembers nothing of before", async () => {
    const { url, db, sql } = await freshDatabase();
    const world = await makeWorld(db);
    const way = await cuttableConnection(url);
    const instance = await startInstance(way.url, { running: true });
    const ctx = contextOf(db);
    const { id } = await world.addToken(world.user);
    way.refuse();
    await deleteToken(world.user, { id }, ctx);
    const receipt = async () => {
      const outcome = await revocationReceipt(world.admin, id, ctx);
      if (!outcome.ok) throw new Error(outcome.refusal.code);
      return outcome.value;
    };
    expect(await receipt()).toMatchObject({ refusedEverywhereAfter: null, instances: [{ state: "waiting" }] });
    way.mend();
    await until(async () => (await receipt()).refusedEverywhereAfter !== null);
    expect(await receipt()).toMatchObject({ instances: [{ id: instance.presence.id, state: "confirmed" }] });
    const [others] = await sql`select count(*)::int as kept from revocation_confirmations`;
    expect(others).toEqual({ kept: 1 });
  });

  it("waits for an instance that was silent before, for as long as it may serve stale reads", async () => {
    const { sql, world, ctx, one, other, receiptOf } = await scene();
    await other.close();
    for (const [host, staleSeconds, silent] of [
      ["may serve", 30, 40],
      ["is over", 30, 50],
      ["never does", 0, 20],
    ] as const) {
      await sql`insert into instances (id, host, position, stale_seconds, started_at, heartbeat_at) values (gen_random_uuid(),
        ${host}, 0, ${staleSeconds}, now() - interval '1 hour', now() - make_interval(secs => ${silent}))`;
    }
    const { id } = await world.addToken(world.user);
    await deleteToken(world.user, { id }, ctx);
    await one.catchUp();
    await until(async () => (await receiptOf(id)).instances.some(({ state }) => state === "confirmed"));
    const { instances, refusedEverywhereAfter } = await receiptOf(id);
    expect(instances.map(({ host, state }) => `${host}: ${state}`)).toEqual(["may serve: silent", "one: confirmed"]);
    expect(refusedEverywhereAfter).toBeNull();
  });

  it("asks nothing of an instance that stopped before or started later", async () => {
    const { sql, world, ctx, one, other, receiptOf } = await scene();
    const { id } = await world.addToken(world.user);
    await other.close();
    await deleteToken(world.user, { id }, ctx);
    await one.catchUp();
    await sql`insert into instances (id, host, position, started_at) values (gen_random_uuid(), 'later', 0, clock_timestamp())`;
    await until(async () => (await receiptOf(id)).refusedEverywhereAfter !== null);
    expect((await receiptOf(id)).instances.map(({ host }) => host)).toEqual(["one"]);
  });

  it("tells a deletion of which nothing is kept any more from one that nobody had to confirm", async () => {
    const { db, sql, world, one, other } = await scene();
    await Promise.all([one.close(), other.close()]);
    const { id } = await world.addToken(world.user);
    await deleteToken(world.user, { id }, contextOf(db, days(-2)));
    const nobody = await revocationReceipt(world.admin, id, contextOf(db, days(-2)));
    expect(nobody).toMatchObject({ value: { position: expect.any(Number), isKept: true, instances: [] } });
    await sql`update revocation_feed set at = at - interval '25 hours'`;
    await sql`delete from revocation_feed where at < now() - interval '1 day'`;
    const later = await revocationReceipt(world.admin, id, contextOf(db));
    expect(later).toMatchObject({ value: { position: null, isKept: false, refusedEverywhereAfter: null } });
  });

  it("is for those alone who see the token", async () => {
    const { db, world, ctx } = await scene();
    const { id } = await world.addToken(world.admin);
    await deleteToken(world.admin, { id }, ctx);
    const elsewhere = await makeWorld(db);
    for (const actor of [world.user, elsewhere.admin]) {
      expect(await revocationReceipt(actor, id, ctx)).toMatchObject({ ok: false, refusal: { code: "not_found" } });
    }
  });
});
