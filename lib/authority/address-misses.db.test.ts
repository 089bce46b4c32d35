import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { deleteToken } from "@/lib/tokens/delete-token";
import { mintToken } from "@/lib/tokens/token-secret";
import { days, NOW } from "@/test/clock";
import { freshDatabase } from "@/test/database";
import { forgeToken } from "@/test/forge-token";
import { startInstance, until } from "@/test/instance";
import { signedFor } from "@/test/signed";
import { contextOf, makeWorld } from "@/test/world";
import { MISSES_A_MINUTE } from "./address-misses";

const ATTACKER = "203.0.113.7";
const OTHER = "203.0.113.8";
const unknown = () => mintToken("lk", "pat").plain.reveal();

async function scene() {
  const { url, db, sql } = await freshDatabase();
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
  return { db, sql, world, instance, use, exhaust };
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

it("tells no token that is over from one that never was, whether it was let in before or not", async () => {
  const { db, sql, world, instance, use, exhaust } = await scene();
  const leaver = await world.addMember({ role: "user" });
  const [expires, ends, ofLeaver] = [
    await world.addToken(world.user),
    await world.addToken(world.user),
    await world.addToken(leaver),
  ];
  const before = [expires, ends, ofLeaver];
  for (const { secret } of before) expect(await use(secret)).toBe("allowed");
  await sql`update api_tokens set expires_at = now() where id = ${expires.id}`;
  await deleteToken(world.user, { id: ends.id }, contextOf(db));
  await world.deactivate(leaver);
  await instance.catchUp();
  const never = [
    await world.addToken(world.user, { expiresAt: days(-1) }),
    await world.addToken(world.user, { deletedAt: NOW }),
    await world.addToken(leaver),
    await world.addToken(world.user, { kind: "cls" }),
  ];
  // One of them is in memory as what it is now.
  await use(never[0]!.secret, OTHER);
  await exhaust();
  for (const { secret } of [...before, ...never]) {
    for (const text of [secret, forgeToken(secret, unknown()), secret]) expect(await use(text)).toBe("too_many_misses");
  }
});

it("counts the look-up of a token that is over like that of a forged one", async () => {
  const { world, use } = await scene();
  const tokens = await Promise.all(
    Array.from({ length: MISSES_A_MINUTE }, () => world.addToken(world.user, { expiresAt: days(-1) })),
  );
  for (const { secret } of tokens) expect(await use(secret)).toBe("invalid_token");
  expect(await use(unknown())).toBe("too_many_misses");
});

it("shuts nobody out for programs that go on with a token that is over", async () => {
  const { world, instance, use } = await scene();
  const over = await world.addToken(world.user, { expiresAt: days(-1) });
  for (let call = 0; call < MISSES_A_MINUTE * 2; call++) expect(await use(over.secret)).toBe("invalid_token");
  // Memory is not believed at once that it is over; that is bounded by itself, and beyond it memory answers.
  expect(instance.lookups.count).toBeLessThan(MISSES_A_MINUTE + 5);
  expect(await use((await world.addToken(world.user)).secret)).toBe("allowed");
});

it("lets through what was let in before, though memory was emptied since, and looks it up but once", async () => {
  const { world, instance, use, exhaust } = await scene();
  const [good, wrong] = [await world.addToken(world.user), await world.addToken(world.user)];
  expect(await use(good.secret)).toBe("allowed");
  await exhaust();
  instance.cache.empty();
  const { count } = instance.lookups;
  expect(await use(forgeToken(good.secret, unknown()))).toBe("too_many_misses");
  expect(await use(wrong.secret)).toBe("too_many_misses");
  expect(instance.lookups.count).toBe(count);
  expect(await use(good.secret)).toBe("allowed");
  expect(await use(good.secret)).toBe("allowed");
  expect(instance.lookups.count).toBe(count + 1);
});

it("lets through what was let in before, though the feed was lost", async () => {
  const { sql, world, instance, use, exhaust } = await scene();
  const good = await world.addToken(world.user);
  expect(await use(good.secret)).toBe("allowed");
  await exhaust();
  const { losses } = instance.feed;
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'latchkey feed' and datname = current_database()`;
  await until(() => !instance.feed.isListening || instance.feed.losses > losses);
  expect(await use(good.secret)).toBe("allowed");
  await until(() => instance.feed.isListening);
  await instance.serves();
  expect(await use(good.secret)).toBe("allowed");
  expect(await use(unknown())).toBe("too_many_misses");
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

/** Access tokens that nobody signed, under a key that exists or one that does not. */
async function jwtScene() {
  const found = await scene();
  const client = await found.world.addToken(found.world.user, { kind: "cls" });
  const signed = (forged?: Parameters<typeof signedFor>[3]) => signedFor(found.db, found.world, client, forged);
  const [head, body, signature] = (await signed()).split(".");
  const forge = {
    "whose signature is wrong": (n: number) => {
      const claims = JSON.parse(Buffer.from(body!, "base64url").toString());
      return `${head}.${Buffer.from(JSON.stringify({ ...claims, n })).toString("base64url")}.${signature}`;
    },
    "whose key does not exist": (n: number) => {
      const header = JSON.parse(Buffer.from(head!, "base64url").toString());
      return `${Buffer.from(JSON.stringify({ ...header, kid: `k${n}` })).toString("base64url")}.${body}.${signature}`;
    },
  };
  return { ...found, client, signed, forge };
}

it.each(["whose signature is wrong", "whose key does not exist"] as const)(
  "counts access tokens %s, reads nothing for them, and lets in meanwhile what was signed here",
  async (how) => {
    const { forge, signed, use, instance } = await jwtScene();
    const wrong = forge[how];
    for (let n = 0; n < MISSES_A_MINUTE; n++) expect([n, await use(wrong(n))]).toEqual([n, "invalid_token"]);
    expect(await use(wrong(MISSES_A_MINUTE))).toBe("too_many_misses");
    expect(instance.lookups.count).toBe(0);
    expect(await use(unknown())).toBe("too_many_misses");
    expect(await use(wrong(MISSES_A_MINUTE), OTHER)).toBe("invalid_token");
    // One that nobody has seen yet, and one that is over: its program has to hear that, or it would not renew it.
    expect(await use(await signed())).toBe("allowed");
    expect(await use(await signed({ issued: -3601, expires: -1 }))).toBe("invalid_token");
    expect(await use(wrong(1))).toBe("too_many_misses");
  },
);

it("counts access tokens of a client that never was, though they are signed", async () => {
  const { signed, use } = await jwtScene();
  const id = randomUUID().replaceAll("-", "").slice(0, 12);
  const nobodys = await Promise.all(
    Array.from({ length: MISSES_A_MINUTE }, () => signed({ claims: { sub: id, client_id: id } })),
  );
  for (const text of nobodys) expect(await use(text)).toBe("invalid_token");
  expect(await use(unknown())).toBe("too_many_misses");
});

it("shuts nobody out for one program that tries its one wrong access token on and on", async () => {
  const { world, forge, use } = await jwtScene();
  const wrong = forge["whose signature is wrong"](1);
  for (let call = 0; call < MISSES_A_MINUTE * 2; call++) expect(await use(wrong)).toBe("invalid_token");
  expect(await use((await world.addToken(world.user)).secret)).toBe("allowed");
});
