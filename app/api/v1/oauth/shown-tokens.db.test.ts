import { describe, expect, it } from "vitest";
import type { MemberActor } from "@/lib/access/actor";
import type { RouteMethod } from "@/lib/auth/answer-request";
import { env } from "@/lib/env";
import { signAccessToken } from "@/lib/oauth/sign-access-token";
import { mintToken } from "@/lib/tokens/token-secret";
import { callRoute, serveApi } from "@/test/api";
import { givePassword, PASSWORD } from "@/test/passwords";
import { type MadeToken, makeWorld, type World } from "@/test/world";
import * as login from "../auth/login/route";
import * as refresh from "../auth/refresh/route";
import * as me from "../me/route";
import * as introspect from "./introspect/route";
import * as revoke from "./revoke/route";

const INACTIVE = '{"active":false}';

async function scene() {
  const api = await serveApi();
  const world = await makeWorld(api.db);
  const client = await world.addToken(world.admin, { kind: "cls" });
  const accessOf = async (
    { id }: MadeToken,
    scope = ["tokens:read", "members:read"],
    { organizationId }: World = world,
  ) =>
    (
      await signAccessToken({ organizationId, bearer: { clientId: id, secretGeneration: 0 }, scope }, api)
    ).plain.reveal();
  const enter = async (member: MemberActor) => {
    await givePassword(api.db, member);
    const body = { email: member.email, password: PASSWORD };
    return (await callRoute(login.POST, { method: "POST", body })).json;
  };
  return { ...api, world, client, accessOf, enter };
}

/** As a form, which `callRoute` does not send. */
async function send(route: RouteMethod, fields: Record<string, string>, by: MadeToken | null, more: HeadersInit = {}) {
  const headers = new Headers(more);
  headers.set("content-type", "application/x-www-form-urlencoded");
  if (by) headers.set("authorization", `Basic ${Buffer.from(`${by.id}:${by.secret}`).toString("base64")}`);
  const request = new Request("http://latchkey.example/api/v1/oauth/x", {
    method: "POST",
    headers,
    body: new URLSearchParams(fields).toString(),
  });
  const response = await route(request as Parameters<RouteMethod>[0], { params: Promise.resolve({}) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
}

const ask = (token: string, by: MadeToken) => send(introspect.POST, { token }, by);
const takeBack = (token: string, by: MadeToken | null, more = {}) => send(revoke.POST, { token, ...more }, by);
const works = async (token: string) => (await callRoute(me.GET, { token })).status === 200;

describe("introspection at the API", () => {
  it("tells a client all that its access token says, with what it may do now", async () => {
    const { world, client, accessOf } = await scene();
    const { status, json, headers } = await ask(await accessOf(client), client);
    expect([status, headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(json).toEqual({
      active: true,
      client_id: client.id,
      sub: client.id,
      username: world.admin.name,
      scope: "members:read tokens:read",
      token_type: "Bearer",
      iss: env().PUBLIC_URL,
      aud: `${env().PUBLIC_URL}/api/v1`,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iat: expect.any(Number),
      exp: json.iat + 3600,
    });
  });

  it("tells a client of its own access tokens whatever it may do, and of no others' without tokens:read", async () => {
    const { world, client, accessOf, enter } = await scene();
    const poor = await world.addToken(world.admin, { kind: "cls", roleId: await world.addRole("Nothing", []) });
    expect((await ask(await accessOf(poor), poor)).json).toMatchObject({ active: true, scope: "" });
    const plain = await world.addToken(world.admin);
    const { access_token } = await enter(world.user);
    for (const other of [await accessOf(client), plain.secret, access_token])
      expect((await ask(other, poor)).text).toBe(INACTIVE);
  });

  it("tells of others' tokens and of people's access tokens where the client sees them, of none where it does not", async () => {
    const { world, client, enter } = await scene();
    const blind = await world.addToken(world.viewer, { kind: "cls" });
    const { secret, id } = await world.addToken(world.user);
    const { access_token } = await enter(world.user);
    expect((await ask(secret, client)).json).toMatchObject({ active: true, client_id: id, sub: world.user.memberId });
    expect((await ask(access_token, client)).json).toMatchObject({
      active: true,
      client_id: "latchkey",
      sub: world.user.memberId,
      username: world.user.name,
      scope: [...world.user.permissions].sort().join(" "),
    });
    for (const token of [secret, access_token]) expect((await ask(token, blind)).text).toBe(INACTIVE);
  });

  it("says of every other text that it is not active, in the same bytes", async () => {
    const { world, db, client, accessOf, enter } = await scene();
    const other = await makeWorld(db);
    const theirs = await other.addToken(other.admin, { kind: "cls" });
    const { refresh_token, access_token } = await enter(world.admin);
    const own = await accessOf(client);
    const texts = {
      "another organization's client's access token": await accessOf(theirs, ["tokens:read"], other),
      "a client secret": client.secret,
      "a refresh token": refresh_token,
      unknown: mintToken("lk", "pat").plain.reveal(),
      nonsense: "x",
      "three parts": "a.b.c",
      "with another signature": `${own.slice(0, -3)}${own.endsWith("AAA") ? "BBB" : "AAA"}`,
    };
    for (const [what, text] of Object.entries(texts))
      expect([what, (await ask(text, client)).text]).toEqual([what, INACTIVE]);
    for (const text of [own, access_token]) expect((await ask(text, theirs)).text).toBe(INACTIVE);
  });

  it("counts as a use of the client whose access token it is, and of no login", async () => {
    const { world, sql, usage, client, accessOf, enter } = await scene();
    const asked = await world.addToken(world.admin, { kind: "cls" });
    const { access_token } = await enter(world.user);
    await ask(await accessOf(asked), client);
    await ask(access_token, client);
    await usage.close();
    const rows = await sql`select token_id, sum(calls)::int as calls from token_usage group by token_id order by calls`;
    expect(Object.fromEntries(rows.map(({ token_id, calls }) => [token_id, calls]))).toEqual({
      [asked.id]: 1,
      [client.id]: 2,
    });
  });

  it("hears neither a bearer token nor half of a client", async () => {
    const { world, client } = await scene();
    const { secret } = await world.addToken(world.admin);
    const answers = [
      await send(introspect.POST, { token: secret }, null, { authorization: `Bearer ${secret}` }),
      await send(introspect.POST, { token: secret }, null),
      await send(introspect.POST, { token: secret, client_id: client.id }, null),
      await send(introspect.POST, { token: secret }, { id: "nobody", secret: client.secret }),
    ];
    for (const { status, json, headers } of answers) {
      expect([status, json.error]).toEqual([401, "invalid_client"]);
      expect(headers.get("www-authenticate")).toBe('Basic realm="latchkey", charset="UTF-8"');
    }
    expect((await send(introspect.POST, {}, client)).json.error).toBe("invalid_request");
  });
});

describe("revocation", () => {
  it("ends a client's own access token and no other, says so in the log, and is done once", async () => {
    const { sql, client, accessOf } = await scene();
    const [one, other] = [await accessOf(client), await accessOf(client)];
    expect(await works(one)).toBe(true);
    for (const token_type_hint of ["refresh_token", "access_token", "whatever"]) {
      const answer = await takeBack(one, client, { token_type_hint });
      expect([answer.status, answer.text]).toEqual([200, "{}"]);
    }
    expect([await works(one), await works(other)]).toEqual([false, true]);
    expect((await ask(one, client)).text).toBe(INACTIVE);
    expect(await sql`select 1 from audit_events where action = 'token.access_ended'`).toHaveLength(1);
    const revoked = await sql`select * from revoked_access_tokens`;
    expect(revoked).toHaveLength(1);
    const kept = JSON.stringify([revoked, await sql`select * from audit_events`]);
    expect(kept).not.toContain(one);
  });

  it("answers 200 to what is unknown or somebody else's, and changes nothing", async () => {
    const { world, db, sql, client, accessOf, enter } = await scene();
    const other = await world.addToken(world.admin, { kind: "cls" });
    const far = await makeWorld(db);
    const farAway = await far.addToken(far.admin, { kind: "cls" });
    const plain = await world.addToken(world.admin);
    const { access_token, refresh_token } = await enter(world.user);
    const access = await accessOf(other);
    for (const by of [client, farAway]) {
      for (const token of [access, plain.secret, access_token, refresh_token, other.secret, "nonsense", "a.b.c"]) {
        const answer = await takeBack(token, by);
        expect([answer.status, answer.text]).toEqual([200, "{}"]);
      }
    }
    for (const token of [access, plain.secret, access_token]) expect(await works(token)).toBe(true);
    expect((await callRoute(refresh.POST, { method: "POST", body: { refresh_token } })).status).toBe(200);
    const ended = await sql`select action from audit_events
      where action in ('token.access_ended', 'token.deleted', 'session.api_ended')`;
    expect(ended).toHaveLength(0);
  });

  it("lets who holds a refresh token, a login's access token or a token end it, without a client", async () => {
    const { world, enter } = await scene();
    const [first, second] = [await enter(world.user), await enter(world.user)];
    expect((await takeBack(first.access_token, null)).status).toBe(200);
    expect(await works(first.access_token)).toBe(false);
    // One access token is not its login.
    const next = (await callRoute(refresh.POST, { method: "POST", body: { refresh_token: first.refresh_token } })).json;
    expect(await works(next.access_token)).toBe(true);
    expect((await takeBack(second.refresh_token, null, { client_id: "latchkey" })).status).toBe(200);
    expect(await works(second.access_token)).toBe(false);
    const { secret } = await world.addToken(world.user);
    expect((await takeBack(secret, null)).text).toBe("{}");
    expect(await works(secret)).toBe(false);
    expect((await takeBack("nonsense", null)).text).toBe("{}");
  });

  it("has a client show itself before its access token or its secret is taken back", async () => {
    const { client, accessOf } = await scene();
    const access = await accessOf(client);
    for (const token of [access, client.secret]) {
      const answer = await takeBack(token, null);
      expect([answer.status, answer.json.error]).toEqual([401, "invalid_client"]);
    }
    expect(await works(access)).toBe(true);
    expect((await takeBack(client.secret, client)).status).toBe(200);
    expect(await works(access)).toBe(false);
    expect((await ask(access, client)).status).toBe(401);
  });
});
