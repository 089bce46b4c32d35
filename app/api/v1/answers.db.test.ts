import postgres from "postgres";
import { describe, expect, it } from "vitest";
import { openRoute } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { createAdmit } from "@/lib/authority/admit";
import { CallLimits } from "@/lib/authority/call-limits";
import type { Authority } from "@/lib/authority/create-authority";
import { createVerify } from "@/lib/authority/verify";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { mintToken } from "@/lib/tokens/token-secret";
import { type ApiCall, callRoute, serveApi } from "@/test/api";
import { forgeToken } from "@/test/forge-token";
import { startInstance } from "@/test/instance";
import { makeWorld } from "@/test/world";
import * as ready from "../../readyz/route";
import * as me from "./me/route";
import * as oneToken from "./tokens/[id]/route";
import * as tokens from "./tokens/route";
import * as self from "./tokens/self/route";

async function scene() {
  const api = await serveApi();
  const world = await makeWorld(api.db);
  const token = await world.addToken(world.admin);
  return { ...api, world, token };
}

const usageOf = async (sql: postgres.Sql, tokenId: string) =>
  (
    await sql<{ outcome: string; calls: number }[]>`
      select outcome, sum(calls)::int as calls from token_usage where token_id = ${tokenId} group by outcome order by outcome`
  ).map(({ outcome, calls }) => `${calls} ${outcome}`);

const inAnHour = () => new Date(Date.now() + 3_600_000);

describe("an answer", () => {
  it("is JSON that nobody keeps, and names its request", async () => {
    const { token } = await scene();
    const answer = await callRoute(me.GET, { token: token.secret });
    expect(answer.status).toBe(200);
    expect(answer.json.id).toBe(token.id);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    expect(answer.headers.get("x-request-id")).toMatch(/^[\w-]{8,64}$/);
    expect(answer.headers.get("latchkey-token-expires")).toBeNull();
  });

  it("keeps the number that the caller gave, where it is one", async () => {
    const { token } = await scene();
    const idFor = async (given: string) =>
      (await callRoute(me.GET, { token: token.secret, headers: { "x-request-id": given } })).headers.get(
        "x-request-id",
      );
    expect(await idFor("trace-1234")).toBe("trace-1234");
    for (const odd of ["short", "a b c d e f", "<script>1234", "x".repeat(65)]) expect(await idFor(odd)).not.toBe(odd);
  });

  it("says when the token expires, also where it is a refusal", async () => {
    const { world, sql } = await scene();
    await sql`update organizations set allowed_origins = ${["https://app.example"]}`;
    const expiresAt = inAnHour();
    const token = await world.addToken(world.viewer, { expiresAt });
    const headers = { origin: "https://app.example" };
    const answers = [
      await callRoute(me.GET, { token: token.secret, headers }),
      await callRoute(oneToken.GET, { token: token.secret, headers, params: { id: "nope" } }),
      await callRoute(tokens.POST, { token: token.secret, headers, method: "POST", body: {} }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 403]);
    for (const { headers } of answers) {
      expect(headers.get("latchkey-token-expires")).toBe(expiresAt.toISOString());
      expect(headers.get("access-control-expose-headers")).toContain("Latchkey-Token-Expires");
    }
  });
});

describe("401", () => {
  it("is one and the same for whatever is wrong with a token", async () => {
    const { db, url, world, token } = await scene();
    const gone = await world.addMember();
    const off = await makeWorld(db);
    const bad = {
      malformed: "lk_pat_nonsense",
      "with a wrong checksum": `${token.secret.slice(0, -1)}${token.secret.endsWith("0") ? "1" : "0"}`,
      unknown: mintToken("lk", "pat").plain.reveal(),
      expired: (await world.addToken(world.user, { expiresAt: new Date(Date.now() - 1000) })).secret,
      deleted: (await world.addToken(world.user, { deletedAt: new Date() })).secret,
      "with another secret": forgeToken(token.secret, mintToken("lk", "pat").plain.reveal()),
      "of somebody deactivated": (await world.addToken(gone)).secret,
      "of an organization whose tokens are off": (await off.addToken(off.user)).secret,
    };
    await world.deactivate(gone);
    await off.setTokensEnabled(false);
    const headers = { "x-request-id": "the-same-one" };
    const askAll = () => Promise.all(Object.values(bad).map((one) => callRoute(me.GET, { token: one, headers })));
    const asked = await askAll();
    // And from memory, where one is remembered and another known to be nobody's.
    (globalThis as { latchkeyAuthority?: Authority }).latchkeyAuthority = await startInstance(url);
    const answers = [...asked, ...(await askAll()), ...(await askAll())];
    const [first] = answers;
    expect(first?.status).toBe(401);
    expect(first?.headers.get("www-authenticate")).toBe('Bearer realm="latchkey", error="invalid_token"');
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(answer.text).toBe(first?.text);
      expect([...answer.headers]).toEqual([...(first?.headers ?? [])]);
    }
  });

  it("is also what a member's token gets at the very next call once they are deactivated", async () => {
    const { world } = await scene();
    const token = await world.addToken(world.engineer);
    expect((await callRoute(me.GET, { token: token.secret })).status).toBe(200);
    await world.deactivate(world.engineer);
    expect((await callRoute(me.GET, { token: token.secret })).status).toBe(401);
  });

  it.each([
    ["nothing", {}],
    ["a scheme that we do not take", { authorization: "Basic dXNlcjpwYXNz" }],
  ])("carries no reason where nothing was offered: %s", async (_, headers) => {
    await scene();
    const answer = await callRoute(me.GET, { headers: headers as Record<string, string> });
    expect([answer.status, answer.json.code]).toEqual([401, "missing_token"]);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="latchkey"');
  });
});

describe("a deletion", () => {
  it("refuses the very next call of that token, whoever did it", async () => {
    const { world, token } = await scene();
    const mine = await world.addToken(world.user);
    const removed = await callRoute(oneToken.DELETE, {
      token: token.secret,
      method: "DELETE",
      params: { id: mine.id },
    });
    expect(removed.json).toMatchObject({ id: mine.id, status: "deleted", permissions: [] });
    expect((await callRoute(me.GET, { token: mine.secret })).status).toBe(401);
    const ended = await callRoute(self.DELETE, { token: token.secret, method: "DELETE" });
    expect(ended.json).toMatchObject({ id: token.id, status: "deleted" });
    expect((await callRoute(me.GET, { token: token.secret })).status).toBe(401);
  });

  it("of the same token twice is 409", async () => {
    const { world, token } = await scene();
    const mine = await world.addToken(world.user);
    const remove = () => callRoute(oneToken.DELETE, { token: token.secret, method: "DELETE", params: { id: mine.id } });
    expect((await remove()).status).toBe(200);
    expect(await remove()).toMatchObject({ status: 409, json: { code: "already_deleted" } });
  });
});

describe("a request that is wrong", () => {
  it.each<[number, string, ApiCall]>([
    [400, "token_in_query", { path: "/api/v1/tokens?access_token=x" }],
    [400, "two_credentials", { headers: { authorization: "Bearer a, Bearer b" } }],
    [400, "invalid_cursor", { path: "/api/v1/tokens?cursor=made-up" }],
    [422, "invalid_input", { path: "/api/v1/tokens?status=gone" }],
    [422, "invalid_input", { path: "/api/v1/tokens?limit=101" }],
    [422, "invalid_input", { path: "/api/v1/tokens?q=%00" }],
    [422, "invalid_input", { path: "/api/v1/tokens?colour=red" }],
  ])("gets %d %s: %o", async (status, code, call) => {
    const { token } = await scene();
    const answer = await callRoute(tokens.GET, { ...(call.headers ? {} : { token: token.secret }), ...call });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.json).toMatchObject({ status, request_id: answer.headers.get("x-request-id") });
    expect(answer.json.type).toMatch(new RegExp(`^http.*/docs/problems/${code}$`));
  });

  it.each<[number, string, Partial<ApiCall>]>([
    [413, "body_too_large", { body: { name: "x".repeat(70_000) } }],
    [415, "unsupported_media_type", { body: {}, headers: { "content-type": "text/plain" } }],
    [422, "invalid_input", { body: { name: "" } }],
    [422, "invalid_input", { body: { name: "a\u0000b" } }],
    [422, "invalid_input", { body: { name: "New", owner: "me" } }],
  ])("that would change a token gets %d %s, and changes nothing", async (status, code, call) => {
    const { world, token } = await scene();
    const mine = await world.addToken(world.user, { name: "Before" });
    const params = { id: mine.id };
    const answer = await callRoute(oneToken.PATCH, { token: token.secret, method: "PATCH", params, ...call });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    if (status === 422) expect(answer.json.errors.length).toBeGreaterThan(0);
    expect((await callRoute(oneToken.GET, { token: token.secret, params })).json.name).toBe("Before");
  });

  it("names the field that a rule of the organization refused", async () => {
    const { db } = await serveApi();
    const world = await makeWorld(db, { policy: { tokensMayMint: true } });
    const token = await world.addToken(world.user);
    const create = (body: unknown) => callRoute(tokens.POST, { token: token.secret, method: "POST", body });
    expect(await create({ name: "New" })).toMatchObject({
      status: 422,
      json: { code: "role_required", errors: [{ field: "role_id" }] },
    });
    expect(await create({ name: "New", role_id: world.roleIds.administrator })).toMatchObject({
      status: 403,
      json: { code: "role_exceeds_yours" },
    });
  });
});

describe("a list", () => {
  it("gives every token once over its pages, and null at the end", async () => {
    const { world, token } = await scene();
    const made = [token.id];
    for (let n = 0; n < 6; n++) made.push((await world.addToken(world.user)).id);
    const seen: string[] = [];
    let cursor: string | null = "";
    for (let page = 0; cursor !== null && page < 10; page++) {
      const path: string = `/api/v1/tokens?limit=3${cursor ? `&cursor=${cursor}` : ""}`;
      const answer = await callRoute(tokens.GET, { token: token.secret, path });
      expect(answer.json.data.length).toBeLessThanOrEqual(3);
      seen.push(...answer.json.data.map(({ id }: { id: string }) => id));
      cursor = answer.json.next_cursor;
    }
    expect(seen.sort()).toEqual(made.sort());
  });

  it("shows a token what its issuer sees", async () => {
    const { world, token } = await scene();
    const own = await world.addToken(world.user);
    const idsFor = async (secret: string) =>
      (await callRoute(tokens.GET, { token: secret })).json.data.map(({ id }: { id: string }) => id).sort();
    expect(await idsFor(own.secret)).toEqual([own.id]);
    expect(await idsFor(token.secret)).toEqual([own.id, token.id].sort());
  });
});

describe("the use of a token", () => {
  it("is counted by what came of each call, and by nothing where the secret was not right", async () => {
    const { world, usage, sql } = await scene();
    const token = await world.addToken(world.viewer);
    await callRoute(me.GET, { token: token.secret });
    await callRoute(tokens.POST, { token: token.secret, method: "POST", body: {} });
    await callRoute(me.GET, { token: token.secret.replace(/.$/, "!") });
    await callRoute(me.GET, { path: "/api/v1/me?token=x", token: token.secret });
    await world.deactivate(world.viewer);
    await callRoute(me.GET, { token: token.secret });
    await usage.flush();
    expect(await usageOf(sql, token.id)).toEqual(["1 allowed", "1 forbidden", "1 refused"]);
  });
});

describe("503", () => {
  it("is the answer while the database is away, never 401, with the time to come back", async () => {
    const { token } = await scene();
    const closed = postgres("postgres://nobody@127.0.0.1:1/none", { max: 1, backoff: false, connect_timeout: 1 });
    const { latchkeyAuthority } = globalThis as { latchkeyAuthority?: Authority };
    if (!latchkeyAuthority) throw new Error("nothing serves");
    const verify = createVerify({ sql: closed, peppers: mintingKeys().peppers });
    latchkeyAuthority.admit = createAdmit({
      ...latchkeyAuthority,
      verify,
      limits: new CallLimits(),
    });
    const answer = await callRoute(me.GET, { token: token.secret });
    expect([answer.status, answer.json.code]).toEqual([503, "unavailable"]);
    expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(answer.headers.get("www-authenticate")).toBeNull();
    await closed.end();
  });

  it("is the answer of a handler that loses the database half-way", async () => {
    const { token } = await scene();
    const lost = withToken("any", () => {
      throw new Error("query failed", { cause: Object.assign(new Error(), { code: "57P01" }) });
    });
    expect(await callRoute(lost, { token: token.secret })).toMatchObject({
      status: 503,
      json: { code: "unavailable" },
    });
  });

  it("is what /readyz says of a database that is there and not migrated", async () => {
    const { sql } = await scene();
    expect(await callRoute(ready.GET)).toMatchObject({ status: 200, json: { status: "ready" } });
    const changes = [
      sql`delete from drizzle.__drizzle_migrations`,
      sql`drop table drizzle.__drizzle_migrations`,
      sql`drop schema drizzle`,
    ];
    for (const change of changes) {
      await change;
      const answer = await callRoute(ready.GET);
      expect([answer.status, answer.json.code]).toEqual([503, "unavailable"]);
      expect(answer.json.detail).toContain("not been migrated");
    }
  });
});

describe("500", () => {
  it("is the answer where a token cannot be checked and the database is there: nobody waits for it to come back", async () => {
    const { sql, token } = await scene();
    await sql`alter table api_tokens rename column secret_hash to renamed`;
    const answer = await callRoute(me.GET, { token: token.secret });
    expect([answer.status, answer.json.code]).toEqual([500, "internal_error"]);
    expect(answer.headers.get("retry-after")).toBeNull();
    expect(answer.text).not.toContain("secret_hash");
  });

  it("says nothing of its cause", async () => {
    const { token } = await scene();
    const broken = withToken("any", () => {
      throw new Error(`relation secret_hash of ${token.secret}`);
    });
    const answer = await callRoute(broken, { token: token.secret });
    expect([answer.status, answer.json.code]).toEqual([500, "internal_error"]);
    expect(answer.text).not.toContain("secret_hash");
    const open = await callRoute(openRoute(() => Promise.reject(new Error("secret_hash"))));
    expect([open.status, open.json.code]).toEqual([500, "internal_error"]);
    expect(open.text).not.toContain("secret_hash");
  });
});
