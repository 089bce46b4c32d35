import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { withToken } from "@/lib/auth/with-token";
import { accepted } from "@/lib/http/answer";
import { readBody } from "@/lib/http/read-input";
import { tokenResource } from "@/lib/http/token-resource";
import { answerOnce } from "@/lib/idempotency/answer-once";
import { clearOldAnswers } from "@/lib/idempotency/clear-old-answers";
import { createToken } from "@/lib/tokens/create-token";
import { createTokenInput } from "@/lib/tokens/token-input";
import { mintToken } from "@/lib/tokens/token-secret";
import { callRoute, exchange, serveApi } from "@/test/api";
import { contextOf, makeWorld } from "@/test/world";
import { POST as extend } from "./tokens/[id]/extend/route";
import { POST as rotate } from "./tokens/[id]/rotate/route";
import { POST } from "./tokens/route";
import { POST as rotateSelf } from "./tokens/self/rotate/route";

const HOUR = 3_600_000;
const LIKE_A_JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x";

async function scene(wish: { max?: number } = {}) {
  const { db, sql } = await serveApi(wish);
  const world = await makeWorld(db, { policy: { tokensMayMint: true } });
  const token = await world.addToken(world.admin, { name: "Caller" });
  const send = (key: string, body: unknown = { name: "New" }, secret = token.secret, path = "/api/v1/tokens") =>
    callRoute(POST, {
      method: "POST",
      path,
      token: secret,
      body: { role_id: world.roleIds.viewer, ...(body as object) },
      headers: { "idempotency-key": key },
    });
  const named = async (name: string) => Number((await sql`select 1 from api_tokens where name = ${name}`).count);
  const kept = () => sql`select key, caller_id, status, headers, body::text from idempotent_requests`;
  return { db, sql, world, token, send, named, kept };
}

describe("a request with an idempotency key", () => {
  it("is done once: the same again gets the same answer, marked and without its secret", async () => {
    const { send, named, kept, sql } = await scene();
    const first = await send('"8e03978e"');
    expect([first.status, first.headers.get("idempotency-replayed")]).toEqual([201, null]);
    expect(first.json.secret).toMatch(/^lk_pat_/);
    const again = await send('"8e03978e"');
    const { secret, ...rest } = first.json;
    expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([201, "true"]);
    expect(again.json).toEqual({ ...rest, secret_notice: expect.stringContaining("shown once") });
    expect(again.headers.get("location")).toBe(first.headers.get("location"));
    expect(again.headers.get("cache-control")).toBe("no-store");
    expect(again.text).not.toContain(secret);
    // The quotes are the header's, not the key's.
    expect((await send("8e03978e")).json).toEqual(again.json);
    expect(await named("New")).toBe(1);
    expect(await sql`select 1 from audit_events where action = 'token.created'`).toHaveLength(1);
    const rows = await kept();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(secret.slice(-20));
  });

  it("refuses another request with the same key, and does nothing of it", async () => {
    const { send, named } = await scene();
    await send("k1");
    const other = await send("k1", { name: "Other" });
    expect([other.status, other.json.code]).toEqual([422, "idempotency_key_reused"]);
    const elsewhere = await send("k1", undefined, undefined, "/api/v1/elsewhere");
    expect([elsewhere.status, elsewhere.json.code]).toEqual([422, "idempotency_key_reused"]);
    expect([await named("New"), await named("Other")]).toEqual([1, 0]);
  });

  it("creates one token of fifty requests at once, and tells all fifty of it", async () => {
    const { send, named } = await scene({ max: 4 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => send("at-once")));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    expect(answers.filter(({ json }) => "secret" in json)).toHaveLength(1);
    expect(await named("New")).toBe(1);
  });

  it("uses no key where it is refused", async () => {
    const { send, named, kept } = await scene();
    const wrong = await send("k2", { name: "" });
    expect([wrong.status, await kept()]).toEqual([422, []]);
    expect((await send("k2")).status).toBe(201);
    const taken = await send("k3");
    expect([taken.status, taken.json.code]).toEqual([409, "name_taken"]);
    expect((await send("k3", { name: "Another" })).status).toBe(201);
    expect([await named("New"), await named("Another")]).toEqual([1, 1]);
  });

  it("leaves nothing behind where the answer fails after the deed, so that the next one does it", async () => {
    const { world, token, named, kept } = await scene();
    let fails = true;
    const failing = withToken("tokens:create", async (request, { actor, ctx }) => {
      const made = accepted(await createToken(actor, await readBody(request, createTokenInput), ctx));
      if (fails) throw new Error("lost");
      return tokenResource(made.token);
    });
    const send = () =>
      callRoute(failing, {
        method: "POST",
        token: token.secret,
        body: { name: "New", role_id: world.roleIds.viewer },
        headers: { "idempotency-key": "k4" },
      });
    expect((await send()).status).toBe(500);
    expect([await named("New"), await kept()]).toEqual([0, []]);
    fails = false;
    const second = await send();
    expect([second.status, second.headers.get("idempotency-replayed")]).toEqual([200, null]);
    expect(await named("New")).toBe(1);
  });

  it("has its key to itself: another token's, and another organization's, is another", async () => {
    const { db, world, send, named } = await scene();
    const other = await world.addToken(world.admin, { name: "Other caller" });
    const house = await makeWorld(db, { policy: { tokensMayMint: true } });
    const foreign = await house.addToken(house.admin);
    await send("k5");
    const theirs = await send("k5", { name: "Theirs" }, other.secret);
    expect([theirs.status, "secret" in theirs.json]).toEqual([201, true]);
    const far = await send("k5", { name: "Far", role_id: house.roleIds.viewer }, foreign.secret);
    expect([far.status, "secret" in far.json]).toEqual([201, true]);
    expect([await named("New"), await named("Theirs"), await named("Far")]).toEqual([1, 1, 1]);
  });

  it("has its key with its client, whichever access token it is sent with", async () => {
    const { world, send, named, kept } = await scene();
    const client = await world.addToken(world.admin, { kind: "cls" });
    const [one, other] = [await exchange(client), await exchange(client)];
    const first = await send("k10", undefined, one.token);
    const again = await send("k10", undefined, other.token);
    expect([first.status, again.status, again.headers.get("idempotency-replayed")]).toEqual([201, 201, "true"]);
    expect(again.json.id).toBe(first.json.id);
    expect([await named("New"), (await kept())[0]?.caller_id]).toEqual([1, client.id]);
  });

  it("is answered from memory to nobody who may no longer ask", async () => {
    const { sql, token, send } = await scene();
    const first = await send("k6");
    await sql`update api_tokens set role_id = (select role_id from api_tokens where id = ${first.json.id})
      where id = ${token.id}`;
    const again = await send("k6");
    expect([again.status, again.json.code]).toEqual([403, "insufficient_scope"]);
    expect(again.text).not.toContain(first.json.id);
  });

  it("is done anew after a day, which also clears it away", async () => {
    const { db, sql, send, kept } = await scene();
    await send("k7");
    await send("k8", { name: "Newer" });
    await sql`update idempotent_requests set created_at = created_at - interval '24 hours' where key = 'k7'`;
    const anew = await send("k7", { name: "A day later" });
    expect([anew.status, anew.json.name, "secret" in anew.json]).toEqual([201, "A day later", true]);
    await sql`update idempotent_requests set created_at = created_at - interval '24 hours' where key = 'k7'`;
    expect(await clearOldAnswers({ db, now: new Date() })).toEqual({ answers: 1 });
    expect((await kept()).map(({ key }) => key)).toEqual(["k8"]);
  });

  it("waits for another with its key, and says when to come again where that takes too long", async () => {
    const { db, sql, world, kept } = await scene();
    const ctx = { ...contextOf(db), now: new Date() };
    const request = () =>
      new Request("http://latchkey.example/api/v1/tokens", { method: "POST", headers: { "idempotency-key": "k9" } });
    const held = await sql.reserve();
    await held`begin`;
    await held`insert into idempotent_requests (organization_id, caller_id, key, fingerprint, created_at)
      values (${world.organizationId}, ${world.admin.memberId}, 'k9', 'x', now())`;
    let ran = 0;
    const once = (wait: number) => answerOnce(request(), { actor: world.admin, ctx, wait }, () => ({ ran: ++ran }));
    await expect(once(20)).rejects.toMatchObject({
      code: "idempotency_in_progress",
      options: { headers: { "Retry-After": "1" } },
    });
    expect([ran, await kept()]).toEqual([0, []]);
    // The other one failed: its turn is the next one's.
    const waiting = once(5000);
    await held`rollback`;
    held.release();
    expect([await (await waiting).json(), ran]).toEqual([{ ran: 1 }, 1]);
  });

  it("refuses what is no key, and does nothing", async () => {
    const { send, named, kept } = await scene();
    for (const key of ["", '""', "two, keys", '"one", "two"', "a b", '"open', "ä", "x".repeat(256), 'in"side']) {
      const answer = await send(key).catch(() => null);
      if (answer) expect([key, answer.status, answer.json.code]).toEqual([key, 400, "invalid_idempotency_key"]);
    }
    expect([await named("New"), await kept()]).toEqual([0, []]);
    expect((await send("x".repeat(255))).status).toBe(201);
    expect((await send(`"with, comma \\"and\\" quotes"`, { name: "Odd" })).status).toBe(201);
  });

  it("is answered whatever people typed: a name that looks like a token is kept with the rest", async () => {
    const { send, kept, named } = await scene();
    const typed = [LIKE_A_JWT, mintToken("lk", "pat").plain.reveal()];
    for (const [at, description] of typed.entries()) {
      const body = { name: at === 0 ? description : "Typed", description };
      const [first, again] = [await send(`typed-${at}`, body), await send(`typed-${at}`, body)];
      const { secret, ...rest } = first.json;
      expect([first.status, again.status, again.headers.get("idempotency-replayed")]).toEqual([201, 201, "true"]);
      expect(again.json).toEqual({ ...rest, ...body, secret_notice: expect.stringContaining("shown once") });
      expect(again.text + JSON.stringify(await kept())).not.toContain(secret);
      expect(await named(body.name)).toBe(1);
    }
  });

  it("is not kept where the answer has its secret a second time", async () => {
    const { db, world, kept } = await scene();
    const request = new Request("http://latchkey.example/x", { method: "POST", headers: { "idempotency-key": "k11" } });
    const ctx = { ...contextOf(db), now: new Date() };
    const twice = answerOnce(request, { actor: world.admin, ctx }, () => ({ secret: "s3cret", link: "/?s3cret" }));
    await expect(twice).rejects.toThrow("elsewhere");
    expect(await kept()).toEqual([]);
  });

  it("is known to every POST, and no kept answer holds a secret", async () => {
    const { world, sql, kept, token } = await scene();
    const target = await world.addToken(world.admin, { expiresAt: new Date(Date.now() + HOUR) });
    const calls = [
      { route: rotate, body: { overlap_days: 1 } },
      { route: rotateSelf, body: { overlap_days: 0 } },
      { route: extend, body: { expires_at: new Date(Date.now() + 2 * HOUR).toISOString() }, makesSecret: false },
    ];
    for (const { route, body, makesSecret = true } of calls) {
      const key = randomUUID();
      const send = () =>
        callRoute(route, {
          method: "POST",
          token: token.secret,
          params: { id: target.id },
          body,
          headers: { "idempotency-key": key },
        });
      const [first, again] = [await send(), await send()];
      expect([first.status, again.status, again.headers.get("idempotency-replayed")]).toEqual([200, 200, "true"]);
      expect(["secret" in first.json, "secret" in again.json]).toEqual([makesSecret, false]);
      if (makesSecret) expect(JSON.stringify(await kept())).not.toContain(first.json.secret.slice(-20));
      else expect(again.json).toEqual(first.json);
    }
    expect(await sql`select 1 from idempotent_requests where body::text like '%"secret"%'`).toEqual([]);
  });
});
