import { expect, it } from "vitest";
import { mintToken } from "@/lib/tokens/token-secret";
import { freshDatabase } from "@/test/database";
import { forgeToken } from "@/test/forge-token";
import { startInstance } from "@/test/instance";
import { makeWorld } from "@/test/world";
import { MISSES_A_MINUTE } from "./address-misses";

const ATTACKER = "203.0.113.7";
const OTHER = "203.0.113.8";
const unknown = () => mintToken("lk", "pat").plain.reveal();

async function scene() {
  const { url, db } = await freshDatabase();
  const world = await makeWorld(db);
  const instance = await startInstance(url);
  const use = async (secret: string, ip: string | null = ATTACKER) => {
    const admission = await instance.use(secret, ip);
    return admission.ok ? "allowed" : admission.code;
  };
  const exhaust = async () => {
    const answers = await Promise.all(Array.from({ length: MISSES_A_MINUTE }, () => use(unknown())));
    expect(new Set(answers)).toEqual(new Set(["invalid_token"]));
  };
  return { world, instance, use, exhaust };
}

it("looks nothing up for an address that sent too many tokens that do not exist, and says when to come again", async () => {
  const { instance, use, exhaust } = await scene();
  await exhaust();
  const { count } = instance.lookups;
  for (let call = 0; call < 20; call++) expect(await use(unknown())).toBe("too_many_misses");
  expect(instance.lookups.count).toBe(count);
  const refusal = await instance.use(unknown(), ATTACKER);
  expect(refusal).toMatchObject({ ok: false, token: null, allowances: [] });
  expect(refusal.ok ? null : refusal.retryAfter).toBeGreaterThanOrEqual(1);
});

it("lets tokens in memory through from there, also where they have to be read again, and all from elsewhere", async () => {
  const { world, instance, use, exhaust } = await scene();
  const [remembered, elsewhere] = [await world.addToken(world.user), await world.addToken(world.user)];
  expect(await use(remembered.secret)).toBe("allowed");
  await exhaust();
  expect(await use(remembered.secret)).toBe("allowed");
  await instance.forgetFreshness();
  expect(await use(remembered.secret)).toBe("allowed");
  await world.setRole(world.user, world.viewer.roleId);
  await instance.catchUp();
  expect(await use(remembered.secret)).toBe("allowed");
  expect(await use(elsewhere.secret)).toBe("too_many_misses");
  expect(await use(elsewhere.secret, OTHER)).toBe("allowed");
  expect(await use(elsewhere.secret)).toBe("allowed");
  expect(await use(unknown(), null)).toBe("invalid_token");
});

it("tells no token that exists from one that does not, in memory or not", async () => {
  const { world, instance, use, exhaust } = await scene();
  const [remembered, stored] = [await world.addToken(world.user), await world.addToken(world.user)];
  expect(await use(remembered.secret)).toBe("allowed");
  await exhaust();
  const guesses = [forgeToken(remembered.secret, unknown()), forgeToken(stored.secret, unknown()), unknown()];
  const answers = await Promise.all(guesses.map(async (guess) => instance.use(guess, ATTACKER)));
  // The second may turn between two of them.
  const told = answers.map((answer) => JSON.stringify(answer).replace(/"retryAfter":\d+/, ""));
  expect(new Set(told).size).toBe(1);
  expect(told[0]).toContain("too_many_misses");
});

it("counts wrong secrets that were looked up", async () => {
  const { world, use } = await scene();
  const tokens = await Promise.all(Array.from({ length: MISSES_A_MINUTE }, () => world.addToken(world.user)));
  const answers = await Promise.all(tokens.map(({ secret }) => use(forgeToken(secret, unknown()))));
  expect(new Set(answers)).toEqual(new Set(["invalid_token"]));
  expect(await use(unknown())).toBe("too_many_misses");
});

it("shuts nobody out for one client that tries its one wrong token on and on", async () => {
  const { world, use } = await scene();
  const wrong = unknown();
  const forged = forgeToken((await world.addToken(world.user)).secret, unknown());
  for (let call = 0; call < MISSES_A_MINUTE; call++) {
    expect([await use(wrong), await use(forged)]).toEqual(["invalid_token", "invalid_token"]);
  }
  const good = await world.addToken(world.user);
  expect(await use(good.secret)).toBe("allowed");
});
