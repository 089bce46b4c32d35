import { describe, expect, it } from "vitest";
import { serveGate } from "@/test/gate";

const scene = async () => {
  const { ask, world, instance, sql } = await serveGate();
  const token = await world.addToken(world.viewer);
  const kept = async () => {
    await instance.refusals.flush();
    return sql`select server, method, path, code, request_id, facts->'missing' as missing from refused_calls
      where organization_id = ${world.organizationId} order by id`;
  };
  return { ask, token, kept };
};

describe("a call that the gate refuses", () => {
  it("is kept with the method and the path that the client asked for, and never with its query", async () => {
    const { ask, token, kept } = await scene();
    const headers = {
      "x-forwarded-method": "DELETE",
      "x-forwarded-uri": "/orders/7?note=private",
      "x-request-id": "order-4711",
    };
    expect((await ask("/verify?permission=orders:write", { token: token.secret, headers })).status).toBe(403);
    const rows = await kept();
    expect(rows).toMatchObject([
      {
        server: "gate",
        method: "DELETE",
        path: "/orders/7",
        code: "insufficient_scope",
        request_id: "order-4711",
        missing: ["orders:write"],
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain("private");
  });

  it("is kept by the address that the proxy can only put into its own, and by the gate's where it tells none", async () => {
    const { ask, token, kept } = await scene();
    const path = "/verify?permission=orders:write";
    await ask(`${path}&original=/stock/9?q=private`, { token: token.secret });
    await ask(path, { token: token.secret });
    expect((await ask("/verify?permission=any", { token: token.secret })).status).toBe(200);
    const rows = await kept();
    expect(rows.map(({ method, path: at }) => `${method} ${at}`)).toEqual(["GET /stock/9", "GET /verify"]);
    expect(JSON.stringify(rows)).not.toContain("private");
  });
});
