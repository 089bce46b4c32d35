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
    // The forged one may have been made since: the database was asked of it, and of nothing else.
    expect(one.lookups.count).toBe(2);
    expect(await one.outcome(secret)).toBe("allowed");
    expect(one.lookups.count).toBe(2);
  });

  it("is over at its expiry, and not a moment before, by the database's clock", async () => {
    const { db, sql, world, one } = await twoInstances({ running: true });
    const { secret, id } = await world.addToken(world.engineer);
    const [row] = await sql<{ at: string }[]>`select (clock_timestamp() + interval '3 seconds')::text as at`;
    await db
      .update(apiTokens)
      .set({ expiresAt: new Date(row!.at) })
      .where(eq(apiTokens.id, id));
    await one.catchUp();
    const isOver = async () => {
      const [now] = await sql<{ over: boolean }[]>`select clock_timestamp() >= ${row!.at}::timestamptz as over`;
      return now!.over;
    };
    const seen = new Set<string>();
    for (;;) {
      const overBefore = await isOver();
      const outcome = await one.outcome(secret);
      const overAfter = await isOver();
      seen.add(outcome);
      if (overBefore) expect(outcome).toBe("expired");
      else if (!overAfter) expect(outcome).toBe("allowed");
      if (overBefore) break;
    }
    expect([...seen]).toEqual(["allowed", "expired"]);
  });
});

describe("unknown ids", () => {
  it("are remembered for two seconds", async () => {
    const { one } = await twoInstances();
    const unknown = mintToken("lk", "pat").plain.reveal();
    for (let call = 0; call < 10; call++) expect(await one.outcome(unknown)).toBe("unknown");
    expect(one.lookups.count).toBe(1);
    one.skip(2000);
    await one.serves();
    expect(await one.outcome(unknown)).toBe("unknown");
    expect(one.lookups.count).toBe(2);
    expect(one.cache.size).toBe(0);
  });
});
