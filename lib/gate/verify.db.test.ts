import { eq, sql as raw } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { apiTokens, tokenPolicies } from "@/db/schema";
import { mintToken } from "@/lib/tokens/token-secret";
import { days, NOW } from "@/test/clock";
import { serveGate } from "@/test/gate";
import { signedFor } from "@/test/signed";
import { makeWorld } from "@/test/world";

const id = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe("a token that is let in", () => {
  it("is named to the API behind the proxy, by ids alone", async () => {
    const { ask, world } = await serveGate();
    const roleId = await world.addRole("Shipping", ["orders:read", "tokens:read", "orders:write"]);
    const bearer = await world.addMember({ role: { roleId }, name: "Zoë Müller" });
    const groups = [await world.addGroup("B — Ost", [bearer]), await world.addGroup("A", [bearer])];
    const token = await world.addToken(bearer, { roleId, expiresAt: new Date("2099-01-01T00:00:00Z") });
    const answer = await ask("/verify?permission=orders:read&permission=orders:write", { token: token.secret });
    const { date, ...headers } = answer.headers;
    expect(date).toBeDefined();
    expect(answer.status).toBe(200);
    expect(answer.text).toBe("");
    expect(headers).toEqual({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "content-length": "0",
      "x-latchkey-organization": world.organizationId,
      "x-latchkey-organization-slug": expect.stringMatching(/^world-\d+$/),
      "x-latchkey-token": token.id,
      "x-latchkey-member": bearer.memberId,
      "x-latchkey-role": roleId,
      "x-latchkey-permissions": "orders:read orders:write tokens:read",
      // By their names, which are not told.
      "x-latchkey-groups": [...groups].reverse().join(" "),
      "x-latchkey-audience": "",
      "latchkey-token-expires": "2099-01-01T00:00:00.000Z",
      "x-request-id": id,
      connection: "close",
    });
  });

  it("has every header of its identity, the empty ones too, and the role of its issuer where it mirrors it", async () => {
    const { ask, world } = await serveGate();
    const nothing = await world.addRole("Nothing", []);
    const bearer = await world.addMember({ role: { roleId: nothing } });
    const { headers, status } = await ask("/verify", {
      token: (await world.addToken(bearer, { roleId: null })).secret,
    });
    expect([status, headers["x-latchkey-permissions"], headers["x-latchkey-groups"]]).toEqual([200, "", ""]);
    expect(headers["x-latchkey-role"]).toBe(nothing);
  });

  it.each(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])(
    "is let in by %s",
    async (method) => {
      const { ask, world } = await serveGate();
      const { secret, id: tokenId } = await world.addToken(world.user);
      const body = method === "GET" || method === "HEAD" ? undefined : "x".repeat(1000);
      const answer = await ask("/verify", { token: secret, method, body, headers: { expect: "something else" } });
      expect([answer.status, answer.headers["x-latchkey-token"], answer.text]).toEqual([200, tokenId, ""]);
    },
  );

  it("keeps its request's id, and no word of the client's in the answer", async () => {
    const { ask, world } = await serveGate();
    const { secret } = await world.addToken(world.user);
    const headers = { "X-Latchkey-Member": "me", "x-latchkey-role": "root", "X-Request-Id": "request-0001" };
    const answer = await ask("/verify", { token: secret, headers });
    expect(answer.headers["x-request-id"]).toBe("request-0001");
    expect(answer.headers["x-latchkey-member"]).toBe(world.user.memberId);
    expect(answer.headers["x-latchkey-role"]).toBe(world.user.roleId);
    const odd = await ask("/verify", { token: secret, headers: { "X-Request-Id": "a b" } });
    expect(odd.headers["x-request-id"]).toEqual(id);
  });

  it("is counted as used, by the address that the proxy saw and not by one that the client claims", async () => {
    const { ask, world, instance, sql } = await serveGate();
    const { secret, id: tokenId } = await world.addToken(world.user);
    const headers = { "X-Forwarded-For": "203.0.113.66, 198.51.100.7", "User-Agent": "orders/1" };
    for (let n = 0; n < 3; n++) expect((await ask("/verify", { token: secret, headers })).status).toBe(200);
    await instance.usage.flush({ everything: true });
    const [row] = await sql`
      select host(last_used_ip) as ip, (select sum(calls)::int from token_usage where token_id = ${tokenId}) as calls
      from api_tokens where id = ${tokenId}`;
    expect(row).toEqual({ ip: "198.51.100.7", calls: 3 });
  });
});

describe("an access token", () => {
  const [ORDERS, BILLING] = ["https://orders.example", "https://billing.example/v1"];

  async function scene() {
    const found = await serveGate({ audiences: [ORDERS, BILLING] });
    const client = await found.world.addToken(found.world.engineer, { kind: "cls" });
    const { secret: plain } = await found.world.addToken(found.world.engineer);
    const bearing = async (aud?: string) => signedFor(found.db, found.world, client, aud ? { claims: { aud } } : {});
    const asked = async (token: string, query: string) => {
      const { status, headers, text } = await found.ask(`/verify${query}`, { token });
      return status === 200 ? headers["x-latchkey-audience"] : [status, JSON.parse(text).code];
    };
    return { ...found, bearing, asked, plain };
  }

  it("opens the API that it is for and no other, where the proxy says which one it asks for", async () => {
    const { bearing, asked, plain } = await scene();
    const [orders, billing, api] = await Promise.all([bearing(ORDERS), bearing(BILLING), bearing()]);
    const no = [401, "invalid_token"];
    // In turns, in memory and not: what one question was answered is not the answer to another.
    for (let n = 0; n < 2; n++) {
      expect(await asked(orders, `?audience=${ORDERS}&permission=tokens:read`)).toBe(ORDERS);
      expect(await asked(orders, `?audience=${BILLING}&permission=tokens:read`)).toEqual(no);
      expect(await asked(billing, `?permission=any&audience=${BILLING}`)).toBe(BILLING);
      expect(await asked(billing, `?permission=any&audience=${ORDERS}&original=/a?audience=${BILLING}`)).toEqual(no);
      expect(await asked(orders, `?audience=${BILLING}&audience=${ORDERS}`)).toBe(ORDERS);
      expect(await asked(api, `?audience=${ORDERS}`)).toEqual(no);
      // No access token, and so for every API.
      expect(await asked(plain, `?audience=${ORDERS}`)).toBe("");
    }
  });

  it("opens all of them where the proxy does not say, and is named with whom it is for", async () => {
    const { bearing, asked } = await scene();
    for (const audience of [ORDERS, BILLING]) expect(await asked(await bearing(audience), "")).toBe(audience);
    expect(await asked(await bearing(), "")).toMatch(/\/api\/v1$/);
    const other = "https://elsewhere.example";
    expect(await asked(await bearing(other), "")).toEqual([401, "invalid_token"]);
  });

  it("is asked for no audience that the setting does not name: the proxy is wrong, and lets nobody in", async () => {
    const { bearing, asked, plain } = await scene();
    const wrong = [500, "gate_misconfigured"];
    for (const token of [await bearing(ORDERS), await bearing("https://elsewhere.example"), plain]) {
      expect(await asked(token, "?audience=https://elsewhere.example")).toEqual(wrong);
      expect(await asked(token, `?permission=any&audience=${ORDERS}/&original=/a?audience=${ORDERS}`)).toEqual(wrong);
      expect(await asked(token, `?audience=${ORDERS}&audience=${BILLING}/`)).toEqual(wrong);
    }
  });
});

describe("a token that is not let in", () => {
  it("is refused in one and the same way, whatever is wrong with it", async () => {
    const { ask, world, db, instance } = await serveGate();
    const wrong = async (name: string) => {
      const token = await world.addToken(world.user);
      return [name, token.secret.slice(0, 17), token] as const;
    };
    const [, , other] = await wrong("wrong secret");
    const forged = mintToken("lk", "pat").plain.reveal();
    const gone = await world.addMember({ role: "user" });
    const ofGone = await world.addToken(gone);
    await world.deactivate(gone);
    const off = await makeWorld(db, { tokensEnabled: false });
    const credentials = {
      malformed: "nonsense",
      empty: "",
      long: `lk_pat_${"x".repeat(3000)}`,
      "bad checksum": `${other.secret.slice(0, -1)}${other.secret.endsWith("0") ? "1" : "0"}`,
      unknown: forged,
      expired: (await world.addToken(world.user, { expiresAt: days(-1) })).secret,
      deleted: (await world.addToken(world.user, { deletedAt: NOW })).secret,
      "issuer deactivated": ofGone.secret,
      "tokens disabled": (await off.addToken(off.user)).secret,
    };
    const answers = [];
    for (const [reason, token] of Object.entries(credentials)) {
      for (let n = 0; n < 2; n++) {
        const { status, headers, text } = await ask("/verify?permission=orders:read", {
          token,
          headers: { "X-Request-Id": "request-0001" },
        });
        const { date: _, ...same } = headers;
        answers.push({ reason, answer: JSON.stringify({ status, same, text }) });
      }
    }
    expect(new Set(answers.map(({ answer }) => answer)).size).toBe(1);
    expect(JSON.parse(answers[0]!.answer)).toMatchObject({
      status: 401,
      same: { "www-authenticate": 'Bearer realm="latchkey", error="invalid_token"', "cache-control": "no-store" },
    });
    expect(answers[0]!.answer).not.toContain("x-latchkey");
    await instance.close();
  });

  it.each([
    ["no credential", {}, "missing_token", 'Bearer realm="latchkey"'],
    ["another kind", { authorization: "Basic dXNlcjpwYXNz" }, "missing_token", 'Bearer realm="latchkey"'],
    [
      "two",
      { authorization: ["TOKEN", "TOKEN"] },
      "two_credentials",
      'Bearer realm="latchkey", error="invalid_request"',
    ],
    [
      "an empty one before",
      { authorization: ["Bearer", "TOKEN"] },
      "two_credentials",
      'Bearer realm="latchkey", error="invalid_request"',
    ],
    [
      "one after another kind",
      { authorization: ["Basic x", "TOKEN"] },
      "two_credentials",
      'Bearer realm="latchkey", error="invalid_request"',
    ],
    [
      "one in the address, for nginx",
      { authorization: "TOKEN", "X-Original-URI": "/a?b=SECRET" },
      "token_in_query",
      'Bearer realm="latchkey", error="invalid_request"',
    ],
    [
      "one in the address, for Caddy",
      { authorization: "TOKEN", "X-Forwarded-Uri": "/a?access_token=x" },
      "token_in_query",
      'Bearer realm="latchkey", error="invalid_request"',
    ],
    [
      "one in a whole address",
      { authorization: "TOKEN", "X-Original-URL": "https://api.example/a?%74oken=x" },
      "token_in_query",
      'Bearer realm="latchkey", error="invalid_request"',
    ],
  ] as [string, Record<string, string | string[]>, string, string][])(
    "hears 401 for %s",
    async (_, sent, code, challenge) => {
      const { ask, world } = await serveGate();
      const { secret } = await world.addToken(world.user);
      const fill = (text: string) => text.replace("TOKEN", `Bearer ${secret}`).replace("SECRET", secret);
      const headers = Object.fromEntries(
        Object.entries(sent).map(([name, value]) => [name, Array.isArray(value) ? value.map(fill) : fill(value)]),
      );
      const answer = await ask("/verify", { headers });
      expect(answer.status).toBe(401);
      expect(answer.headers["content-type"]).toBe("application/problem+json");
      expect(answer.headers["www-authenticate"]).toBe(challenge);
      expect(JSON.parse(answer.text)).toMatchObject({ status: 401, code });
      expect(answer.text).not.toContain(secret);
      expect(answer.headers).not.toHaveProperty("x-latchkey-token");
    },
  );

  it("hears 401 for one in the address where the proxy puts that behind its own, whatever stands in it", async () => {
    const { ask, world } = await serveGate();
    const { secret } = await world.addToken(world.user);
    const path = "/verify?permission=tokens:read&original=/orders/7";
    expect((await ask(path, { token: secret })).status).toBe(200);
    expect((await ask(`${path}?q=1&permission=broken&original=x`, { token: secret })).status).toBe(200);
    const { status, text } = await ask(`${path}?token=x`, { token: secret });
    expect([status, JSON.parse(text).code]).toEqual([401, "token_in_query"]);
    expect(
      (await ask(`/verify?permission=any&original=/orders/7?permission=roles:write`, { token: secret })).status,
    ).toBe(200);
  });

  it("hears 401 for a client's secret, and how to use it", async () => {
    const { ask, world } = await serveGate();
    const { secret } = await world.addToken(world.user, { kind: "cls" });
    const { status, text } = await ask("/verify", { token: secret });
    expect([status, JSON.parse(text).code]).toEqual([401, "client_secret_not_accepted"]);
  });

  it("hears 403 where any of the permissions is missing, and all of them", async () => {
    const { ask, world } = await serveGate();
    const { secret } = await world.addToken(world.viewer);
    expect((await ask("/verify?permission=tokens:read", { token: secret })).status).toBe(200);
    const answer = await ask("/verify?permission=tokens:read&permission=roles%3Awrite", { token: secret });
    expect(answer.status).toBe(403);
    expect(answer.headers["www-authenticate"]).toBe(
      'Bearer realm="latchkey", error="insufficient_scope", scope="tokens:read roles:write"',
    );
    expect(JSON.parse(answer.text)).toMatchObject({
      code: "insufficient_scope",
      detail: "This needs the permissions tokens:read and roles:write.",
    });
    expect(answer.headers).not.toHaveProperty("x-latchkey-token");
  });

  it("hears 403 as soon as its permission is taken away, and 401 once it is deleted", async () => {
    const { ask, world, db, instance } = await serveGate();
    const member = await world.addMember({ role: "administrator" });
    const { secret, id: tokenId } = await world.addToken(member, { roleId: null });
    const verify = async () => (await ask("/verify?permission=roles:write", { token: secret })).status;
    expect([await verify(), await verify()]).toEqual([200, 200]);
    await world.setRole(member, world.roleIds.viewer);
    await instance.catchUp();
    expect(await verify()).toBe(403);
    await db
      .update(apiTokens)
      .set({ deletedAt: NOW, deletedBy: member.memberId, state: "deleted" })
      .where(eq(apiTokens.id, tokenId));
    await instance.catchUp();
    expect(await verify()).toBe(401);
  });

  it("is told of with the rights of this moment, and each answer with the id of its own request", async () => {
    const { ask, world, instance } = await serveGate();
    const member = await world.addMember({ role: "administrator" });
    const { secret } = await world.addToken(member, { roleId: null });
    const told = async (id: string) => {
      const { headers } = await ask("/verify?permission=tokens:read", {
        token: secret,
        headers: { "X-Request-Id": id },
      });
      return [headers["x-request-id"], String(headers["x-latchkey-permissions"]).includes("roles:write")];
    };
    expect(await Promise.all(["first-request", "second-request"].map(told))).toEqual([
      ["first-request", true],
      ["second-request", true],
    ]);
    await world.setRole(member, world.roleIds.viewer);
    await instance.catchUp();
    expect(await told("third-request")).toEqual(["third-request", false]);
  });

  it("hears 403 from an address that it may not be used from, by what the proxy says and not by what the client does", async () => {
    const { ask, world, db } = await serveGate();
    const { secret, id: tokenId } = await world.addToken(world.user);
    await db
      .update(apiTokens)
      .set({ allowedNetworks: ["203.0.113.0/24"] })
      .where(eq(apiTokens.id, tokenId));
    const from = async (address: string) => {
      const answer = await ask("/verify", { token: secret, headers: { "X-Forwarded-For": address } });
      return [answer.status, answer.text && JSON.parse(answer.text).code];
    };
    expect(await from("203.0.113.7")).toEqual([200, ""]);
    expect(await from("198.51.100.1, 203.0.113.7")).toEqual([200, ""]);
    expect(await from("203.0.113.7, 198.51.100.1")).toEqual([403, "address_not_allowed"]);
    expect(await from("unknown")).toEqual([403, "address_not_allowed"]);
  });

  it("takes nobody's word for an address where no proxy is trusted", async () => {
    const { ask, world, db } = await serveGate({ trustedProxies: 0 });
    const { secret, id: tokenId } = await world.addToken(world.user);
    await db
      .update(apiTokens)
      .set({ allowedNetworks: ["203.0.113.0/24"] })
      .where(eq(apiTokens.id, tokenId));
    const headers = { "X-Forwarded-For": "203.0.113.7" };
    expect((await ask("/verify", { token: secret, headers })).status).toBe(403);
  });

  it("hears 429 over its limit, with when to come again", async () => {
    const { ask, world, db } = await serveGate();
    const { secret } = await world.addToken(world.user);
    await db.update(tokenPolicies).set({ callsPerToken: 2 }).where(raw`true`);
    const first = await ask("/verify", { token: secret });
    expect([first.status, first.headers["ratelimit-policy"]]).toEqual([200, '"token";q=2;w=60']);
    await ask("/verify", { token: secret });
    const over = await ask("/verify", { token: secret });
    expect(over.status).toBe(429);
    expect(JSON.parse(over.text)).toMatchObject({
      code: "rate_limited",
      detail: "This token may make 2 calls a minute.",
    });
    expect(Number(over.headers["retry-after"])).toBeGreaterThan(0);
    expect(over.headers).not.toHaveProperty("x-latchkey-token");
  });

  it("hears 503, with when to come again, while the database is away, and is let in again once it is back", async () => {
    const { ask, world, instance } = await serveGate();
    const { secret } = await world.addToken(world.user);
    instance.lookups.fail = Object.assign(new Error("gone"), { code: "CONNECTION_CLOSED" });
    const answer = await ask("/verify", { token: secret });
    expect([answer.status, JSON.parse(answer.text).code, answer.headers["retry-after"]]).toEqual([
      503,
      "unavailable",
      "2",
    ]);
    instance.lookups.fail = null;
    expect((await ask("/verify", { token: secret })).status).toBe(200);
  });

  it("hears 500 where the gate fails, and nothing of why", async () => {
    const { ask, world, instance } = await serveGate();
    const { secret } = await world.addToken(world.user);
    instance.lookups.fail = new Error("select secret from nowhere");
    const answer = await ask("/verify", { token: secret });
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([500, "internal_error"]);
    expect(answer.text).not.toContain("nowhere");
  });
});

describe("a proxy that asks in a way that nobody can mean", () => {
  it.each([
    "permision=orders:read",
    "permission=orders",
    "permission=",
    "permission=Orders:Read",
    "permission=a:b,c:d",
    "permission=*",
    "permission=orders:read&debug=1",
    "permission=orders:read%20tokens:read",
  ])("hears 500 and lets nobody in: ?%s", async (query) => {
    const { ask, world } = await serveGate();
    const { secret } = await world.addToken(world.admin);
    const answer = await ask(`/verify?${query}`, { token: secret });
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([500, "gate_misconfigured"]);
    expect(answer.headers).not.toHaveProperty("x-latchkey-token");
  });
});
