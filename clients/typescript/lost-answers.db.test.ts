import type { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import * as rotation from "@/app/api/v1/tokens/[id]/rotate/route";
import * as tokens from "@/app/api/v1/tokens/route";
import { serveApi } from "@/test/api";
import { makeWorld } from "@/test/world";
import { Latchkey, LatchkeySecretLost } from "./latchkey";

/** The API as a client reaches it, over a network that loses the first answer. */
async function scene() {
  const { db, sql } = await serveApi();
  const world = await makeWorld(db, { policy: { tokensMayMint: true } });
  const token = await world.addToken(world.admin);
  let answered = 0;
  const wire: typeof fetch = async (url, init) => {
    const request = new Request(url, init) as NextRequest;
    const id = /tokens\/(\w+)\/rotate$/.exec(String(url))?.[1];
    const route = id ? rotation.POST : tokens.POST;
    const response = await route(request, { params: Promise.resolve(id ? { id } : {}) });
    if (++answered === 1) throw new TypeError("fetch failed");
    return response;
  };
  const wait = async () => {
    // As if the time that the API asks for had passed.
    await sql`update api_tokens set pending_at = pending_at - interval '10 seconds'`;
  };
  const latchkey = new Latchkey({ baseUrl: "http://latchkey.example", token: token.secret, fetch: wire, wait });
  return { sql, world, latchkey, answered: () => answered };
}

describe("an answer that was lost on its way", () => {
  it("makes no second token, and says which one was made, without its secret", async () => {
    const { sql, world, latchkey, answered } = await scene();
    const body = { name: "Order sync", role_id: world.roleIds.viewer, expires_at: null };
    const error = await latchkey.tokens.create(body).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(LatchkeySecretLost);
    const made = await sql`select id from api_tokens where name = 'Order sync'`;
    expect(made).toEqual([{ id: error.made.id }]);
    expect(error.made).not.toHaveProperty("secret");
    expect(answered()).toBe(2);
  });

  it("of a rotation is made good by the next, whose secret is the one that waits", async () => {
    const { world, latchkey } = await scene();
    const other = await world.addToken(world.admin, { name: "ci" });
    const { secret, rotation: state } = await latchkey.tokens.rotate(other.id);
    expect(secret).toMatch(/^lk_pat_/);
    expect(state?.waiting_since).not.toBeNull();
  });
});
