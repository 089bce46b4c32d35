import { describe, expect, it } from "vitest";
import { DELETE } from "@/app/api/v1/tokens/[id]/route";
import { createToken } from "@/lib/tokens/create-token";
import { deleteToken } from "@/lib/tokens/delete-token";
import { createTokenInput } from "@/lib/tokens/token-input";
import { callRoute, serveApi } from "@/test/api";
import { contextOf, makeWorld } from "@/test/world";
import { GET } from "./me/route";

async function makeClient(wish: { description?: string; role_id?: string } = {}) {
  const api = await serveApi();
  const world = await makeWorld(api.db, { preset: "client_credentials" });
  const input = createTokenInput.parse({
    description: "Ledger sync\nevery hour",
    role_id: world.roleIds.viewer,
    ...wish,
  });
  const outcome = await createToken(world.admin, input, contextOf(api.db));
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return { ...api, world, token: outcome.value.token, secret: outcome.value.secret.reveal() };
}

describe("a client", () => {
  it("has an id and a secret, and is called as its description begins", async () => {
    const { token, secret } = await makeClient();
    expect(token).toMatchObject({
      kind: "cls",
      name: "Ledger sync every hour",
      description: "Ledger sync\nevery hour",
    });
    expect(secret).toMatch(new RegExp(`^lk_cls_${token.id}_[0-9A-Za-z]{49}$`));
  });

  it.each(["Bearer", "APIKey"])(
    "is refused as %s with a problem that says what to do instead, and is counted",
    async (scheme) => {
      const { secret, usage, sql, token } = await makeClient();
      const answer = await callRoute(GET, { headers: { authorization: `${scheme} ${secret}` } });
      expect(answer.status).toBe(401);
      expect(answer.json).toMatchObject({
        code: "client_secret_not_accepted",
        type: expect.stringContaining("/docs/problems/client_secret_not_accepted"),
        title: expect.stringContaining("exchanges its client ID and secret for an access token"),
      });
      expect(answer.headers.get("www-authenticate")).toContain('error="invalid_token"');
      await usage.flush({ everything: true });
      const rows = await sql`select outcome, calls::int from token_usage where token_id = ${token.id}`;
      expect([...rows]).toEqual([{ outcome: "refused", calls: 1 }]);
    },
  );

  it("tells nobody who does not hold the secret that it is a client, and nobody once it is revoked", async () => {
    const { secret, world, db, sql, token } = await makeClient();
    const { secret: another } = await world.addToken(world.admin, { kind: "cls" });
    await sql`update api_tokens set secret_hash = sha256('another secret')`;
    for (const wrong of [another, secret, `${secret.slice(0, -1)}x`]) {
      expect((await callRoute(GET, { token: wrong })).json).toMatchObject({ code: "invalid_token" });
    }
    expect(await deleteToken(world.admin, { id: token.id }, contextOf(db))).toMatchObject({ ok: true });
    expect((await callRoute(GET, { token: secret })).json).toMatchObject({ code: "invalid_token" });
  });
});

describe("a refusal over the API", () => {
  it.each([
    ["role_scoped", "This API token was deleted before."],
    ["personal_mirror", "This API token was revoked before."],
    ["admin_issued", "This token was deleted before."],
    ["client_credentials", "This API auth token was revoked before."],
  ] as const)("speaks the words of %s in its detail, and has one title for all", async (preset, detail) => {
    const { db } = await serveApi();
    const world = await makeWorld(db, { preset });
    const acting = await world.addToken(world.admin, { roleId: null });
    const gone = await world.addToken(world.admin, { roleId: null, deletedAt: new Date() });
    const answer = await callRoute(DELETE, { token: acting.secret, method: "DELETE", params: { id: gone.id } });
    expect(answer).toMatchObject({
      status: 409,
      json: { code: "already_deleted", title: "This API token was deleted before.", detail },
    });
  });

  it("has no detail where there are no words to choose", async () => {
    const { db } = await serveApi();
    const world = await makeWorld(db);
    const { secret } = await world.addToken(world.admin, { roleId: null });
    const answer = await callRoute(DELETE, { token: secret, method: "DELETE", params: { id: "000000000000" } });
    expect(answer.json).toMatchObject({ code: "not_found" });
    expect(answer.json).not.toHaveProperty("detail");
  });
});
