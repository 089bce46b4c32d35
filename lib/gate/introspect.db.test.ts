import { describe, expect, it } from "vitest";
import { MISSES_A_MINUTE } from "@/lib/authority/address-misses";
import { cancelRotation } from "@/lib/tokens/cancel-rotation";
import { rotateToken } from "@/lib/tokens/rotate-token";
import { mintToken } from "@/lib/tokens/token-secret";
import { days, NOW } from "@/test/clock";
import { PUBLIC_URL, serveGate } from "@/test/gate";
import { signedFor } from "@/test/signed";
import { contextOf, makeWorld } from "@/test/world";

type Gate = Awaited<ReturnType<typeof serveGate>>;

const FORM = { "content-type": "application/x-www-form-urlencoded" };

const introspect = (gate: Gate, caller: string | undefined, token: string, more = "") =>
  gate.ask("/introspect", {
    method: "POST",
    token: caller,
    headers: FORM,
    body: `token=${encodeURIComponent(token)}${more}`,
  });

describe("introspection", () => {
  it("tells who reads tokens what an active one is, and nothing beside", async () => {
    const gate = await serveGate();
    const { world } = gate;
    const caller = await world.addToken(world.admin);
    const token = await world.addToken(world.engineer, {
      roleId: world.roleIds.viewer,
      createdAt: days(-30),
      expiresAt: new Date("2099-01-01T00:00:00.999Z"),
    });
    const { status, headers, text } = await introspect(
      gate,
      caller.secret,
      token.secret,
      "&token_type_hint=access_token",
    );
    expect(status).toBe(200);
    expect([headers["content-type"], headers["cache-control"]]).toEqual(["application/json", "no-store"]);
    expect(JSON.parse(text)).toEqual({
      active: true,
      client_id: token.id,
      username: world.engineer.name,
      sub: world.engineer.memberId,
      scope: "organization:read roles:read tokens:read",
      token_type: "Bearer",
      iss: PUBLIC_URL,
      iat: days(-30).getTime() / 1000,
      exp: Date.UTC(2099, 0, 1) / 1000,
    });
    const endless = await world.addToken(world.user, { expiresAt: null });
    expect(JSON.parse((await introspect(gate, caller.secret, endless.secret)).text)).not.toHaveProperty("exp");
  });

  it("is asked by no access token that was made for another API, which tells of itself when it is shown", async () => {
    const orders = "https://orders.example";
    const gate = await serveGate({ audiences: [orders] });
    const { world, db } = gate;
    const client = await world.addToken(world.admin, { kind: "cls" });
    const [own, others] = [
      await signedFor(db, world, client),
      await signedFor(db, world, client, { claims: { aud: orders } }),
    ];
    const refused = await introspect(gate, others, own);
    expect([refused.status, JSON.parse(refused.text).code]).toEqual([401, "invalid_token"]);
    const told = await introspect(gate, own, others);
    expect([told.status, JSON.parse(told.text)]).toEqual([200, expect.objectContaining({ active: true, aud: orders })]);
  });

  it("says of every other text that it is not active, in the same bytes", async () => {
    const gate = await serveGate();
    const { world, db } = gate;
    const caller = await world.addToken(world.admin);
    const other = await makeWorld(db);
    const gone = await world.addMember({ role: "user" });
    const ofGone = await world.addToken(gone);
    await world.deactivate(gone);
    const right = (await world.addToken(world.user)).secret;
    for (const text of [
      "nonsense",
      `${right.slice(0, -1)}~`,
      (await other.addToken(other.admin)).secret,
      (await world.addToken(world.user, { expiresAt: days(-1) })).secret,
      (await world.addToken(world.user, { deletedAt: NOW })).secret,
      (await world.addToken(world.user, { kind: "cls" })).secret,
      ofGone.secret,
    ]) {
      const answer = await introspect(gate, caller.secret, text);
      expect([answer.status, answer.text]).toEqual([200, '{"active":false}']);
    }
  });

  it("tells its caller of no token that it does not see", async () => {
    const gate = await serveGate({ world: { preset: "personal_mirror" } });
    const { world } = gate;
    const caller = await world.addToken(world.engineer, { roleId: null });
    const own = await world.addToken(world.engineer, { roleId: null });
    const others = await world.addToken(world.user, { roleId: null });
    expect(JSON.parse((await introspect(gate, caller.secret, own.secret)).text)).toMatchObject({ active: true });
    expect((await introspect(gate, caller.secret, others.secret)).text).toBe('{"active":false}');
  });

  it("tells it of no token outside its groups", async () => {
    const gate = await serveGate({ world: { teamsEnabled: true, policy: { visibility: "permitted" } } });
    const { world } = gate;
    const roleId = await world.addRole("Overseer", ["tokens:read", "tokens:oversee"]);
    const overseer = await world.addMember({ role: { roleId } });
    await world.addGroup("East", [overseer, world.user]);
    await world.addGroup("West", [world.viewer]);
    const caller = await world.addToken(overseer);
    const near = await world.addToken(world.user);
    const far = await world.addToken(world.viewer);
    expect(JSON.parse((await introspect(gate, caller.secret, near.secret)).text).active).toBe(true);
    expect((await introspect(gate, caller.secret, far.secret)).text).toBe('{"active":false}');
  });

  it("is a use of the token where it is active, by nobody that is known, and takes nothing from its limits", async () => {
    const gate = await serveGate({ world: { policy: { callsPerToken: 3 } } });
    const { world, instance, sql } = gate;
    const caller = await world.addToken(world.admin);
    const token = await world.addToken(world.user);
    for (let n = 0; n < 3; n++) expect((await introspect(gate, caller.secret, token.secret)).status).toBe(200);
    expect((await introspect(gate, caller.secret, token.secret)).status).toBe(429);
    await instance.usage.flush({ everything: true });
    const [row] = await sql`select last_used_at, last_used_ip, last_used_agent from api_tokens where id = ${token.id}`;
    expect(row).toEqual({ last_used_at: expect.anything(), last_used_ip: null, last_used_agent: null });
    expect(await sql`select ip from token_callers where token_id = ${token.id}`).toHaveLength(0);
    const { headers } = await gate.ask("/verify", { token: token.secret });
    expect(headers.ratelimit).toMatch(/^"token";r=2;/);
    await instance.usage.flush({ everything: true });
    const used = await sql`
      select token_id, outcome, sum(calls)::int as calls from token_usage group by 1, 2 order by token_id = ${caller.id}, 3`;
    expect([...used]).toEqual([
      { token_id: token.id, outcome: "allowed", calls: 4 },
      { token_id: caller.id, outcome: "refused", calls: 1 },
      { token_id: caller.id, outcome: "allowed", calls: 3 },
    ]);
  });

  it("counts nothing for a token that is not active to its caller, and takes no secret of it up", async () => {
    const gate = await serveGate({ world: { preset: "personal_mirror" } });
    const { world, instance, sql, db } = gate;
    const caller = await world.addToken(world.engineer, { roleId: null });
    const others = await world.addToken(world.user, { roleId: null });
    const over = await world.addToken(world.engineer, { roleId: null, expiresAt: days(-1) });
    const waiting = await rotateToken(world.user, { id: others.id, overlap_days: 0 }, contextOf(db, new Date()));
    if (!waiting.ok) throw new Error(waiting.refusal.code);
    for (const secret of [others.secret, over.secret, waiting.value.secret.reveal()]) {
      expect((await introspect(gate, caller.secret, secret)).text).toBe('{"active":false}');
    }
    await instance.usage.flush({ everything: true });
    expect(await sql`select distinct token_id from token_usage`).toEqual([{ token_id: caller.id }]);
    expect(await sql`select id from api_tokens where rotated_at is not null or pending_at is not null`).toMatchObject([
      { id: others.id },
    ]);
  });

  it("is the first use of a secret that waits: from its answer on, nothing takes that secret back", async () => {
    const gate = await serveGate();
    const { world, sql, db, instance } = gate;
    const caller = await world.addToken(world.admin);
    const token = await world.addToken(world.user);
    expect(JSON.parse((await introspect(gate, caller.secret, token.secret)).text).active).toBe(true);
    const made = await rotateToken(world.user, { id: token.id, overlap_days: 0 }, contextOf(db, new Date()));
    if (!made.ok) throw new Error(made.refusal.code);
    const fresh = made.value.secret.reveal();
    expect(JSON.parse((await introspect(gate, caller.secret, fresh)).text).active).toBe(true);
    expect(await cancelRotation(world.user, { id: token.id }, contextOf(db))).toMatchObject({
      refusal: { code: "no_rotation" },
    });
    await instance.catchUp();
    expect((await introspect(gate, caller.secret, token.secret)).text).toBe('{"active":false}');
    expect(await sql`select ip, agent from secret_uses where token_id = ${token.id}`).toEqual([
      { ip: null, agent: null },
    ]);
    const [event] = await sql`select ip, request_id from audit_events where action = 'token.secret_replaced'`;
    expect(event).toEqual({ ip: null, request_id: expect.any(String) });
  });

  it("tells the end of the secret that it was asked about, where another has replaced it", async () => {
    const gate = await serveGate();
    const { world, sql, db, instance } = gate;
    const caller = await world.addToken(world.admin);
    const token = await world.addToken(world.user, { expiresAt: null });
    const made = await rotateToken(world.user, { id: token.id, overlap_days: 2 }, contextOf(db, new Date()));
    if (!made.ok) throw new Error(made.refusal.code);
    const expOf = async (secret: string) => JSON.parse((await introspect(gate, caller.secret, secret)).text).exp;
    expect(await expOf(made.value.secret.reveal())).toBeUndefined();
    await instance.catchUp();
    const [row] = await sql`
      select floor(extract(epoch from previous_ends_at))::int as ends from api_tokens where id = ${token.id}`;
    expect(await expOf(token.secret)).toBe(row?.ends);
  });

  it("wants a caller that may read tokens", async () => {
    const gate = await serveGate();
    const { world } = gate;
    const token = await world.addToken(world.user);
    const without = await world.addToken(world.user, { roleId: await world.addRole("None", []) });
    expect((await introspect(gate, undefined, token.secret)).status).toBe(401);
    expect((await introspect(gate, "nonsense", token.secret)).status).toBe(401);
    const refused = await introspect(gate, without.secret, token.secret);
    expect([refused.status, JSON.parse(refused.text).code]).toEqual([403, "insufficient_scope"]);
    const inAddress = await gate.ask(`/introspect?token=${token.secret}`, { method: "POST", token: token.secret });
    expect([inAddress.status, JSON.parse(inAddress.text).code]).toEqual([400, "token_in_query"]);
  });

  it("refuses a body that is too large, of another type, or without the one token", async () => {
    const gate = await serveGate();
    const { secret } = await gate.world.addToken(gate.world.admin);
    const post = async (body: string, headers: Record<string, string> = FORM) => {
      const answer = await gate.ask("/introspect", { method: "POST", token: secret, headers, body });
      return [answer.status, JSON.parse(answer.text).code];
    };
    expect(await post(`token=${"x".repeat(8192)}`)).toEqual([413, "body_too_large"]);
    expect(await post(`{"token":"x"}`, { "content-type": "application/json" })).toEqual([
      415,
      "unsupported_media_type",
    ]);
    expect(await post("")).toEqual([422, "invalid_input"]);
    expect(await post("token=")).toEqual([422, "invalid_input"]);
    expect(await post("token=a&token=b")).toEqual([422, "invalid_input"]);
    expect(await post(`token=${"x".repeat(8186)}`)).toEqual([200, undefined]);
    const counted = await gate.say(
      `POST /introspect HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer ${secret}\r\nTransfer-Encoding: chunked\r\n` +
        `Content-Type: ${FORM["content-type"]}\r\n\r\n2328\r\n${"x".repeat(9000)}\r\n`,
    );
    expect(counted).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("answers 429 where its caller asked for too many that are none, and never that a token is not active", async () => {
    const gate = await serveGate();
    const { world, instance } = gate;
    const [caller, another] = [await world.addToken(world.admin), await world.addToken(world.admin)];
    const [known, token] = [await world.addToken(world.user), await world.addToken(world.user)];
    const headers = { "x-forwarded-for": "203.0.113.9" };
    await introspect(gate, caller.secret, known.secret);
    for (let n = 0; n < MISSES_A_MINUTE; n += 20) {
      const asked = Array.from({ length: 20 }, () =>
        introspect(gate, caller.secret, mintToken("lk", "pat").plain.reveal()),
      );
      for (const { text } of await Promise.all(asked)) expect(text).toBe('{"active":false}');
    }
    const { count } = instance.lookups;
    for (const { secret } of [token, { secret: mintToken("lk", "pat").plain.reveal() }]) {
      const answer = await introspect(gate, caller.secret, secret);
      expect([answer.status, JSON.parse(answer.text).code]).toEqual([429, "too_many_misses"]);
      expect(Number(answer.headers["retry-after"])).toBeGreaterThanOrEqual(1);
    }
    expect(instance.lookups.count).toBe(count);
    // Nobody else is held to it: neither what it let in before, nor other callers, nor who calls from its address.
    expect(JSON.parse((await introspect(gate, caller.secret, known.secret)).text).active).toBe(true);
    expect(JSON.parse((await introspect(gate, another.secret, token.secret)).text).active).toBe(true);
    const fresh = await world.addToken(world.user);
    expect((await gate.ask("/verify", { token: fresh.secret, headers })).status).toBe(200);
  });

  it("answers 503 where the database does not say, and never that a token is not active", async () => {
    const gate = await serveGate();
    const { world, instance } = gate;
    const caller = await world.addToken(world.admin);
    const token = await world.addToken(world.user);
    await introspect(gate, caller.secret, token.secret);
    const fresh = await world.addToken(world.user);
    instance.lookups.fail = Object.assign(new Error("gone"), { code: "CONNECTION_CLOSED" });
    const answer = await introspect(gate, caller.secret, fresh.secret);
    expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "2"]);
  });
});
