import { describe, expect, it, onTestFinished } from "vitest";
import { PROXIES } from "@/examples/protected-api/recipe";
import { deleteToken } from "@/lib/tokens/delete-token";
import { serveGate } from "@/test/gate";
import { contextOf } from "@/test/world";
import { header, keepAlive, request, send } from "./raw-client";
import { RecordingApi } from "./recording-api";
import { findProxy, startProxy } from "./start-proxy";

/** The product's own gate between a proxy with its recipe and an API. */
describe.each(PROXIES)("%s before the real gate", async (name) => {
  const tool = await findProxy(name);

  async function serve() {
    if (!tool) throw new Error("This test has no proxy.");
    const latchkey = await serveGate();
    const { world } = latchkey;
    const roleId = await world.addRole("Clerk", ["events:read"]);
    const clerk = await world.addMember({ role: { roleId } });
    const api = await RecordingApi.start();
    const proxy = await startProxy(name, tool, {
      gate: Number(new URL(latchkey.gate.url).port),
      api: api.port,
    });
    onTestFinished(async () => {
      await proxy.stop();
      await api.refuseConnections();
    });
    const token = await world.addToken(clerk, { roleId });
    return {
      ...latchkey,
      api,
      clerk,
      roleId,
      token,
      bearer: `Authorization: Bearer ${token.secret}`,
      port: proxy.port,
    };
  }

  it.skipIf(tool === null)("lets a token do what it may, and nothing else, in its own name", async () => {
    const { api, bearer, clerk, port, roleId, token, world } = await serve();
    const lies = ["X-Latchkey-Member: root", "X_Latchkey_Role: root", "X-Forwarded-For: 203.0.113.66"];
    expect((await send(port, "GET /events/7 HTTP/1.1", [bearer, ...lies])).status).toBe(200);
    expect(api.arrivals).toHaveLength(1);
    const said = Object.fromEntries(api.arrivals[0]?.headers.filter(([line]) => /latchkey/.test(line)) ?? []);
    expect(said).toMatchObject({
      "x-latchkey-organization": world.organizationId,
      "x-latchkey-token": token.id,
      "x-latchkey-member": clerk.memberId,
      "x-latchkey-role": roleId,
      "x-latchkey-permissions": "events:read",
    });
    expect(JSON.stringify(api.arrivals)).not.toContain(token.secret);

    const refused = await send(port, "DELETE /events/7 HTTP/1.1", [bearer]);
    expect(refused.status).toBe(403);
    expect(header(refused, "www-authenticate")).toContain('error="insufficient_scope", scope="events:write"');
    expect((await send(port, "GET /events HTTP/1.1")).status).toBe(401);
    const wrong = await send(port, "GET /events HTTP/1.1", [`${bearer.slice(0, -1)}x`]);
    expect(wrong.status).toBe(401);
    expect(header(wrong, "www-authenticate")).toContain('error="invalid_token"');
    expect((await send(port, "GET /events HTTP/1.1", [bearer, bearer])).status).toBeGreaterThanOrEqual(400);
    expect((await send(port, `GET /events?access_token=${token.secret} HTTP/1.1`, [bearer])).status).toBe(401);
    expect(api.arrivals).toHaveLength(1);
  });

  it.skipIf(tool === null)("refuses a deleted token on the connection on which it was let in", async () => {
    const { api, bearer, db, instance, port, token, world } = await serve();
    const connection = await keepAlive(port);
    const call = () => connection.send(request("GET /events HTTP/1.1", [bearer]));
    expect((await call()).status).toBe(200);
    expect(await deleteToken(world.admin, { id: token.id }, contextOf(db))).toMatchObject({ ok: true });
    await instance.feed.catchUp();
    expect((await call()).status).toBe(401);
    expect(api.arrivals).toHaveLength(1);
    connection.close();
  });
});
