import { describe, expect, it } from "vitest";
import { PEER_HEADER } from "@/lib/auth/peer-address";
import { deleteToken } from "@/lib/tokens/delete-token";
import { callForm, callRoute, exchange, serveApi } from "@/test/api";
import { contextOf, makeWorld, type WorldOptions } from "@/test/world";
import * as me from "./me/route";
import * as membersRoute from "./members/route";
import * as revoke from "./oauth/revoke/route";
import * as oneToken from "./tokens/[id]/route";
import * as tokens from "./tokens/route";

const HERE = "203.0.113.7";

interface Kept {
  requestId: string;
  tokenId: string | null;
  memberId: string | null;
  server: string;
  method: string;
  path: string;
  status: number;
  code: string;
  facts: Record<string, unknown> & { fields?: string[] };
  ip: string | null;
  agent: string | null;
}

async function scene(options: WorldOptions = {}) {
  const api = await serveApi();
  const world = await makeWorld(api.db, options);
  const kept = async () => {
    await api.refusals.flush();
    return api.sql<Kept[]>`
      select request_id as "requestId", token_id as "tokenId", member_id as "memberId", server, method, path, status, code,
        facts, host(ip) as ip, agent
      from refused_calls where organization_id = ${world.organizationId} order by id`;
  };
  return { ...api, world, kept };
}

const from = (ip = HERE, more: Record<string, string> = {}) => ({ [PEER_HEADER]: ip, "user-agent": "curl/8", ...more });

describe("a call that lacks a permission", () => {
  it("is kept with what it needed, what it lacked and which role lacks it, and the address without its query", async () => {
    const { world, kept } = await scene();
    const token = await world.addToken(world.engineer, { roleId: world.roleIds.viewer });
    const answer = await callRoute(membersRoute.GET, {
      token: token.secret,
      path: "/api/v1/members?q=somebody",
      headers: from(HERE, { "x-request-id": "deploy-4711" }),
    });
    expect([answer.status, answer.headers.get("x-request-id")]).toEqual([403, "deploy-4711"]);
    const rows = await kept();
    expect(rows).toMatchObject([
      {
        requestId: "deploy-4711",
        tokenId: token.id,
        memberId: null,
        server: "app",
        method: "GET",
        path: "/api/v1/members",
        status: 403,
        code: "insufficient_scope",
        ip: HERE,
        agent: "curl/8",
        facts: {
          needed: ["members:read"],
          missing: ["members:read"],
          role: { id: world.roleIds.viewer, name: "Viewer", lacks: ["members:read"] },
          issuerRole: { id: world.roleIds.engineer, name: "Engineer", lacks: [] },
        },
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain("somebody");
  });

  it("of a token that mirrors its issuer names the issuer's role alone", async () => {
    const { world, kept } = await scene();
    const token = await world.addToken(world.user, { roleId: null });
    await callRoute(membersRoute.GET, { token: token.secret });
    expect(await kept()).toMatchObject([
      { facts: { role: null, issuerRole: { name: "User", lacks: ["members:read"] } } },
    ]);
  });
});

describe("an access token", () => {
  it("is kept as one: with what it was made for, and, once it is over, not as its client's end", async () => {
    const { world, kept } = await scene();
    const client = await world.addToken(world.admin, { kind: "cls" });
    const { token } = await exchange(client, {}, "organization:read");
    expect((await callRoute(tokens.GET, { token })).status).toBe(403);
    const rows = await kept();
    expect(rows).toMatchObject([
      {
        tokenId: client.id,
        code: "insufficient_scope",
        facts: { missing: ["tokens:read"], access: { scope: ["organization:read"] }, issuerRole: { lacks: [] } },
      },
    ]);
    const whole = (await exchange(client)).token;
    expect((await callRoute(oneToken.GET, { token: whole, params: { id: "0123456789ab" } })).status).toBe(404);
    expect((await kept()).at(-1)).toMatchObject({ tokenId: client.id, code: "not_found", facts: { access: {} } });
    const pat = await world.addToken(world.viewer);
    await callRoute(membersRoute.GET, { token: pat.secret });
    expect((await kept()).at(-1)?.facts).not.toHaveProperty("access");
    const authorization = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}`;
    await callForm(revoke.POST, { headers: { authorization }, form: { token } });
    expect((await callRoute(tokens.GET, { token })).status).toBe(401);
    expect((await kept()).at(-1)).toMatchObject({ tokenId: client.id, code: "deleted", facts: { access: {} } });
  });
});

describe("a call that is let in", () => {
  it("is kept nowhere", async () => {
    const { world, kept, refusals } = await scene();
    const token = await world.addToken(world.admin);
    expect((await callRoute(me.GET, { token: token.secret })).status).toBe(200);
    expect(refusals.waiting).toBe(0);
    expect(await kept()).toEqual([]);
  });
});

describe("a credential that is none any more", () => {
  it.each(["expired", "deleted", "issuer_deactivated", "tokens_disabled"] as const)(
    "is kept as %s, while its sender hears what everybody hears",
    async (code) => {
      const { world, kept, db, sql } = await scene();
      const token = await world.addToken(world.user, code === "expired" ? { expiresAt: new Date(0) } : {});
      if (code === "deleted") await deleteToken(world.user, { id: token.id }, contextOf(db, new Date()));
      if (code === "issuer_deactivated")
        await sql`update members set status = 'deactivated', deactivated_at = now() where id = ${world.user.memberId}`;
      if (code === "tokens_disabled")
        await sql`update organizations set tokens_enabled = false where id = ${world.organizationId}`;
      const answer = await callRoute(me.GET, { token: token.secret });
      expect([answer.status, answer.json.code, answer.json.detail]).toEqual([401, "invalid_token", undefined]);
      expect(await kept()).toMatchObject([{ code, status: 401, tokenId: token.id, path: "/api/v1" }]);
      expect(answer.text).not.toContain(code);
    },
  );

  it("of a client is kept, and no secret that is wrong or nobody's", async () => {
    const { world, kept } = await scene();
    const client = await world.addToken(world.admin, { kind: "cls" });
    const other = await world.addToken(world.admin);
    await callRoute(me.GET, { token: client.secret });
    await callRoute(me.GET, { token: `${other.secret.slice(0, -1)}0` });
    await callRoute(me.GET, {});
    expect(await kept()).toMatchObject([{ code: "client_secret", status: 401, tokenId: client.id }]);
  });
});

describe("a call that is held to a rule of the policy", () => {
  it("is kept with the address and the networks of then, and with the limit", async () => {
    const { world, kept } = await scene({ policy: { allowedNetworks: ["203.0.113.0/24"], callsPerToken: 1 } });
    const token = await world.addToken(world.admin, { allowedNetworks: ["203.0.113.0/28"] });
    expect((await callRoute(me.GET, { token: token.secret, headers: from("203.0.113.99") })).status).toBe(403);
    expect((await callRoute(me.GET, { token: token.secret, headers: from() })).status).toBe(200);
    expect((await callRoute(me.GET, { token: token.secret, headers: from() })).status).toBe(429);
    expect(await kept()).toMatchObject([
      {
        code: "address_not_allowed",
        status: 403,
        facts: { address: "203.0.113.99", policy: ["203.0.113.0/24"], token: ["203.0.113.0/28"] },
      },
      { code: "rate_limited", status: 429, facts: { of: "token", limit: 1 } },
    ]);
  });

  it("or of its input is kept with the names of fields, and none of their values", async () => {
    const { world, kept } = await scene({ policy: { tokensMayMint: true } });
    const token = await world.addToken(world.engineer);
    const secret = (await world.addToken(world.user)).secret;
    const sent = (body: unknown) => callRoute(tokens.POST, { method: "POST", token: token.secret, body });
    expect((await sent({ name: 7, [secret]: "x", role_id: "what was sent" })).status).toBe(422);
    expect((await sent({ name: "Deploys", role_id: world.roleIds.administrator })).status).toBe(403);
    expect((await callRoute(tokens.GET, { token: token.secret, path: "/api/v1/tokens?cursor=no" })).status).toBe(400);
    const gone = { id: "0123456789ab" };
    expect((await callRoute(oneToken.GET, { token: token.secret, params: gone })).status).toBe(404);
    const rows = await kept();
    expect(rows.map(({ code, status }) => [code, status])).toEqual([
      ["invalid_input", 422],
      ["role_exceeds_yours", 403],
      ["invalid_cursor", 400],
      ["not_found", 404],
    ]);
    expect(rows[0]?.facts.fields?.toSorted()).toEqual(["name", "role_id"]);
    expect(JSON.stringify(rows)).not.toContain("what was sent");
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe("a secret", () => {
  it("in the path, in the agent or as the request's id is not kept", async () => {
    const { world, kept } = await scene();
    const token = await world.addToken(world.viewer);
    const part = token.secret.slice(-30);
    for (const path of [
      `/api/v1/${token.secret}`,
      `/api/v1/%${token.secret.charCodeAt(0).toString(16)}${token.secret.slice(1)}`,
    ]) {
      await callRoute(membersRoute.GET, {
        token: token.secret,
        path,
        headers: { "user-agent": `tool (${token.secret})` },
      });
    }
    const rows = await kept();
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain(part);
  });
});
