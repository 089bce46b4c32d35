import { describe, expect, it } from "vitest";
import { endedSecrets, secretUses } from "@/db/schema";
import { cancelRotation } from "@/lib/tokens/cancel-rotation";
import { startInstance, until } from "@/test/instance";
import { codeOf, rotationScene } from "@/test/rotation-scene";
import { contextOf } from "@/test/world";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("a new secret", () => {
  it("waits while the old one works, is the current one from its first use, and the old one goes on for the overlap", async () => {
    const { one, other, token, rotate, row, actions, db } = await rotationScene();
    expect(await codeOf(one, token.secret)).toBe("ok");
    const fresh = await rotate(2);
    for (const instance of [one, other]) expect(await codeOf(instance, token.secret)).toBe("ok");
    expect(await row()).toMatchObject({ rotatedAt: null, previousHash: null });

    const begun = Date.now();
    expect(await codeOf(other, fresh, "192.0.2.9")).toBe("ok");
    const after = await row();
    expect(after).toMatchObject({
      lastFour: fresh.slice(-4),
      pendingHash: null,
      previousLastFour: token.secret.slice(-4),
    });
    expect(Math.abs((after.previousEndsAt?.getTime() ?? 0) - (begun + 2 * DAY))).toBeLessThan(60_000);
    await Promise.all([one.catchUp(), other.catchUp()]);
    for (const instance of [one, other]) {
      expect(await codeOf(instance, fresh)).toBe("ok");
      expect(await codeOf(instance, token.secret)).toBe("ok");
    }
    expect(await actions()).toEqual(["token.rotated", "token.secret_replaced"]);
    expect(await db.select().from(secretUses)).toMatchObject([{ secret: "current", ip: "192.0.2.9" }]);
  });

  it("is made the current one once, by however many calls at once on however many instances", async () => {
    const { one, other, rotate, row, actions } = await rotationScene();
    const fresh = await rotate();
    const calls = Array.from({ length: 100 }, (_, at) => codeOf(at % 2 ? one : other, fresh));
    expect(new Set(await Promise.all(calls))).toEqual(new Set(["ok"]));
    expect(await actions()).toEqual(["token.rotated", "token.secret_replaced"]);
    expect(await row()).toMatchObject({ lastFour: fresh.slice(-4), pendingHash: null });
  });

  it("never lets anything in after it was taken back or replaced, not even where that was not heard yet", async () => {
    const { one, other, rotate, row, token, db, world } = await rotationScene();
    const cancelled = await rotate();
    // Read before: this instance knows that it waits.
    expect(await one.outcome(cancelled)).toBe("allowed");
    await cancelRotation(world.user, { id: token.id }, contextOf(db));
    expect(await codeOf(one, cancelled)).toBe("invalid_token");
    const replaced = await rotate();
    expect(await other.outcome(replaced)).toBe("allowed");
    const fresh = await rotate();
    expect(await codeOf(other, replaced)).toBe("invalid_token");
    expect(await row()).toMatchObject({ rotatedAt: null });
    expect(await codeOf(other, fresh)).toBe("ok");
    expect(await codeOf(one, token.secret)).toBe("ok");
  });

  it("is not taken up by a call from elsewhere than the token may be used", async () => {
    const { one, rotate, row } = await rotationScene({ allowedNetworks: ["192.0.2.0/24"] });
    const fresh = await rotate();
    expect(await codeOf(one, fresh, "198.51.100.1")).toBe("address_not_allowed");
    expect(await row()).toMatchObject({ rotatedAt: null });
    expect(await codeOf(one, fresh, "192.0.2.1")).toBe("ok");
    expect((await row()).rotatedAt).not.toBeNull();
  });

  it("is not served while the database cannot take it up", async () => {
    const { url, rotate } = await rotationScene();
    const fresh = await rotate();
    const stale = await startInstance(url, { staleSeconds: 30 });
    expect(await stale.outcome(fresh)).toBe("allowed");
    await stale.forgetFreshness();
    stale.lookups.fail = Object.assign(new Error("away"), { code: "ECONNREFUSED" });
    expect(await codeOf(stale, fresh)).toBe("unavailable");
  });

  it("is as unknown as any wrong one of a token that is over", async () => {
    const { one, rotate, token, sql } = await rotationScene();
    const fresh = await rotate();
    await sql`update api_tokens set expires_at = now() where id = ${token.id}`;
    await one.catchUp();
    expect(await codeOf(one, fresh)).toBe("invalid_token");
    expect(await codeOf(one, token.secret)).toBe("invalid_token");
  });
});

describe("the old secret", () => {
  it("ends at once where no overlap was chosen, on every instance that has heard", async () => {
    const { one, other, token, rotate, row, db } = await rotationScene();
    expect(await codeOf(one, token.secret)).toBe("ok");
    const fresh = await rotate(0);
    expect(await codeOf(one, token.secret)).toBe("ok");
    expect(await codeOf(one, fresh)).toBe("ok");
    await one.catchUp();
    expect(await codeOf(one, token.secret)).toBe("invalid_token");
    await until(async () => (await codeOf(other, token.secret)) === "invalid_token");
    expect(await row()).toMatchObject({ previousHash: null });
    expect(await db.select().from(endedSecrets)).toMatchObject([{ tokenId: token.id }]);
  });

  it("ends at the instant of its end, though memory serves a reading of before", async () => {
    const { one, token, rotate, sql } = await rotationScene();
    const fresh = await rotate(1);
    expect(await codeOf(one, fresh)).toBe("ok");
    await sql`update api_tokens set previous_ends_at = now() + interval '3 seconds' where id = ${token.id}`;
    await one.catchUp();
    expect(await codeOf(one, token.secret)).toBe("ok");
    // Its instant has come, of which nobody is told.
    await sql`alter table api_tokens disable trigger user`;
    await sql`update api_tokens set previous_ends_at = now() where id = ${token.id}`;
    one.skip(3000);
    await one.serves();
    expect(await one.outcome(token.secret)).toBe("wrong_secret");
    expect(await codeOf(one, fresh)).toBe("ok");
  });

  it("ends no later than the token would have, and the one before it with the next rotation", async () => {
    const { one, token, rotate, row, db } = await rotationScene({ expiresAt: new Date(Date.now() + HOUR) });
    const second = await rotate(7);
    expect(await codeOf(one, second)).toBe("ok");
    const { previousEndsAt } = await row();
    expect(previousEndsAt?.getTime()).toBeLessThanOrEqual(Date.now() + HOUR);
    const third = await rotate(7);
    expect(await codeOf(one, third)).toBe("ok");
    await one.catchUp();
    expect(await codeOf(one, token.secret)).toBe("invalid_token");
    expect(await codeOf(one, second)).toBe("ok");
    expect(await db.$count(endedSecrets)).toBe(1);
  });

  it("is told apart in the counts of use while both work, and moves no counts of its own afterwards", async () => {
    const { one, token, rotate, db } = await rotationScene();
    const fresh = await rotate();
    expect(await codeOf(one, fresh, "192.0.2.1")).toBe("ok");
    await one.catchUp();
    expect(await codeOf(one, token.secret, "192.0.2.2")).toBe("ok");
    expect(await codeOf(one, fresh, "192.0.2.3")).toBe("ok");
    await one.usage.flush({ everything: true });
    const uses = await db
      .select({ secret: secretUses.secret, ip: secretUses.ip })
      .from(secretUses)
      .orderBy(secretUses.secret);
    expect(uses).toEqual([
      { secret: "current", ip: "192.0.2.3" },
      { secret: "previous", ip: "192.0.2.2" },
    ]);
  });
});

describe("a token without a rotation", () => {
  it("is answered from memory without a look at any other secret, and writes nothing of its secrets", async () => {
    const { one, token, db } = await rotationScene();
    expect(await codeOf(one, token.secret, "192.0.2.1")).toBe("ok");
    expect(one.use(token.secret, "192.0.2.1")).toMatchObject({ ok: true });
    await one.usage.flush({ everything: true });
    expect(await db.$count(secretUses)).toBe(0);
  });
});
