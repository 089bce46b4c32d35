import { describe, expect, it } from "vitest";
import type { MemberActor } from "@/lib/access/actor";
import { rotateToken } from "@/lib/tokens/rotate-token";
import { callForm, callRoute, serveApi } from "@/test/api";
import { givePassword, PASSWORD } from "@/test/passwords";
import { contextOf, makeWorld, type WorldOptions } from "@/test/world";
import * as audit from "./audit-events/route";
import * as login from "./auth/login/route";
import * as me from "./me/route";
import * as oauth from "./oauth/token/route";
import * as extend from "./tokens/[id]/extend/route";
import * as rotate from "./tokens/[id]/rotate/route";
import * as cancel from "./tokens/[id]/rotation/route";
import * as one from "./tokens/[id]/route";
import * as tokens from "./tokens/route";
import * as rotateSelf from "./tokens/self/rotate/route";
import * as cancelSelf from "./tokens/self/rotation/route";
import * as self from "./tokens/self/route";

const WHOLE = undefined;

async function scene(wish: WorldOptions) {
  const api = await serveApi();
  const world = await makeWorld(api.db, wish);
  /** But for when it was used, which is written whenever that is. */
  const stateOf = async (id: string) => {
    const [row] = await api.sql`select * from api_tokens where id = ${id}`;
    return { ...row, last_used_at: null };
  };
  const isLetIn = async (token: string) => (await callRoute(me.GET, { token })).status === 200;
  return { ...api, world, stateOf, isLetIn };
}

async function clientScene() {
  const all = await scene({ preset: "client_credentials", policy: { tokensMayMint: true } });
  const client = await all.world.addToken(all.world.engineer, { kind: "cls" });
  const ask = (scope: string | undefined) =>
    callForm(oauth.POST, {
      form: {
        grant_type: "client_credentials",
        client_id: client.id,
        client_secret: client.secret,
        ...(scope ? { scope } : {}),
      },
    });
  const exchange = async (scope: string | undefined): Promise<string> => (await ask(scope)).json.access_token;
  return { ...all, client, ask, exchange };
}

async function personScene() {
  const all = await scene({ preset: "personal_mirror" });
  const enter = async (person: MemberActor, scope: string | undefined): Promise<string> => {
    await givePassword(all.db, person);
    const body = { email: person.email, password: PASSWORD, ...(scope ? { scope } : {}) };
    return (await callRoute(login.POST, { method: "POST", body })).json.access_token;
  };
  return { ...all, enter };
}

describe("a client's access token", () => {
  it.each([
    ["least", "roles:read"],
    ["whole", WHOLE],
  ])("of the %s scope gets its client no new secret as if it were the client", async (_, scope) => {
    const { client, exchange, ask, stateOf, sql } = await clientScene();
    const before = await stateOf(client.id);
    const token = await exchange(scope);
    const made = await callRoute(rotateSelf.POST, { token, method: "POST", body: { overlap_days: 0 } });
    expect([made.status, made.json.code]).toEqual([409, "not_by_access_token"]);
    expect(made.text).not.toContain(client.secret);
    const taken = await callRoute(cancelSelf.DELETE, { token, method: "DELETE" });
    expect([taken.status, taken.json.code]).toEqual([409, "not_by_access_token"]);
    expect(await stateOf(client.id)).toEqual(before);
    expect((await ask(WHOLE)).status).toBe(200);
    expect(await sql`select 1 from audit_events where action like 'token.rotat%'`).toEqual([]);
  });

  it("that may do less than its client neither rotates, changes nor deletes it by its id", async () => {
    const { client, exchange, ask, stateOf } = await clientScene();
    const before = await stateOf(client.id);
    const token = await exchange("tokens:read tokens:manage");
    const params = { id: client.id };
    const tries = {
      rotate: await callRoute(rotate.POST, { token, method: "POST", params }),
      cancel: await callRoute(cancel.DELETE, { token, method: "DELETE", params }),
      change: await callRoute(one.PATCH, { token, method: "PATCH", params, body: { name: "Mine" } }),
      delete: await callRoute(one.DELETE, { token, method: "DELETE", params }),
    };
    for (const [what, { status, json }] of Object.entries(tries)) {
      expect([what, status, json.code]).toEqual([what, 403, "exceeds_this_token"]);
    }
    expect(await stateOf(client.id)).toEqual(before);
    expect((await ask(WHOLE)).status).toBe(200);
  });

  it("that may do all that its client may names it to rotate it, and is told of, and does not let it live longer", async () => {
    const { client, exchange, sql, world, db } = await clientScene();
    const token = await exchange(WHOLE);
    const params = { id: client.id };
    const made = await callRoute(rotate.POST, { token, method: "POST", params });
    expect([made.status, typeof made.json.secret]).toEqual([200, "string"]);
    expect(await sql`select event from notifications`).toMatchObject([{ event: "token_created" }]);
    await sql`update api_tokens set expires_at = now() + interval '2 days' where id = ${client.id}`;
    const body = { expires_at: new Date(Date.now() + 30 * 86_400_000).toISOString() };
    const longer = await callRoute(extend.POST, { token: await exchange(WHOLE), method: "POST", params, body });
    expect([longer.status, longer.json.code]).toEqual([403, "expiry_not_its_own"]);

    // Nor does it replace or take back the one that a person asked for.
    await sql`update api_tokens set pending_at = pending_at - interval '1 minute' where id = ${client.id}`;
    expect(await rotateToken(world.engineer, { id: client.id, overlap_days: 0 }, contextOf(db))).toMatchObject({
      ok: true,
    });
    await sql`update api_tokens set pending_at = pending_at - interval '1 minute' where id = ${client.id}`;
    const again = await callRoute(rotate.POST, { token, method: "POST", params });
    expect([again.status, again.json.code]).toEqual([409, "other_secret_waits"]);
    const taken = await callRoute(cancel.DELETE, { token, method: "DELETE", params });
    expect([taken.status, taken.json.code]).toEqual([409, "other_secret_waits"]);
  });

  it("ends itself and nothing else: its client exchanges on, and its other access tokens work", async () => {
    const { client, exchange, ask, stateOf, isLetIn, sql } = await clientScene();
    const [token, other] = [await exchange("roles:read"), await exchange("roles:read")];
    const ended = await callRoute(self.DELETE, { token, method: "DELETE" });
    expect([ended.status, ended.json.status]).toEqual([200, "deleted"]);
    const [mark] = await sql`select id, organization_id from revoked_access_tokens`;
    expect(ended.json.id).toBe(mark?.id);
    expect([await isLetIn(token), await isLetIn(other)]).toEqual([false, true]);
    expect(await stateOf(client.id)).toMatchObject({ state: "active" });
    expect((await ask(WHOLE)).status).toBe(200);
    expect(await sql`select subject_id from audit_events where action = 'token.access_ended'`).toMatchObject([
      { subject_id: client.id },
    ]);
  });
});

describe("a sign-in that was narrowed", () => {
  it("makes no token that follows its person, and one that was not narrowed does", async () => {
    const { world, enter, sql } = await personScene();
    const create = async (token: string) => callRoute(tokens.POST, { token, method: "POST", body: { name: "escape" } });
    const refused = await create(await enter(world.engineer, "tokens:create"));
    expect([refused.status, refused.json.code]).toEqual([403, "exceeds_this_token"]);
    expect(await sql`select 1 from api_tokens`).toEqual([]);
    expect((await create(await enter(world.engineer, WHOLE))).status).toBe(201);
  });

  it("neither rotates, extends, changes nor deletes what may do more, and does what its person may to what may not", async () => {
    const { world, enter, stateOf, isLetIn } = await personScene();
    const token = await enter(world.engineer, "tokens:read tokens:create tokens:manage");
    const strong = await world.addToken(world.engineer, { expiresAt: new Date(Date.now() + 86_400_000) });
    const before = await stateOf(strong.id);
    const params = { id: strong.id };
    const body = { expires_at: new Date(Date.now() + 3 * 86_400_000).toISOString() };
    for (const answer of [
      await callRoute(rotate.POST, { token, method: "POST", params }),
      await callRoute(extend.POST, { token, method: "POST", params, body }),
      await callRoute(one.PATCH, { token, method: "PATCH", params, body: { name: "Mine" } }),
      await callRoute(one.DELETE, { token, method: "DELETE", params }),
    ]) {
      expect([answer.status, answer.json.code]).toEqual([403, "exceeds_this_token"]);
    }
    expect(await stateOf(strong.id)).toEqual(before);
    expect(await isLetIn(strong.secret)).toBe(true);
    const whole = await enter(world.engineer, WHOLE);
    expect((await callRoute(one.DELETE, { token: whole, method: "DELETE", params })).status).toBe(200);
  });
});

it("what a person does through the API is told apart from what they do in the console", async () => {
  const { world, enter, sql, db } = await personScene();
  const token = await enter(world.admin, WHOLE);
  const made = await callRoute(tokens.POST, { token, method: "POST", body: { name: "By hand" } });
  await rotateToken(world.admin, { id: made.json.id, overlap_days: 1 }, contextOf(db, new Date()));
  const [{ id } = { id: "" }] = await sql`select id from api_logins`;
  const { json } = await callRoute(audit.GET, { token });
  const told = json.data.map(({ action, by, details }: Record<string, never>) => [action, by, details]);
  const by = { kind: "member", token: null };
  expect(told).toContainEqual([
    "token.created",
    expect.objectContaining({ ...by, login: id }),
    expect.not.objectContaining({ api_login: expect.anything() }),
  ]);
  expect(told).toContainEqual(["token.rotated", expect.objectContaining({ ...by, login: null }), expect.anything()]);
});
