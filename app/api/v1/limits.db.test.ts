import { describe, expect, it } from "vitest";
import { PEER_HEADER } from "@/lib/auth/peer-address";
import { MISSES_A_MINUTE } from "@/lib/authority/address-misses";
import { mintToken } from "@/lib/tokens/token-secret";
import { callRoute, exchange, serveApi } from "@/test/api";
import { makeWorld } from "@/test/world";
import * as me from "./me/route";
import * as tokens from "./tokens/route";
import * as rotate from "./tokens/self/rotate/route";

const EXPOSED = /Latchkey-Token-Expires, .*RateLimit, RateLimit-Policy, Retry-After, .*X-Request-Id$/;

describe("a token with limits", () => {
  it("hears with every answer what is left, also with a refusal, and beyond it when to come again", async () => {
    const { db, sql } = await serveApi();
    const world = await makeWorld(db, { policy: { callsPerToken: 3, callsPerOrganization: 4 } });
    await sql`update organizations set allowed_origins = ${["https://app.example"]}`;
    const { secret } = await world.addToken(world.viewer);
    const headers = { origin: "https://app.example" };
    const answers = [
      await callRoute(me.GET, { token: secret, headers }),
      await callRoute(tokens.POST, { token: secret, headers, method: "POST", body: {} }),
      await callRoute(me.GET, { token: secret, headers, path: "/api/v1/me?odd=1" }),
      await callRoute(me.GET, { token: secret, headers }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 422, 429]);
    for (const { headers } of answers) {
      expect(headers.get("ratelimit-policy")).toBe(`"token";q=3;w=60, "organization";q=4;w=60`);
      expect(headers.get("access-control-expose-headers")).toMatch(EXPOSED);
    }
    const left = answers.map(({ headers }) => [
      ...(headers.get("ratelimit") ?? "").matchAll(/"(\w+)";r=(\d+);t=(\d+)/g),
    ]);
    expect(left.map((items) => items.map(([, of, r]) => `${of} ${r}`))).toEqual([
      ["token 2", "organization 3"],
      ["token 1", "organization 2"],
      ["token 0", "organization 1"],
      ["token 0", "organization 1"],
    ]);
    for (const [, , , t] of left.flat()) {
      expect(Number(t)).toBeGreaterThanOrEqual(1);
      expect(Number(t)).toBeLessThanOrEqual(61);
    }
    const refused = answers[3];
    expect(refused?.json).toMatchObject({ code: "rate_limited", detail: "This token may make 3 calls a minute." });
    expect(refused?.headers.get("retry-after")).toBe(left[3]?.[0]?.[3]);
    expect(answers.slice(0, 3).map(({ headers }) => headers.get("retry-after"))).toEqual([null, null, null]);
  });

  it("is one with the access tokens that are exchanged for it, and so is what is left", async () => {
    const { db } = await serveApi();
    const world = await makeWorld(db, { policy: { callsPerToken: 3 } });
    const client = await world.addToken(world.viewer, { kind: "cls" });
    const [one, other] = [await exchange(client), await exchange(client)];
    expect([one.status, other.status]).toEqual([200, 200]);
    const left = ({ headers }: { headers: Headers }) => /^"token";r=(\d)/.exec(headers.get("ratelimit") ?? "")?.[1];
    const answers = [
      one,
      other,
      await callRoute(me.GET, { token: one.token }),
      await callRoute(me.GET, { token: other.token }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers.map(left)).toEqual(["2", "1", "0", "0"]);
    for (const { headers } of answers) expect(headers.get("ratelimit-policy")).toBe(`"token";q=3;w=60`);
  });

  it("is held to those of its organization together with the others, and to none of another one's", async () => {
    const { db } = await serveApi();
    const world = await makeWorld(db, { policy: { callsPerOrganization: 2 } });
    const elsewhere = await makeWorld(db);
    const statusOf = async (secret: string) => (await callRoute(me.GET, { token: secret })).status;
    const [one, other] = [await world.addToken(world.user), await world.addToken(world.admin)];
    expect([await statusOf(one.secret), await statusOf(other.secret)]).toEqual([200, 200]);
    expect([await statusOf(one.secret), await statusOf(other.secret)]).toEqual([429, 429]);
    const { json } = await callRoute(me.GET, { token: one.secret });
    expect(json.detail).toBe("All tokens of the organization together may make 2 calls a minute.");
    const free = await callRoute(me.GET, { token: (await elsewhere.addToken(elsewhere.user)).secret });
    expect([free.status, free.headers.get("ratelimit"), free.headers.get("ratelimit-policy")]).toEqual([
      200,
      null,
      null,
    ]);
  });
});

describe("an address", () => {
  it("from which too many tokens came that do not exist hears 429 and when to come again, and nothing of limits", async () => {
    const { db } = await serveApi();
    await makeWorld(db);
    const guess = () =>
      callRoute(me.GET, { token: mintToken("lk", "pat").plain.reveal(), headers: { [PEER_HEADER]: "203.0.113.7" } });
    const misses = await Promise.all(Array.from({ length: MISSES_A_MINUTE }, guess));
    expect(new Set(misses.map(({ status }) => status))).toEqual(new Set([401]));
    const answer = await guess();
    expect([answer.status, answer.json.code]).toEqual([429, "too_many_misses"]);
    expect(answer.headers.get("retry-after")).toMatch(/^\d{1,2}$/);
    expect(answer.headers.get("www-authenticate")).toBeNull();
    expect(answer.headers.get("ratelimit")).toBeNull();
  });

  it("causes no more look-ups where tokens are rotated, though an ended secret is looked for there, too", async () => {
    const { db } = await serveApi();
    const world = await makeWorld(db);
    const token = await world.addToken(world.user);
    const invented = mintToken("lk", "pat").plain.reveal();
    const present = async (secret: string, ip = "203.0.113.7") => {
      const call = { method: "POST", token: secret, headers: { [PEER_HEADER]: ip } };
      return (await callRoute(rotate.POST, call)).status;
    };
    // What cannot be a token is looked for nowhere.
    for (let at = 0; at < MISSES_A_MINUTE; at++) expect(await present("nothing")).toBe(401);
    // One and the same, over and over.
    for (let at = 0; at < MISSES_A_MINUTE / 2; at++) expect(await present(invented)).toBe(401);
    expect(await present(invented)).toBe(429);
    expect(await present(invented, "203.0.113.8")).toBe(401);
    expect(await present(token.secret, "203.0.113.8")).toBe(200);
  });
});
