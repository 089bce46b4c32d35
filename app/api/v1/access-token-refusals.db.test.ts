import { createPublicKey, generateKeyPairSync, randomUUID } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { currentSigningKey } from "@/lib/oauth/signing-keys";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { callRoute, serveApi } from "@/test/api";
import { NOW } from "@/test/clock";
import { fixDatabaseClock } from "@/test/database-clock";
import { bytes, es256, forgeJwt, hs256, rs256 } from "@/test/forge-jwt";
import { makeWorld } from "@/test/world";
import * as me from "./me/route";
import * as tokens from "./tokens/route";

const ISSUER = "http://localhost:3000";
const SECONDS = NOW.getTime() / 1000;
const later = (seconds: number) => new Date((SECONDS + seconds) * 1000);

/** A client, the key that signs, and the database's clock at NOW. Nothing was checked before. */
async function scene() {
  const api = await serveApi();
  const clock = await fixDatabaseClock(api.url, NOW);
  const world = await makeWorld(api.db);
  const client = await world.addToken(world.admin, { kind: "cls", roleId: world.roleIds.engineer });
  const { kid, privateKey } = await currentSigningKey(api.db, mintingKeys().peppers);
  const header = { alg: "ES256", kid, typ: "at+jwt" };
  const claims = {
    iss: ISSUER,
    aud: `${ISSUER}/api/v1`,
    sub: client.id,
    client_id: client.id,
    scope: "members:read tokens:read",
    iat: SECONDS - 60,
    exp: SECONDS + 3540,
    org: world.organizationId,
    secret_generation: 0,
  };
  const signed = es256(privateKey);
  /** One of ours, but for what is given; undefined leaves out. */
  const forge = (change: Partial<Record<keyof typeof claims | "jti" | "login", unknown>> = {}, heading: object = {}) =>
    forgeJwt({ ...header, ...heading }, { ...claims, jti: randomUUID(), ...change }, signed);
  return {
    ...api,
    clock,
    world,
    client,
    kid,
    privateKey,
    publicKey: createPublicKey(privateKey),
    header,
    claims,
    signed,
    forge,
  };
}

const call = (token: string) => callRoute(me.GET, { token });

/** Exactly what RFC 6750, 3.1 asks for, and no word of what was wrong. */
async function expectRefused(token: string, why: string): Promise<void> {
  const { status, headers, json } = await call(token);
  expect([status, headers.get("www-authenticate")], why).toEqual([
    401,
    'Bearer realm="latchkey", error="invalid_token"',
  ]);
  expect(json, why).toEqual({
    type: `${ISSUER}/docs/problems/invalid_token`,
    title: "The token is not valid.",
    status: 401,
    code: "invalid_token",
    request_id: headers.get("x-request-id"),
  });
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("latchkey-token-expires")).toBeNull();
}

const expectLetIn = async (token: string, why: string) => expect((await call(token)).status, why).toBe(200);

describe("an access token", () => {
  it("is refused with any other algorithm than its key's, and with none (RFC 8725, 3.1)", async () => {
    const { forge, header, claims, kid, publicKey, signed } = await scene();
    await expectLetIn(forge(), "what the others differ from");
    const all = { ...claims, jti: randomUUID() };
    const other = (alg: string) => ({ ...header, alg });
    for (const alg of ["none", "None", "NONE", ""]) {
      await expectRefused(forgeJwt(other(alg), all, bytes(Buffer.alloc(0))), `alg "${alg}" without a signature`);
      await expectRefused(forgeJwt(other(alg), all, signed), `alg "${alg}" with the right signature`);
    }
    const secrets = [
      publicKey.export({ type: "spki", format: "pem" }),
      String(publicKey.export({ type: "spki", format: "pem" })).trim(),
      publicKey.export({ type: "spki", format: "der" }),
      JSON.stringify(publicKey.export({ format: "jwk" })),
      kid,
      "",
    ];
    for (const secret of secrets)
      await expectRefused(forgeJwt(other("HS256"), all, hs256(secret)), "HS256 by the public key");
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    await expectRefused(forgeJwt(other("RS256"), all, rs256(rsa)), "RS256");
    await expectRefused(forgeJwt(other("ES384"), all, signed), "ES384");
    await expectRefused(forgeJwt(other("EdDSA"), all, signed), "EdDSA");
    await expectRefused(forgeJwt({ ...header, alg: undefined }, all, signed), "no alg");
    await expectRefused(forgeJwt({ ...header, alg: ["ES256"] }, all, signed), "a list of algs");
  });

  it("is refused where another key signed it, whatever the header says of keys, and no key is fetched", async () => {
    const { forge, header, claims, kid } = await scene();
    const fetches = vi.spyOn(globalThis, "fetch");
    const all = { ...claims, jti: randomUUID() };
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const jwk = publicKey.export({ format: "jwk" });
    const by = (heading: object) => forgeJwt({ ...header, ...heading }, all, es256(privateKey));
    await expectRefused(by({}), "the same kid");
    await expectRefused(by({ jwk: { ...jwk, kid } }), "its key in jwk");
    await expectRefused(by({ jku: "https://keys.elsewhere.example/jwks.json" }), "jku");
    await expectRefused(by({ x5u: "https://keys.elsewhere.example/cert.pem" }), "x5u");
    await expectRefused(
      by({ x5c: [String(publicKey.export({ type: "spki", format: "der" }).toString("base64"))] }),
      "x5c",
    );
    for (const other of ["", "x", "../keys", "' or true --", "__proto__", "a".repeat(5000), null, 1, ["x"], undefined])
      await expectRefused(by({ kid: other }), `kid ${other}`);
    await expectRefused(forge({}, { jwk }), "ours, with a key in its header");
    expect(fetches).not.toHaveBeenCalled();
    fetches.mockRestore();
  });

  it("is refused with a signature that is none of ES256 (RFC 7518, 3.4)", async () => {
    const { forge, header, claims, privateKey } = await scene();
    const all = { ...claims, jti: randomUUID() };
    const [head, body, signature = ""] = forge().split(".");
    const raw = Buffer.from(signature, "base64url");
    for (const [why, wrong] of [
      ["nothing but zeros", Buffer.alloc(64)],
      ["nothing but ones", Buffer.alloc(64, 0xff)],
      ["none", Buffer.alloc(0)],
      ["one byte too few", raw.subarray(0, 63)],
      ["one byte too many", Buffer.concat([raw, Buffer.alloc(1)])],
    ] as const) {
      await expectRefused(`${head}.${body}.${wrong.toString("base64url")}`, why);
    }
    const asDer = forgeJwt(header, all, (input) => {
      const plain = es256(privateKey)(input);
      return Buffer.concat([
        Buffer.from([0x30, 68, 2, 32]),
        plain.subarray(0, 32),
        Buffer.from([2, 32]),
        plain.subarray(32),
      ]);
    });
    await expectRefused(asDer, "in DER");
    const [, otherBody] = forge({ scope: "tokens:create" }).split(".");
    await expectRefused(`${head}.${otherBody}.${signature}`, "of other claims");
    await expectRefused(`${head}.${body}.${signature}.`, "four parts");
    await expectRefused(`${head}.${body}`, "two parts");
  });

  it("is refused with another type, or an extension that must be understood (RFC 9068, 4; RFC 7515, 4.1.11)", async () => {
    const { forge, header, claims, signed } = await scene();
    for (const typ of ["JWT", "jwt", "at", "id+jwt", "secevent+jwt", "at+jwt2", "", null, undefined, ["at+jwt"]])
      await expectRefused(forge({}, { typ }), `typ ${typ}`);
    await expectRefused(forge({}, { crit: ["exp"], exp: 1 }), "crit");
    await expectRefused(forge({}, { crit: ["b64"], b64: false }), "b64");
    await expectRefused(forge({}, { zip: "DEF" }), "zip");
    await expectRefused(forgeJwt("{", { ...claims, jti: randomUUID() }, signed), "a header that is no JSON");
    await expectRefused(forgeJwt(header, "[]", signed), "claims that are a list");
    await expectRefused(forgeJwt(header, "\xff", signed), "claims that are no text");
    await expectRefused(forgeJwt(header, "null", signed), "no claims");
  });

  it("is refused for another audience (RFC 9068, 4) and of another issuer", async () => {
    const { forge } = await scene();
    for (const aud of [
      ISSUER,
      `${ISSUER}/`,
      `${ISSUER}/api/v1/`,
      `${ISSUER}/api`,
      "https://api.elsewhere.example",
      "",
      null,
      undefined,
      1,
    ])
      await expectRefused(forge({ aud }), `aud ${aud}`);
    for (const iss of [
      `${ISSUER}/`,
      "https://localhost:3000",
      "http://localhost",
      "HTTP://LOCALHOST:3000",
      "",
      null,
      undefined,
    ])
      await expectRefused(forge({ iss }), `iss ${iss}`);
  });

  it("is refused without a claim that each of a client has, and with one that is of another kind or another's", async () => {
    const { forge, world, db } = await scene();
    for (const claim of ["sub", "client_id", "iat", "exp", "jti", "org", "scope", "secret_generation"] as const)
      await expectRefused(forge({ [claim]: undefined }), `no ${claim}`);
    for (const exp of ["9999999999", null, Number.MAX_VALUE, -1, 1e308, [9_999_999_999]])
      await expectRefused(forge({ exp }), `exp ${JSON.stringify(exp)}`);
    const other = await makeWorld(db);
    const theirs = await other.addToken(other.admin, { kind: "cls" });
    await expectRefused(forge({ org: other.organizationId }), "a client in an organization that is not its own");
    await expectRefused(forge({ sub: theirs.id }), "another subject than the client");
    await expectRefused(forge({ sub: theirs.id, client_id: theirs.id }), "another organization's client");
    const pat = await world.addToken(world.admin);
    await expectRefused(forge({ sub: pat.id, client_id: pat.id }), "a token that is no client");
    await expectRefused(forge({ client_id: "latchkey", sub: world.admin.memberId, login: randomUUID() }), "no sign-in");
  });

  it("serves to the last moment before it expires, and not at it nor a second after", async () => {
    const { forge, clock } = await scene();
    const exp = SECONDS + 3540;
    await clock.set(later(3539));
    await expectLetIn(forge(), "one second before");
    await clock.set(new Date(exp * 1000 - 1));
    await expectLetIn(forge(), "a millisecond before");
    await clock.set(new Date(exp * 1000));
    await expectRefused(forge(), "at that moment");
    await clock.set(later(3541));
    await expectRefused(forge(), "one second after");
  });

  it("serves up to a minute before the moment at which it says it was made, and no earlier", async () => {
    const { forge } = await scene();
    await expectLetIn(forge({ iat: SECONDS }), "now");
    await expectLetIn(forge({ iat: SECONDS + 60 }), "within what clocks may differ by");
    await expectRefused(forge({ iat: SECONDS + 61 }), "beyond it");
  });

  it.each([
    ["before its key is retired", 30, 200],
    ["at the moment", 0, 401],
    ["after", -1, 401],
  ])("of a key that is believed no longer is refused: %s", async (_, seconds, expected) => {
    const { forge, sql, kid } = await scene();
    await sql`update signing_keys set created_at = ${later(-9).toISOString()}, signs_from = ${later(-9).toISOString()},
      signs_until = ${later(seconds - 1).toISOString()}, believed_until = ${later(seconds).toISOString()} where id = ${kid}`;
    if (expected === 200) await expectLetIn(forge(), "still believed");
    else await expectRefused(forge(), "retired");
  });

  it("of a key that is gone is refused", async () => {
    const { forge, sql, kid } = await scene();
    await sql`delete from signing_keys where id = ${kid}`;
    await expectRefused(forge(), "gone");
  });

  it("that was taken back stays so, however its signature is written", async () => {
    const { forge, sql, world } = await scene();
    const jti = randomUUID();
    const token = forge({ jti });
    await sql`insert into revoked_access_tokens (organization_id, id, revoked_at, expires_at)
      values (${world.organizationId}, ${jti}, ${NOW.toISOString()}, ${later(3540).toISOString()})`;
    await expectRefused(token, "taken back");
    // The other of the two signatures that ECDSA has for the same: s and n - s.
    const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const [head, body, signature = ""] = token.split(".");
    const raw = Buffer.from(signature, "base64url");
    const s = (n - BigInt(`0x${raw.subarray(32).toString("hex")}`)).toString(16).padStart(64, "0");
    const mirrored = Buffer.concat([raw.subarray(0, 32), Buffer.from(s, "hex")]).toString("base64url");
    await expectRefused(`${head}.${body}.${mirrored}`, "with its other signature");
  });

  it("may do no more than its scope, and is told which (RFC 6750, 3.1)", async () => {
    const { forge } = await scene();
    const answer = await callRoute(tokens.GET, { token: forge({ scope: "members:read" }) });
    expect(answer.status).toBe(403);
    expect(answer.headers.get("www-authenticate")).toBe(
      'Bearer realm="latchkey", error="insufficient_scope", scope="tokens:read"',
    );
    expect(answer.json).toEqual({
      type: `${ISSUER}/docs/problems/insufficient_scope`,
      title: "The token may not do this.",
      status: 403,
      detail: "This needs the permission tokens:read.",
      code: "insufficient_scope",
      request_id: answer.headers.get("x-request-id"),
    });
    // What it names and the client may not do is not given by naming it.
    const more = await callRoute(tokens.POST, {
      token: forge({ scope: "organization:manage roles:write" }),
      method: "POST",
    });
    expect([more.status, more.json.code]).toEqual([403, "insufficient_scope"]);
  });
});
