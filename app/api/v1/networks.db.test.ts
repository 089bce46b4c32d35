import { describe, expect, it } from "vitest";
import { PEER_HEADER } from "@/lib/auth/peer-address";
import { callRoute, serveApi } from "@/test/api";
import { makeWorld, type NewToken } from "@/test/world";
import * as me from "./me/route";
import * as oneToken from "./tokens/[id]/route";
import * as tokens from "./tokens/route";

const INSIDE = "203.0.113.7";
const OUTSIDE = "198.51.100.1";

async function scene({
  policy = [] as string[],
  own = [] as string[],
  mint = false,
  token: wish = {} as NewToken,
} = {}) {
  const api = await serveApi();
  const world = await makeWorld(api.db, { policy: { allowedNetworks: policy, tokensMayMint: mint } });
  const token = await world.addToken(world.admin, { allowedNetworks: own, ...wish });
  const from = (ip: string | null, headers: Record<string, string> = {}, secret = token.secret) =>
    callRoute(me.GET, { token: secret, headers: { ...(ip === null ? {} : { [PEER_HEADER]: ip }), ...headers } });
  return { ...api, world, token, from };
}

describe("a call from outside the networks", () => {
  it("is refused with the address that it came from, and challenges nobody to send another credential", async () => {
    const { from } = await scene({ policy: ["203.0.113.0/24"] });
    expect((await from(INSIDE)).status).toBe(200);
    const refused = await from(OUTSIDE);
    expect([refused.status, refused.json.code]).toEqual([403, "address_not_allowed"]);
    expect(refused.json.detail).toBe(`This call came from ${OUTSIDE}.`);
    expect(refused.headers.get("www-authenticate")).toBeNull();
  });

  it("counts as refused, and leaves no trace of a use", async () => {
    const { from, usage, sql, token } = await scene({ policy: ["203.0.113.0/24"] });
    const lastUse = async () => {
      const [row] =
        await sql`select last_used_at, host(last_used_ip) as last_used_ip from api_tokens where id = ${token.id}`;
      return { ...row };
    };
    await from(OUTSIDE);
    await from(OUTSIDE);
    await usage.flush({ everything: true });
    expect(await sql`select outcome, calls::int from token_usage where token_id = ${token.id}`).toMatchObject([
      { outcome: "refused", calls: 2 },
    ]);
    expect(await lastUse()).toEqual({ last_used_at: null, last_used_ip: null });
    expect(await sql`select from token_callers where token_id = ${token.id}`).toHaveLength(0);
    await from(INSIDE);
    await usage.flush({ everything: true });
    expect((await lastUse()).last_used_ip).toBe(INSIDE);
  });

  it("is refused where nobody knows where it came from, and let in there without networks", async () => {
    const bound = await scene({ policy: ["0.0.0.0/0", "::/0"] });
    const refused = await bound.from(null);
    expect([refused.status, refused.json.code]).toEqual([403, "address_not_allowed"]);
    expect(refused.json.detail).toBe("Where this call comes from is not known.");
    const free = await scene();
    expect((await free.from(null)).status).toBe(200);
  });

  it("is not helped by any address that it says it came from", async () => {
    const { from } = await scene({ policy: ["203.0.113.0/24"] });
    const claims: Record<string, string>[] = [
      { "x-forwarded-for": INSIDE },
      { "x-forwarded-for": `${INSIDE}, ${INSIDE}` },
      { "x-real-ip": INSIDE, "true-client-ip": INSIDE, "cf-connecting-ip": INSIDE },
      { forwarded: `for=${INSIDE}` },
    ];
    for (const claim of claims) {
      const answer = await from(OUTSIDE, claim);
      expect([answer.status, answer.json.detail]).toEqual([403, `This call came from ${OUTSIDE}.`]);
      expect((await from(null, claim)).status).toBe(403);
    }
  });

  it("learns nothing with a wrong or ended credential that it would not hear inside", async () => {
    const { from, world, token } = await scene({ policy: ["203.0.113.0/24"] });
    const ended = await world.addToken(world.admin, { deletedAt: new Date() });
    const id = { "x-request-id": "the-same-one" };
    for (const secret of ["lk_pat_nonsense", ended.secret, `${token.secret.slice(0, -6)}000000`]) {
      const [inside, outside] = [await from(INSIDE, id, secret), await from(OUTSIDE, id, secret)];
      expect([outside.status, outside.text]).toEqual([401, inside.text]);
    }
  });
});

describe("networks", () => {
  it("of the policy and of the token both bind", async () => {
    const { from } = await scene({ policy: ["203.0.113.0/24"], own: ["203.0.113.64/26", "198.51.100.0/24"] });
    const status = async (ip: string) => (await from(ip)).status;
    expect(await status("203.0.113.65")).toBe(200);
    expect(await status(INSIDE)).toBe(403);
    expect(await status(OUTSIDE)).toBe(403);
  });

  it("are met by IPv6 addresses, and by IPv4 ones in IPv6 clothes", async () => {
    const { from } = await scene({ own: ["2001:db8::/48", "203.0.113.7"] });
    const status = async (ip: string) => (await from(ip)).status;
    expect(await status("2001:db8:0:ffff::1")).toBe(200);
    expect(await status("2001:db8:1::1")).toBe(403);
    expect(await status("::ffff:203.0.113.7")).toBe(200);
    expect(await status("::ffff:cb00:7108")).toBe(403);
  });

  it("of a changed policy bind the very next call", async () => {
    const { from, sql, world } = await scene();
    expect((await from(OUTSIDE)).status).toBe(200);
    await sql`update token_policies set allowed_networks = '{203.0.113.0/24}' where organization_id = ${world.organizationId}`;
    expect((await from(OUTSIDE)).status).toBe(403);
  });
});

describe("the API", () => {
  const create = (token: { secret: string }, body: Record<string, unknown>, ip = INSIDE) =>
    callRoute(tokens.POST, { token: token.secret, method: "POST", body, headers: { [PEER_HEADER]: ip } });
  const change = (token: { secret: string }, id: string, body: Record<string, unknown>, ip = INSIDE) =>
    callRoute(oneToken.PATCH, {
      token: token.secret,
      method: "PATCH",
      params: { id },
      body,
      headers: { [PEER_HEADER]: ip },
    });

  it("creates a token with networks as they are kept, tells of them, and holds it to them", async () => {
    const { sql, world, token, from } = await scene({ mint: true });
    const body = {
      name: "Bound",
      role_id: world.roleIds.viewer,
      allowed_networks: ["2001:DB8::/32", "203.0.113.7/32"],
    };
    const made = await create(token, body);
    expect([made.status, made.json.allowed_networks]).toEqual([201, ["2001:db8::/32", "203.0.113.7"]]);
    const [event] = await sql`select details from audit_events where subject_id = ${made.json.id}`;
    expect(event?.details).toMatchObject({ allowed_networks: ["2001:db8::/32", "203.0.113.7"] });
    expect((await from(OUTSIDE, {}, made.json.secret)).status).toBe(403);
    expect((await from("2001:db8::1", {}, made.json.secret)).status).toBe(200);
  });

  it("changes and takes away a token’s networks, and tells both lists", async () => {
    const { sql, world, token } = await scene({ policy: ["203.0.113.0/24"] });
    const { id } = await world.addToken(world.user);
    expect((await change(token, id, { allowed_networks: ["203.0.113.8"] })).json.allowed_networks).toEqual([
      "203.0.113.8",
    ]);
    expect((await change(token, id, { name: "Other" })).json.allowed_networks).toEqual(["203.0.113.8"]);
    expect((await change(token, id, { allowed_networks: [] })).json.allowed_networks).toEqual([]);
    const events = await sql`select details from audit_events where subject_id = ${id} order by id`;
    expect(events.map(({ details }) => details)).toMatchObject([
      { allowed_networks: { from: [], to: ["203.0.113.8"] } },
      { name: { to: "Other" } },
      { allowed_networks: { from: ["203.0.113.8"], to: [] } },
    ]);
  });

  it("refuses networks outside those of the policy, and changes nothing", async () => {
    const { sql, world, token } = await scene({ policy: ["203.0.113.0/24"], mint: true });
    const { id } = await world.addToken(world.user, { allowedNetworks: ["203.0.113.8"] });
    const count = async () => (await sql`select from api_tokens`).length;
    const before = await count();
    const allowed_networks = ["203.0.113.8", "198.51.100.0/24"];
    for (const answer of [
      await create(token, { name: "Beyond", role_id: world.roleIds.viewer, allowed_networks }),
      await change(token, id, { allowed_networks }),
    ]) {
      expect([answer.status, answer.json.code]).toEqual([422, "networks_outside_policy"]);
    }
    expect(await count()).toBe(before);
    const [row] = await sql`select allowed_networks from api_tokens where id = ${id}`;
    expect(row?.allowed_networks).toEqual(["203.0.113.8"]);
  });

  it("says of each entry that is none what is wrong with it", async () => {
    const { token } = await scene({ mint: true });
    const answer = await create(token, { name: "Wrong", allowed_networks: ["203.0.113.7", "203.0.113.7/24", "here"] });
    expect(answer.status).toBe(422);
    expect(answer.json.errors).toMatchObject([
      { field: "allowed_networks", detail: expect.stringMatching(/^203\.0\.113\.7\/24: .*Give 203\.0\.113\.0\/24/) },
      { field: "allowed_networks", detail: expect.stringMatching(/^here: This is no IP address/) },
    ]);
  });

  it("lets a token that is bound neither free itself nor make one that is less bound", async () => {
    const { sql, world, token } = await scene({ own: ["203.0.113.0/24"], mint: true });
    const role_id = world.roleIds.viewer;
    for (const answer of [
      await change(token, token.id, { allowed_networks: [] }),
      await change(token, token.id, { allowed_networks: ["0.0.0.0/0"] }),
      await create(token, { name: "Free", role_id }),
      await create(token, { name: "Wider", role_id, allowed_networks: ["203.0.112.0/23"] }),
    ]) {
      expect([answer.status, answer.json.code]).toEqual([403, "exceeds_this_token"]);
    }
    expect((await create(token, { name: "Bound", role_id, allowed_networks: ["203.0.113.9"] })).status).toBe(201);
    const [row] = await sql`select allowed_networks from api_tokens where id = ${token.id}`;
    expect(row?.allowed_networks).toEqual(["203.0.113.0/24"]);
  });
});
