import { createSecretKey, randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { apiTokens } from "@/db/schema";
import { deleteToken } from "@/lib/tokens/delete-token";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import type { Peppers } from "@/lib/tokens/token-peppers";
import { cuttableConnection } from "@/test/cuttable-connection";
import { freshDatabase } from "@/test/database";
import { startInstance, until } from "@/test/instance";
import { contextOf, makeWorld } from "@/test/world";

const GONE = Object.assign(new Error("gone"), { code: "CONNECTION_CLOSED" });

async function scene(staleSeconds: number) {
  const { url, db, sql } = await freshDatabase();
  const world = await makeWorld(db);
  const instance = await startInstance(url, { staleSeconds });
  const token = await world.addToken(world.admin);
  expect(await instance.outcome(token.secret)).toBe("allowed");
  return { db, sql, world, instance, token };
}

/** The database answers neither look-ups nor the feed any more. */
async function cutOff(instance: Awaited<ReturnType<typeof startInstance>>) {
  instance.lookups.fail = GONE;
  await instance.feed.close();
}

describe("a database that is away", () => {
  it("lets nothing through, also not what is in memory, where no stale reading is allowed", async () => {
    const { instance, token } = await scene(0);
    await cutOff(instance);
    expect(await instance.outcome(token.secret)).toBe("unavailable");
  });

  it("lets what is in memory read for as long as was set, counted from its last answer, and administer never", async () => {
    const { instance, token, world } = await scene(20);
    await cutOff(instance);
    const found = await instance.check(token.secret);
    if (found.outcome !== "allowed") throw new Error(found.outcome);
    expect(found.stale).toBe(true);
    const lost = [...world.admin.permissions].filter((permission) => !found.actor.permissions.has(permission));
    expect(lost.sort()).toEqual([...world.admin.permissions].filter((one) => !one.endsWith(":read")).sort());
    expect([...found.actor.permissions].every((permission) => permission.endsWith(":read"))).toBe(true);
    instance.skip(18_000);
    expect(await instance.outcome(token.secret)).toBe("allowed");
    instance.skip(2_000);
    expect(await instance.outcome(token.secret)).toBe("unavailable");
    instance.lookups.fail = null;
    expect(await instance.check(token.secret)).not.toHaveProperty("stale");
  });

  it("lets nothing in that is not in memory, and nobody with another secret", async () => {
    const { instance, world } = await scene(20);
    const other = await world.addToken(world.user);
    await cutOff(instance);
    expect(await instance.outcome(other.secret)).toBe("unavailable");
  });

  it("brings no token back whose end was answered here, nor one that has expired meanwhile", async () => {
    const { db, sql, instance, world, token } = await scene(20);
    const expiring = await world.addToken(world.user);
    const [row] = await sql<{ at: string }[]>`select (clock_timestamp() + interval '10 seconds')::text as at`;
    await db
      .update(apiTokens)
      .set({ expiresAt: new Date(row!.at) })
      .where(eq(apiTokens.id, expiring.id));
    await instance.catchUp();
    expect(await instance.outcome(expiring.secret)).toBe("allowed");
    await cutOff(instance);
    instance.skip(10_000);
    expect(await instance.outcome(expiring.secret)).toBe("unavailable");
    await deleteToken(world.admin, { id: token.id }, contextOf(db));
    await instance.catchUp();
    expect(await instance.outcome(token.secret)).toBe("unavailable");
  });
});

describe("an instance that alone is cut off", () => {
  it.each(["silence", "refuse"] as const)(
    "by %s accepts nothing a second later, says 503 soon, refuses no good token, and comes back by itself",
    async (cut) => {
      const { url, db } = await freshDatabase();
      const world = await makeWorld(db);
      const way = await cuttableConnection(url);
      const instance = await startInstance(way.url, { running: true });
      const doomed = await world.addToken(world.user);
      const good = await world.addToken(world.user);
      for (const { secret } of [doomed, good]) expect(await instance.outcome(secret)).toBe("allowed");

      way[cut]();
      await deleteToken(world.user, { id: doomed.id }, contextOf(db));
      const deletedAt = performance.now();
      const seen = new Set<string>();
      while (performance.now() - deletedAt < 3000) {
        const asked = performance.now();
        const [outcome, goodOutcome] = await Promise.all([
          instance.outcome(doomed.secret),
          instance.outcome(good.secret),
        ]);
        if (asked - deletedAt > 1000) expect([outcome, goodOutcome]).toEqual(["unavailable", "unavailable"]);
        seen.add(goodOutcome);
        // Two seconds at most by its deadlines, and what a busy machine takes to notice.
        expect(performance.now() - asked).toBeLessThan(2500);
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect([...seen].sort()).toEqual(seen.has("allowed") ? ["allowed", "unavailable"] : ["unavailable"]);

      way.mend();
      const mendedAt = performance.now();
      await until(async () => {
        const outcomes = [await instance.outcome(doomed.secret), await instance.outcome(good.secret)];
        for (const outcome of outcomes) expect(["unavailable", "deleted", "allowed"]).toContain(outcome);
        expect(outcomes[0]).not.toBe("allowed");
        return outcomes[0] === "deleted" && outcomes[1] === "allowed";
      });
      await instance.serves();
      expect(performance.now() - mendedAt).toBeLessThan(10_000);
    },
  );
});

it("renews a hash under a retired pepper at its use, once, and not over a newer one", async () => {
  const { url, db } = await freshDatabase();
  const world = await makeWorld(db);
  const { peppers: old } = mintingKeys();
  const current = { id: "newer", key: createSecretKey(randomBytes(32)) };
  const peppers: Peppers = { current, byId: new Map([[current.id, current], ...old.byId]) };
  const instance = await startInstance(url, { peppers });
  const renewed = await world.addToken(world.user);
  const changed = await world.addToken(world.user);
  const untouched = await world.addToken(world.user);
  const pepperOf = async (id: string) =>
    (await db.select({ pepper: apiTokens.pepperId }).from(apiTokens).where(eq(apiTokens.id, id)))[0]?.pepper;
  for (const { secret } of [renewed, changed]) expect(await instance.outcome(secret)).toBe("allowed");
  await db
    .update(apiTokens)
    .set({ secretHash: Buffer.alloc(32) })
    .where(eq(apiTokens.id, changed.id));
  await until(async () => (await pepperOf(renewed.id)) === "newer");
  expect(await pepperOf(changed.id)).toBe(old.current.id);
  expect(await pepperOf(untouched.id)).toBe(old.current.id);
  const alone = await startInstance(url, { peppers: { current, byId: new Map([[current.id, current]]) } });
  expect(await alone.outcome(renewed.secret)).toBe("allowed");
  expect(await alone.outcome(untouched.secret)).toBe("wrong_secret");
});
