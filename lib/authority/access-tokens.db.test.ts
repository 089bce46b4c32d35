import { createHmac, createPublicKey, generateKeyPairSync, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { decodeJwt, decodeProtectedHeader, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiLogins, apiTokens, revokedAccessTokens, roles, signingKeys, tokenPolicies } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { signAccessToken } from "@/lib/oauth/sign-access-token";
import { believedKeys } from "@/lib/oauth/signing-keys";
import { freshDatabase } from "@/test/database";
import { startInstance, twoInstances } from "@/test/instance";
import { codeOf } from "@/test/rotation-scene";
import { assembled, type Forged, signedFor } from "@/test/signed";
import { makeWorld, type World } from "@/test/world";

const minutesFromNow = (n: number) => new Date(Date.now() + n * 60_000);

async function clientScene(wish: Parameters<typeof twoInstances>[0] = {}) {
  const scene = await twoInstances(wish);
  const client = await scene.world.addToken(scene.world.engineer, { kind: "cls" });
  const signed = (forged?: Forged) => signedFor(scene.db, scene.world, client, forged);
  const hear = () => Promise.all([scene.one.catchUp(), scene.other.catchUp()]);
  return { ...scene, client, signed, hear };
}

/** A person who signed in to the API. */
async function addLogin(db: Db, { organizationId }: World, { memberId }: MemberActor): Promise<string> {
  const id = randomUUID();
  const created = { createdAt: minutesFromNow(-1), lastSeenAt: minutesFromNow(-1), expiresAt: minutesFromNow(60 * 24) };
  await db.insert(apiLogins).values({ organizationId, id, memberId, ...created });
  return id;
}

describe("a client's access token", () => {
  it("acts for its client with its scope, cut down to what the client may now, until its hour is over", async () => {
    const { one, signed, client, world } = await clientScene();
    const text = await signed({ claims: { scope: "audit:read tokens:read" } });
    const found = await one.check(text);
    if (found.outcome !== "allowed") throw new Error(found.outcome);
    expect(found.actor).toMatchObject({ kind: "token", tokenId: client.id, memberId: world.engineer.memberId });
    expect([...found.actor.permissions]).toEqual(["tokens:read"]);
    const { exp = 0, iat = 0, jti } = decodeJwt(text);
    expect(found.token).toMatchObject({ id: client.id, kind: "cls", expiresAt: exp * 1000 });
    expect(found.access).toMatchObject({ id: jti, clientId: client.id, issuedAt: iat * 1000 });
  });

  it("costs no query while it is in memory, and one look at the client's row and its own mark otherwise", async () => {
    const { one, signed } = await clientScene();
    const text = await signed();
    expect(await codeOf(one, text)).toBe("ok");
    const { count } = one.lookups;
    for (let call = 0; call < 1000; call++) expect(one.use(text)).not.toBeInstanceOf(Promise);
    expect(one.lookups.count).toBe(count);
    expect(count).toBe(1);
  });

  it.each<[string, string, Forged]>([
    ["is over by one second", "expired", { issued: -3601, expires: -1 }],
    ["is over this very second", "expired", { issued: -3600, expires: 0 }],
    ["is from the future", "unknown", { issued: 120, expires: 3720 }],
    ["comes from another issuer", "unknown", { claims: { iss: "https://elsewhere.example" } }],
    ["has a list of audiences", "unknown", { claims: { aud: ["http://localhost:3000/api/v1"] } }],
    ["is of another organization", "unknown", { claims: { org: randomUUID() } }],
    ["is of a client that does not exist", "unknown", { claims: { sub: "000000000000", client_id: "000000000000" } }],
    ["has a subject that is not its client", "unknown", { claims: { sub: "000000000000" } }],
    ["has no end", "unknown", { claims: { exp: undefined } }],
    ["has no id", "unknown", { claims: { jti: undefined } }],
    ["does not say by which secret it came", "unknown", { claims: { secret_generation: undefined } }],
    ["is a plain JWT", "malformed", { header: { typ: "JWT" } }],
    ["has no type", "malformed", { header: { typ: undefined } }],
    ["is an ID token", "malformed", { header: { typ: "id+jwt" } }],
    ["brings its own key", "malformed", { header: { jwk: {} } }],
    ["names a key at an address", "malformed", { header: { jku: "https://elsewhere.example/keys" } }],
    ["is signed with a key that nobody knows", "unknown", { header: { kid: "unknown" } }],
    ["names no key", "malformed", { header: { kid: undefined } }],
  ])("is refused where it %s, as every other token", async (_, outcome, forged) => {
    const { one, signed } = await clientScene();
    const text = await signed(forged);
    expect(await one.outcome(text)).toBe(outcome);
    const admission = await one.use(text);
    expect(admission).toEqual({ ok: false, code: "invalid_token", token: null, allowances: [], retryAfter: null });
  });

  it("is believed by its signature alone: without one, with the public key as a secret, with another key, or changed", async () => {
    const { db, one, signed } = await clientScene();
    const right = await signed();
    const header = decodeProtectedHeader(right);
    const claims = decodeJwt(right);
    const { keys } = await believedKeys(db);
    const pem = createPublicKey({ key: keys[0]!.publicKey, format: "jwk" }).export({ format: "pem", type: "spki" });
    const hmac = (text: string) => createHmac("sha256", pem).update(text).digest("base64url");
    const [head, body, signature] = right.split(".") as [string, string, string];
    const own = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    const more = Buffer.from(JSON.stringify({ ...claims, scope: "organization:manage" })).toString("base64url");
    const forged = {
      none: assembled({ ...header, alg: "none" }, claims),
      "None without a type": assembled({ alg: "None", typ: "at+jwt" }, claims),
      HS256: assembled({ ...header, alg: "HS256" }, claims, hmac),
      "HS256 called ES256": assembled(header, claims, hmac),
      "no signature": `${head}.${body}.`,
      "another key": await new SignJWT(claims).setProtectedHeader({ ...header, alg: "ES256" }).sign(own),
      changed: `${head}.${more}.${signature}`,
      "two parts": `${head}.${body}`,
      "four parts": `${right}.${signature}`,
      "all zeros": `${head}.${body}.${Buffer.alloc(64).toString("base64url")}`,
    };
    for (const [how, text] of Object.entries(forged))
      expect([how, await codeOf(one, text)]).toEqual([how, "invalid_token"]);
    expect(await codeOf(one, right)).toBe("ok");
  });

  it("is for one API: the gate lets in what is for the APIs behind it, and no other server does", async () => {
    const { db, url, world } = await clientScene();
    const client = await world.addToken(world.engineer, { kind: "cls" });
    const gate = await startInstance(url, { server: "gate", audiences: ["https://orders.example.com"] });
    const app = await startInstance(url);
    const elsewhere = await signedFor(db, world, client, { claims: { aud: "https://orders.example.com" } });
    const unknown = await signedFor(db, world, client, { claims: { aud: "https://nobody.example.com" } });
    const here = await signedFor(db, world, client);
    expect([await codeOf(gate, elsewhere), await codeOf(app, elsewhere)]).toEqual(["ok", "invalid_token"]);
    expect([await codeOf(gate, unknown), await codeOf(app, unknown)]).toEqual(["invalid_token", "invalid_token"]);
    expect([await codeOf(gate, here), await codeOf(app, here)]).toEqual(["ok", "ok"]);
  });

  it("ends everywhere with its key, with its client, and by being taken back, at the next check", async () => {
    const { db, one, other, signed, hear, world, client } = await clientScene();
    const expectBoth = async (text: string, code: string) => {
      for (const instance of [one, other]) expect(await codeOf(instance, text)).toBe(code);
    };
    const [taken, kept] = [await signed(), await signed()];
    await expectBoth(taken, "ok");
    await expectBoth(kept, "ok");
    const { jti = "", exp = 0 } = decodeJwt(taken);
    const { organizationId } = world;
    const mark = { organizationId, id: jti, revokedAt: new Date(), expiresAt: new Date(exp * 1000) };
    await db.insert(revokedAccessTokens).values(mark);
    await hear();
    await expectBoth(taken, "invalid_token");
    await expectBoth(kept, "ok");

    const { kid = "" } = decodeProtectedHeader(kept);
    await db.update(signingKeys).set({ believedUntil: new Date() }).where(eq(signingKeys.id, kid));
    await hear();
    await expectBoth(kept, "invalid_token");
    const fresh = await signed();
    expect(decodeProtectedHeader(fresh).kid).not.toBe(kid);
    for (const instance of [one, other]) instance.skip(1000);
    await Promise.all([one.serves(), other.serves()]);
    await expectBoth(fresh, "ok");

    await db
      .update(apiTokens)
      .set({ state: "deleted", deletedAt: new Date(), deletedBy: world.engineer.memberId })
      .where(eq(apiTokens.id, client.id));
    await hear();
    await expectBoth(fresh, "invalid_token");
    expect(await one.outcome(fresh)).toBe("deleted");
  });

  it("loses what its issuer's role or the client's own loses, and stops with the issuer and with the organization's tokens", async () => {
    const { db, one, signed, hear, world } = await clientScene();
    const text = await signed();
    const may = async (permission: string) => {
      const found = await one.check(text);
      return found.outcome === "allowed" ? found.actor.permissions.has(permission) : found.outcome;
    };
    expect(await may("tokens:read")).toBe(true);
    await db
      .update(roles)
      .set({ permissions: ["roles:read"] })
      .where(eq(roles.id, world.roleIds.engineer));
    await hear();
    expect([await may("tokens:read"), await may("roles:read")]).toEqual([false, true]);
    await world.setTokensEnabled(false);
    await hear();
    expect(await may("roles:read")).toBe("tokens_disabled");
    await world.setTokensEnabled(true);
    await world.deactivate(world.engineer);
    await hear();
    expect(await may("roles:read")).toBe("issuer_deactivated");
  });

  it("of a token that is no client is none", async () => {
    const { db, one, world } = await clientScene();
    const token = await world.addToken(world.engineer);
    expect(await one.outcome(await signedFor(db, world, token))).toBe("unknown");
    const foreign = await makeWorld(db);
    const theirs = await foreign.addToken(foreign.engineer, { kind: "cls" });
    expect(await one.outcome(await signedFor(db, world, theirs))).toBe("unknown");
  });

  it("is not refused for being unknown while the database is away, and is served for as long as a token is", async () => {
    const { url, db, world, client } = await clientScene();
    const stale = await startInstance(url, { staleSeconds: 30 });
    const text = await signedFor(db, world, client);
    const other = await signedFor(db, world, client);
    expect(await codeOf(stale, text)).toBe("ok");
    await stale.forgetFreshness();
    stale.lookups.fail = Object.assign(new Error("away"), { code: "ECONNREFUSED" });
    expect(await codeOf(stale, other)).toBe("unavailable");
    const found = await stale.check(text);
    expect(found).toMatchObject({ outcome: "allowed", stale: true });
    stale.lookups.fail = null;
  });

  it("with keys that do not exist has the database asked for keys once a second", async () => {
    const { url, db, world, client } = await clientScene();
    const asked: string[] = [];
    const instance = await startInstance(url, { onStatement: (text) => asked.push(text) });
    const forKeys = () => asked.filter((text) => text.includes("from signing_keys")).length;
    for (let n = 0; n < 20; n++) {
      const text = await signedFor(db, world, client, { header: { kid: `unknown-${n}` } });
      expect(await codeOf(instance, text)).toBe("invalid_token");
    }
    expect(forKeys()).toBe(1);
    expect(await codeOf(instance, await signedFor(db, world, client))).toBe("ok");
    expect(forKeys()).toBe(1);
    instance.skip(1000);
    await instance.serves();
    expect(await codeOf(instance, await signedFor(db, world, client, { header: { kid: "unknown" } }))).toBe(
      "invalid_token",
    );
    expect(forKeys()).toBe(2);
  });
});

describe("a person's access token", () => {
  async function loginScene() {
    const scene = await twoInstances();
    const { db, world } = scene;
    const loginId = await addLogin(db, world, world.engineer);
    const sign = async (scope: Iterable<string> = world.engineer.permissions) => {
      const bearer = { memberId: world.engineer.memberId, loginId };
      const made = await signAccessToken({ organizationId: world.organizationId, bearer, scope }, { db });
      return made.plain.reveal();
    };
    const hear = () => Promise.all([scene.one.catchUp(), scene.other.catchUp()]);
    return { ...scene, loginId, sign, hear };
  }

  it("acts as the member, with what the member may now, and is no token of the list", async () => {
    const { one, world, sign, loginId, db, hear } = await loginScene();
    const text = await sign();
    const found = await one.check(text);
    if (found.outcome !== "allowed") throw new Error(found.outcome);
    const { kind, memberId, userId, roleId, portal } = world.engineer;
    expect(found.actor).toMatchObject({ kind, memberId, userId, roleId, portal });
    expect(found.actor.permissions).toEqual(world.engineer.permissions);
    expect(found.token).toMatchObject({ id: loginId, kind: "login", role: null });
    expect(found.access).toMatchObject({ clientId: "latchkey" });
    await db
      .update(roles)
      .set({ permissions: ["roles:read"] })
      .where(eq(roles.id, world.roleIds.engineer));
    await hear();
    const later = await one.check(text);
    expect(later.outcome === "allowed" && [...later.actor.permissions]).toEqual(["roles:read"]);
  });

  it("says through which sign-in the member acts, and whether that may do less than the member", async () => {
    const { one, sign, loginId, db, world, hear } = await loginScene();
    const actorOf = async (text: string) => {
      const found = await one.check(text);
      return found.outcome === "allowed" ? found.actor : found.outcome;
    };
    const [whole, narrow] = [await sign(), await sign(["tokens:read"])];
    expect(await actorOf(whole)).toMatchObject({ loginId });
    expect(await actorOf(whole)).not.toHaveProperty("narrowed");
    expect(await actorOf(narrow)).toMatchObject({ loginId, narrowed: true });
    // A role that gained something since: what was signed before does not have it.
    await db
      .update(roles)
      .set({ permissions: [...world.engineer.permissions, "audit:read"] })
      .where(eq(roles.id, world.roleIds.engineer));
    await hear();
    expect(await actorOf(whole)).toMatchObject({ narrowed: true });
  });

  it("stops with the organization's tokens and comes back with them, loses what a role loses, and ends by being taken back", async () => {
    const { one, other, sign, db, world, hear } = await loginScene();
    const text = await sign();
    const outcomes = async () => [await one.outcome(text), await other.outcome(text)];
    expect(await outcomes()).toEqual(["allowed", "allowed"]);
    await world.setTokensEnabled(false);
    await hear();
    expect(await outcomes()).toEqual(["tokens_disabled", "tokens_disabled"]);
    expect([await codeOf(one, text), await codeOf(other, text)]).toEqual(["invalid_token", "invalid_token"]);
    await world.setTokensEnabled(true);
    await hear();
    expect(await outcomes()).toEqual(["allowed", "allowed"]);
    await world.setRole(world.engineer, world.roleIds.viewer);
    await hear();
    const lowered = await one.check(text);
    expect(lowered.outcome === "allowed" && lowered.actor.permissions.has("tokens:create")).toBe(false);
    const { jti = "", exp = 0 } = decodeJwt(text);
    const mark = { organizationId: world.organizationId, id: jti, revokedAt: new Date() };
    await db.insert(revokedAccessTokens).values({ ...mark, expiresAt: new Date(exp * 1000) });
    await hear();
    expect(await outcomes()).toEqual(["deleted", "deleted"]);
    // What was taken back says so, also where the tokens are switched off or the member is deactivated besides.
    await world.setTokensEnabled(false);
    await world.deactivate(world.engineer);
    await hear();
    expect(await outcomes()).toEqual(["deleted", "deleted"]);
  });

  it("counts against one limit with all others of its member, and with nobody else's", async () => {
    const { one, db, world } = await loginScene();
    await db.update(tokenPolicies).set({ callsPerToken: 3 });
    const ofLogin = async (member: MemberActor) => {
      const bearer = { memberId: member.memberId, loginId: await addLogin(db, world, member) };
      const wish = { organizationId: world.organizationId, bearer, scope: ["tokens:read"] };
      return (await signAccessToken(wish, { db })).plain.reveal();
    };
    const codes: string[] = [];
    for (let login = 0; login < 4; login++) codes.push(await codeOf(one, await ofLogin(world.engineer)));
    expect(codes).toEqual(["ok", "ok", "ok", "rate_limited"]);
    expect(await codeOf(one, await ofLogin(world.user))).toBe("ok");
  });

  it("may do no more than its scope, and its calls are no token's use", async () => {
    const { one, sign, sql } = await loginScene();
    const found = await one.check(await sign(["tokens:read", "audit:read"]));
    expect(found.outcome === "allowed" && [...found.actor.permissions]).toEqual(["tokens:read"]);
    expect(await codeOf(one, await sign())).toBe("ok");
    await one.usage.flush({ everything: true });
    expect(await sql`select 1 from token_usage`).toHaveLength(0);
  });

  it("ends with its sign-in, with the member, and is none of another member or organization", async () => {
    const { one, other, sign, db, loginId, hear, world } = await loginScene();
    const text = await sign();
    expect([await codeOf(one, text), await codeOf(other, text)]).toEqual(["ok", "ok"]);
    const foreign = await makeWorld(db);
    for (const [organizationId, memberId] of [
      [foreign.organizationId, world.engineer.memberId],
      [world.organizationId, world.admin.memberId],
    ] as const) {
      const made = await signAccessToken(
        { organizationId, bearer: { memberId, loginId }, scope: ["tokens:read"] },
        { db },
      );
      expect(await one.outcome(made.plain.reveal())).toBe("unknown");
    }
    await world.deactivate(world.engineer);
    await hear();
    expect([await one.outcome(text), await other.outcome(text)]).toEqual(["issuer_deactivated", "issuer_deactivated"]);
    await db.update(apiLogins).set({ endedAt: new Date(), endedBy: "logout" }).where(eq(apiLogins.id, loginId));
    await hear();
    expect([await one.outcome(text), await other.outcome(text)]).toEqual(["deleted", "deleted"]);
  });
});

it("an access token serves for the hour that is left of its client, and is signed anew by whichever process", async () => {
  const { db } = await freshDatabase();
  const world = await makeWorld(db);
  const client = await world.addToken(world.user, { kind: "cls" });
  const wish = {
    organizationId: world.organizationId,
    bearer: { clientId: client.id, secretGeneration: 0 },
    scope: ["b:b", "a:a", "a:a"],
  };
  const [whole, short] = await Promise.all([
    signAccessToken(wish, { db }),
    signAccessToken({ ...wish, notAfter: Date.now() + 90_000 }, { db }),
  ]);
  expect([whole.expiresIn, whole.scope]).toEqual([3600, "a:a b:b"]);
  expect(short.expiresIn).toBeGreaterThan(85);
  expect(short.expiresIn).toBeLessThanOrEqual(90);
  expect(await db.select().from(signingKeys)).toHaveLength(1);
});
