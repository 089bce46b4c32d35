import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { apiTokens } from "@/db/schema";
import { mintToken } from "@/lib/tokens/token-secret";
import { forgeToken } from "@/test/forge-token";
import { twoInstances, until } from "@/test/instance";

describe("a token in memory", () => {
  it("costs the database nothing, until its reading is too old", async () => {
    const { world, one } = await twoInstances();
    const { secret } = await world.addToken(world.engineer);
    for (let call = 0; call < 100; call++) expect(await one.outcome(secret)).toBe("allowed");
    expect(one.lookups.count).toBe(1);
    await one.forgetFreshness();
    expect(await one.outcome(secret)).toBe("allowed");
    expect(one.lookups.count).toBe(2);
  });

  it("is read once for all that come while it is read", async () => {
    const { world, one } = await twoInstances();
    const { secret } = await world.addToken(world.engineer);
    const release = one.hold();
    const calls = [one.outcome(secret)];
    await until(() => one.lookups.held === 1);
    for (let call = 0; call < 32; call++) calls.push(one.outcome(secret));
    release();
    expect(new Set(await Promise.all(calls))).toEqual(new Set(["allowed"]));
    expect(one.lookups.count).toBe(1);
  });

  it("answers to its secret alone", async () => {
    const { world, one } = await twoInstances();
    const { secret } = await world.addToken(world.engineer);
    expect(await one.outcome(secret)).toBe("allowed");
    const forged = forgeToken(secret, mintToken("lk", "pat").plain.reveal());
    expect(await one.outcome(forged)).toBe("wrong_secret");
    expect(await one.outcome(`${secret.slice(0, -1)}${secret.endsWith("0") ? "1" : "0"}`)).toBe("malformed");
    expect(await one.outcome(secret)).toBe("allowed");
    expect(one.lookups.count).toBe(1);
  });

  it("is over at its expiry, and not a moment before, by the database's clock", async () => {
    const { db, sql, world, one } = await twoInstances({ running: true });
    const { secret, id } = await world.addToken(world.engineer);
    const [row] = await sql<{ at: string }[]>`select (clock_timestamp() + interval '1500 milliseconds')::text as at`;
    await db
      .update(apiTokens)
      .set({ expiresAt: new Date(row!.at) })
      .where(eq(apiTokens.id, id));
    await one.catchUp();
    const isOver = async () => {
      const [now] = await sql<{ over: boolean }[]>`select clock_timestamp() >= ${row!.at}::timestamptz as over`;
      return now!.over;
    };
    let calls = 0;
    for (; ; calls++) {
      const overBefore = await isOver();
      const outcome = await one.outcome(secret);
      const overAfter = await isOver();
      if (overBefore) expect(outcome).toBe("expired");
      else if (!overAfter) expect(outcome).toBe("allowed");
      if (overBefore) break;
    }
    expect(calls).toBeGreaterThan(10);
  });

  it("never lends its rights to another, in 10,000 interleaved calls", async () => {
    const { world, one } = await twoInstances();
    const strong = await world.addToken(world.admin);
    const weak = await world.addToken(world.viewer);
    const expected = { [strong.id]: world.admin, [weak.id]: world.viewer };
    for (let call = 0; call < 10_000; call++) {
      const token = Math.random() < 0.5 ? strong : weak;
      if (call % 1000 === 0) one.skip(5000);
      const found = await one.check(token.secret);
      if (found.outcome !== "allowed") throw new Error(found.outcome);
      const member = expected[token.id]!;
      expect(found.actor.tokenId === token.id && found.actor.memberId === member.memberId).toBe(true);
      expect(found.token.id).toBe(token.id);
      expect(found.actor.permissions.has("organization:manage")).toBe(token === strong);
    }
  });
});

describe("unknown ids", () => {
  it("are remembered for two seconds, and 10,000 of them take no more than their room", async () => {
    const { one } = await twoInstances();
    const unknown = mintToken("lk", "pat").plain.reveal();
    for (let call = 0; call < 10; call++) expect(await one.outcome(unknown)).toBe("unknown");
    expect(one.lookups.count).toBe(1);
    one.skip(2000);
    await one.serves();
    expect(await one.outcome(unknown)).toBe("unknown");
    expect(one.lookups.count).toBe(2);

    const before = process.memoryUsage().rss;
    for (let round = 0; round < 10; round++) {
      const ids = Array.from({ length: 1000 }, () => mintToken("lk", "pat").plain.reveal());
      await Promise.all(ids.map(one.outcome));
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
    expect(one.cache.size).toBe(0);
  });
});
