import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from "jose";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { GET as keySet } from "@/app/.well-known/jwks.json/route";
import { GET as metadata } from "@/app/.well-known/oauth-authorization-server/route";
import { GET as me } from "@/app/api/v1/me/route";
import { POST as createToken, GET as listTokens } from "@/app/api/v1/tokens/route";
import { metadataAnswer } from "@/lib/oauth/server-metadata";
import { rotateToken } from "@/lib/tokens/rotate-token";
import { callForm, callRoute, serveApi } from "@/test/api";
import { signedFor } from "@/test/signed";
import { contextOf, makeWorld, type NewToken } from "@/test/world";
import { POST } from "./route";

const AUDIENCE = "http://localhost:3000/api/v1";
const GRANT = { grant_type: "client_credentials" };
const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;

async function scene(wish: NewToken = {}) {
  const api = await serveApi();
  const world = await makeWorld(api.db, { preset: "client_credentials" });
  const client = await world.addToken(world.engineer, { kind: "cls", ...wish });
  const credentials = { client_id: client.id, client_secret: client.secret };
  const exchange = (form: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    callForm(POST, { form: { ...GRANT, ...credentials, ...form }, headers });
  return { ...api, world, client, credentials, exchange };
}

const says = ({ status, json }: { status: number; json: { error?: string } }) => [status, json?.error];

describe("a client's credentials", () => {
  it("are exchanged for an access token of an hour, by form or Basic, that nobody keeps and that opens the API", async () => {
    const { exchange, client, world } = await scene();
    const byForm = await exchange();
    const byBasic = await callForm(POST, { form: GRANT, headers: { authorization: basic(client.id, client.secret) } });
    for (const answer of [byForm, byBasic]) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("pragma")).toBe("no-cache");
      expect(answer.headers.get("content-type")).toBe("application/json");
      const scope = [...world.engineer.permissions].sort().join(" ");
      expect(answer.json).toEqual({ access_token: expect.any(String), token_type: "Bearer", expires_in: 3600, scope });
      const called = await callRoute(me, { token: answer.json.access_token });
      expect([called.status, called.json.id, called.json.kind]).toEqual([200, client.id, "cls"]);
      const { exp = 0 } = decodeJwt(answer.json.access_token);
      expect(called.headers.get("latchkey-token-expires")).toBe(new Date(exp * 1000).toISOString());
    }
  });

  it("are still no bearer token", async () => {
    const { client } = await scene();
    expect((await callRoute(me, { token: client.secret })).json.code).toBe("client_secret_not_accepted");
  });

  it("may stand in Basic form-encoded, and never beside others, twice, in halves, in the address or elsewhere", async () => {
    const { client, credentials, exchange, world } = await scene();
    const { id, secret } = client;
    const encoded = basic(id, secret.replaceAll("_", "%5F"));
    expect((await callForm(POST, { form: GRANT, headers: { authorization: encoded } })).status).toBe(200);
    const pat = await world.addToken(world.engineer);
    const other = await world.addToken(world.engineer, { kind: "cls" });
    const wrong: [string, Parameters<typeof callForm>[1], [number, string]][] = [
      [
        "two ways",
        { form: { ...GRANT, ...credentials }, headers: { authorization: basic(id, secret) } },
        [400, "invalid_request"],
      ],
      [
        "two headers",
        { form: GRANT, headers: { authorization: `${basic(id, secret)}, ${basic(id, secret)}` } },
        [400, "invalid_request"],
      ],
      [
        "another id beside",
        { form: { ...GRANT, client_id: other.id }, headers: { authorization: basic(id, secret) } },
        [400, "invalid_request"],
      ],
      ["in the address", { form: GRANT, path: `/x?client_id=${id}&client_secret=${secret}` }, [400, "invalid_request"]],
      ["none", { form: GRANT }, [401, "invalid_client"]],
      ["no secret", { form: { ...GRANT, client_id: id } }, [401, "invalid_client"]],
      ["an empty secret", { form: { ...GRANT, client_id: id, client_secret: "" } }, [401, "invalid_client"]],
      ["another client's id", { form: { ...GRANT, ...credentials, client_id: other.id } }, [401, "invalid_client"]],
      [
        "a token as secret",
        { form: { ...GRANT, client_id: pat.id, client_secret: pat.secret } },
        [401, "invalid_client"],
      ],
      ["a bearer", { form: GRANT, headers: { authorization: `Bearer ${secret}` } }, [401, "invalid_client"]],
      [
        "no colon",
        { form: GRANT, headers: { authorization: `Basic ${Buffer.from(id).toString("base64")}` } },
        [401, "invalid_client"],
      ],
      ["no encoding", { form: GRANT, headers: { authorization: basic(id, "%zz") } }, [401, "invalid_client"]],
      [
        "half a secret",
        { form: { ...GRANT, client_id: id, client_secret: secret.slice(0, -1) } },
        [401, "invalid_client"],
      ],
    ];
    for (const [how, call, expected] of wrong) {
      const answer = await callForm(POST, call);
      expect([how, ...says(answer)]).toEqual([how, ...expected]);
      expect(answer.text).not.toContain(secret);
      expect(answer.headers.get("www-authenticate")).toBe(
        expected[0] === 401 ? 'Basic realm="latchkey", charset="UTF-8"' : null,
      );
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.json.error_uri).toContain("/docs/problems/");
      expect(answer.json.request_id).toBe(answer.headers.get("x-request-id"));
    }
    expect((await exchange()).status).toBe(200);
  });

  it("are refused alike whether wrong, over, deleted or of somebody deactivated", async () => {
    const { world, exchange, client } = await scene();
    const past = new Date(Date.now() - 1000);
    const over = await world.addToken(world.engineer, { kind: "cls", expiresAt: past });
    const gone = await world.addToken(world.engineer, { kind: "cls", deletedAt: past });
    const member = await world.addMember({ role: "user" });
    const stopped = await world.addToken(member, { kind: "cls" });
    await world.deactivate(member);
    const answers = await Promise.all(
      [over, gone, stopped, { id: client.id, secret: over.secret }].map(({ id, secret }) =>
        exchange({ client_id: id, client_secret: secret }, { "x-request-id": "one-for-all" }),
      ),
    );
    const told = answers.map(({ status, text }) => JSON.stringify({ status, text }));
    expect(new Set(told).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
  });

  it("come from where the client may be used, and count as its use and against its limit", async () => {
    const { exchange, sql, usage, client, world } = await scene({ allowedNetworks: ["203.0.113.0/24"] });
    expect(says(await exchange())).toEqual([400, "unauthorized_client"]);
    await usage.flush({ everything: true });
    const bound = await world.addToken(world.engineer, { kind: "cls" });
    await sql`update token_policies set calls_per_token = 2`;
    const again = () => exchange({ client_id: bound.id, client_secret: bound.secret });
    expect([(await again()).status, (await again()).status]).toEqual([200, 200]);
    const limited = await again();
    expect(says(limited)).toEqual([429, "temporarily_unavailable"]);
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
    await usage.flush({ everything: true });
    const rows = await sql`select token_id, outcome, calls::int from token_usage order by calls, outcome`;
    expect([...rows]).toEqual([
      { token_id: client.id, outcome: "refused", calls: 1 },
      { token_id: bound.id, outcome: "refused", calls: 1 },
      { token_id: bound.id, outcome: "allowed", calls: 2 },
    ]);
  });
});

describe("what is asked for", () => {
  it.each<[string, Record<string, string>, [number, string]]>([
    ["no grant", { grant_type: "" }, [400, "invalid_request"]],
    ["another grant", { grant_type: "password" }, [400, "unsupported_grant_type"]],
    ["a grant in capitals", { grant_type: "CLIENT_CREDENTIALS" }, [400, "unsupported_grant_type"]],
    ["more than the client may", { scope: "tokens:read organization:manage" }, [400, "invalid_scope"]],
    ["a scope that does not exist", { scope: "tokens:read nothing:here" }, [400, "invalid_scope"]],
    ["a scope with two spaces", { scope: "tokens:read  roles:read" }, [400, "invalid_scope"]],
    ["a scope with a quote", { scope: 'tokens:read"' }, [400, "invalid_scope"]],
    ["a scope of one space", { scope: " " }, [400, "invalid_scope"]],
    ["another resource", { resource: "https://elsewhere.example" }, [400, "invalid_target"]],
    ["a resource that is almost right", { resource: `${AUDIENCE}/` }, [400, "invalid_target"]],
  ])("is refused where it is %s", async (_, form, expected) => {
    const { exchange } = await scene();
    expect(says(await exchange(form))).toEqual(expected);
  });

  it("is refused where a parameter stands twice or the body is no form", async () => {
    const { credentials } = await scene();
    const text = new URLSearchParams({ ...GRANT, ...credentials }).toString();
    const type = "application/x-www-form-urlencoded";
    const calls: [string, string, number][] = [
      [`${text}&grant_type=client_credentials`, type, 400],
      [`${text}&scope=&scope=`, type, 400],
      [`${text}&anything=1&anything=1`, type, 400],
      [JSON.stringify({ ...GRANT, ...credentials }), "application/json", 400],
      [text, "text/plain", 400],
      ["%ff=%fe&".repeat(2000), type, 413],
      [text, `${type}; charset=utf-8`, 200],
      [`${text}&anything=1`, type, 200],
    ];
    for (const [body, contentType, status] of calls) {
      const answer = await callForm(POST, { text: body, headers: { "content-type": contentType } });
      expect([body.slice(-30), says(answer)]).toEqual([
        body.slice(-30),
        [status, status === 200 ? undefined : "invalid_request"],
      ]);
    }
  });

  it("is kept where the client is known, to be explained by the id of its request, and not where nobody is", async () => {
    const { exchange, refusals, client, sql } = await scene();
    const asked = (id: string, form: Record<string, string>) => exchange(form, { "x-request-id": id });
    await asked("request-scope", { scope: "members:write nothing:at-all" });
    await asked("request-target", { resource: "https://elsewhere.example" });
    await asked("request-grant", { grant_type: "password" });
    await asked("request-good", {});
    await asked("request-stranger", { scope: "nothing:at-all", client_secret: "wrong" });
    await refusals.flush();
    const kept = await sql`select * from refused_calls order by id`;
    expect(kept.map(({ request_id, token_id, code, status }) => [request_id, token_id, code, status])).toEqual([
      ["request-scope", client.id, "invalid_scope", 400],
      ["request-target", client.id, "invalid_target", 400],
      ["request-grant", client.id, "unsupported_grant_type", 400],
    ]);
    expect(JSON.stringify(kept)).not.toContain("nothing:at-all");
  });

  it("narrows what the access token may do, and never widens it", async () => {
    const { exchange } = await scene();
    const { json } = await exchange({ scope: "roles:read tokens:read roles:read", resource: AUDIENCE });
    expect(json.scope).toBe("roles:read tokens:read");
    expect(decodeJwt(json.access_token)).toMatchObject({ aud: AUDIENCE, scope: "roles:read tokens:read" });
    const listed = await callRoute(listTokens, { token: json.access_token });
    const created = await callRoute(createToken, { token: json.access_token, method: "POST", body: {} });
    expect([listed.status, created.status, created.json.code]).toEqual([200, 403, "insufficient_scope"]);
  });

  it("serves no longer than its client", async () => {
    const { exchange } = await scene({ expiresAt: new Date(Date.now() + 60_000) });
    const { json } = await exchange();
    expect(json.expires_in).toBeLessThanOrEqual(60);
    expect(json.expires_in).toBeGreaterThan(50);
  });
});

describe("a client whose secret is rotated", () => {
  it("takes the new one up by its first exchange, and goes on with the old one to read until that ends", async () => {
    const { exchange, world, client, db, sql } = await scene();
    const before = await signedFor(db, world, client, { issued: -10, claims: { scope: "tokens:create" } });
    const rotated = await rotateToken(world.engineer, { id: client.id, overlap_days: 1 }, contextOf(db, new Date()));
    if (!rotated.ok) throw new Error(rotated.refusal.code);
    const fresh = rotated.value.secret.reveal();
    expect((await exchange()).status).toBe(200);
    const first = await exchange({ client_secret: fresh });
    expect(first.status).toBe(200);
    const [row] =
      await sql`select rotated_at is not null as taken, pending_hash from api_tokens where id = ${client.id}`;
    expect(row).toEqual({ taken: true, pending_hash: null });
    const change = (token: string) => callRoute(createToken, { token, method: "POST", body: { description: "x" } });
    const old = await exchange();
    const generationIn = ({ json }: typeof old) => decodeJwt(json.access_token).secret_generation;
    expect([old.status, generationIn(old), generationIn(first)]).toEqual([200, 0, 1]);
    for (const token of [before, old.json.access_token]) {
      expect((await callRoute(me, { token })).status).toBe(200);
      expect((await change(token)).json.code).toBe("secret_superseded");
    }
    expect((await change(first.json.access_token)).json.code).not.toBe("secret_superseded");
    await sql`update api_tokens set previous_ends_at = now()`;
    for (const token of [before, old.json.access_token]) {
      expect((await callRoute(me, { token })).json.code).toBe("invalid_token");
    }
    expect(says(await exchange())).toEqual([401, "invalid_client"]);
    expect((await callRoute(me, { token: first.json.access_token })).status).toBe(200);
  });

  it("has no gap: exchanges and calls go on all the while, and none fails", async () => {
    const { world, client, db, sql } = await scene();
    let secret = client.secret;
    let over = false;
    const failures: unknown[] = [];
    let [exchanges, calls] = [0, 0];
    const program = async () => {
      while (!over) {
        const form = { ...GRANT, client_id: client.id, client_secret: secret };
        const { status, json } = await callForm(POST, { form });
        exchanges++;
        if (status !== 200) failures.push(json);
        for (let n = 0; n < 3 && status === 200; n++) {
          const called = await callRoute(me, { token: json.access_token });
          calls++;
          if (called.status !== 200) failures.push(called.json);
        }
      }
    };
    onTestFinished(() => {
      over = true;
    });
    const programs = Promise.all(Array.from({ length: 8 }, program));
    for (let rotation = 0; rotation < 5; rotation++) {
      const [at, callsAt] = [exchanges, calls];
      await sql`update api_tokens set pending_at = pending_at - interval '10 seconds', rotated_at = rotated_at - interval '10 seconds'`;
      const made = await rotateToken(world.engineer, { id: client.id, overlap_days: 1 }, contextOf(db, new Date()));
      if (!made.ok) throw new Error(made.refusal.code);
      secret = made.value.secret.reveal();
      await vi.waitFor(() => expect(exchanges > at + 24 && calls > callsAt + 24).toBe(true), { timeout: 20_000 });
    }
    over = true;
    await programs;
    expect(failures).toEqual([]);
  });
});

describe("the documents that libraries begin with", () => {
  it("are for everybody to read and to keep for a while, and are true", async () => {
    const { exchange } = await scene();
    const told = await callRoute(metadata);
    const keys = await callRoute(keySet);
    for (const answer of [told, keys]) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toBe("public, max-age=900");
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    }
    expect(metadataAnswer.parse(told.json)).toEqual(told.json);
    expect(told.json.issuer).toBe("http://localhost:3000");
    const { json } = await exchange();
    const found = await jwtVerify(json.access_token, createLocalJWKSet(keys.json as JSONWebKeySet), {
      issuer: told.json.issuer,
      audience: AUDIENCE,
      typ: "at+jwt",
      algorithms: ["ES256"],
    });
    expect(found.payload.scope).toBe(json.scope);
    expect(keys.text).not.toContain('"d"');
  });
});
