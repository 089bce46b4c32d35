import { describe, expect, it } from "vitest";
import { rotateToken } from "@/lib/tokens/rotate-token";
import { callRoute, serveApi } from "@/test/api";
import { contextOf, makeWorld } from "@/test/world";
import * as me from "./me/route";
import * as byId from "./tokens/[id]/rotate/route";
import * as cancel from "./tokens/[id]/rotation/route";
import * as self from "./tokens/self/rotate/route";

async function scene() {
  const { db, sql } = await serveApi();
  const world = await makeWorld(db);
  const token = await world.addToken(world.user, { name: "ci" });
  const callerOf = (id: string) => ({
    rotate: (secret: string, body?: unknown) => callRoute(self.POST, { method: "POST", token: secret, body }),
    isLetIn: async (secret: string) => (await callRoute(me.GET, { token: secret })).status === 200,
    state: async () => (await sql`select * from api_tokens where id = ${id}`)[0],
    /** As if the rotation before had been a while ago. */
    wait: () => sql`
      update api_tokens set pending_at = pending_at - interval '10 seconds', rotated_at = rotated_at - interval '10 seconds'
      where id = ${id}`,
  });
  return { db, sql, world, token, ...callerOf(token.id) };
}

describe("a token that rotates itself", () => {
  it("gets a secret, with a body or without, that no other answer holds, and goes on with either", async () => {
    const { token, rotate, isLetIn } = await scene();
    const answer = await rotate(token.secret);
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
    const { secret, ...rest } = answer.json;
    expect(rest).toMatchObject({ id: token.id, rotation: { previous_ends_at: null } });
    expect(JSON.stringify(rest)).not.toContain(secret);
    // What it may know of itself without any permission, and no more.
    const own = (await callRoute(me.GET, { token: token.secret })).json;
    expect(rest).toEqual({ ...own, rotation: rest.rotation });
    expect(await isLetIn(token.secret)).toBe(true);
    expect(await isLetIn(secret)).toBe(true);
    expect(await isLetIn(token.secret)).toBe(true);
    expect((await callRoute(me.GET, { token: secret })).text).not.toContain(secret);
  });

  it("refuses an overlap that is none, and then makes nothing", async () => {
    const { token, rotate, state } = await scene();
    for (const overlap_days of [-1, 8, 1.5, "2", null]) {
      const answer = await rotate(token.secret, { overlap_days });
      expect([answer.status, answer.json.errors?.[0]?.field]).toEqual([422, "overlap_days"]);
    }
    expect((await state())?.pending_hash).toBeNull();
  });

  it("does not get another by the secret that was replaced, while that goes on", async () => {
    const { token, rotate, isLetIn, state, wait } = await scene();
    const { secret } = (await rotate(token.secret)).json;
    expect(await isLetIn(secret)).toBe(true);
    expect((await rotate(token.secret)).json.code).toBe("secret_superseded");
    await wait();
    expect((await rotate(secret)).status).toBe(200);
    expect((await state())?.state).toBe("active");
  });

  it("recovers an answer that was lost by asking again, and nothing stops working meanwhile", async () => {
    const { token, rotate, isLetIn, wait } = await scene();
    const lost = (await rotate(token.secret)).json.secret;
    const hurried = await rotate(token.secret);
    expect([hurried.status, hurried.json.code]).toEqual([409, "rotated_just_now"]);
    expect(Number(hurried.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    await wait();
    const { secret } = (await rotate(token.secret)).json;
    expect(await isLetIn(token.secret)).toBe(true);
    expect(await isLetIn(lost)).toBe(false);
    expect(await isLetIn(secret)).toBe(true);
  });
});

describe("an old secret", () => {
  it.each([
    ["that ended at once", 0],
    ["whose overlap is over", 3],
  ])(
    "%s deletes the token where it asks for a new one, and tells issuer and administrators",
    async (_, overlap_days) => {
      const { sql, world, token, rotate, isLetIn, state } = await scene();
      const { secret } = (await rotate(token.secret, { overlap_days })).json;
      expect(await isLetIn(secret)).toBe(true);
      await sql`update api_tokens set previous_ends_at = now() where previous_ends_at is not null`;
      // Elsewhere it is any wrong one.
      expect(await isLetIn(token.secret)).toBe(false);
      expect(await isLetIn(secret)).toBe(true);
      const answer = await rotate(token.secret);
      expect([answer.status, answer.json.code]).toEqual([401, "invalid_token"]);
      expect(await isLetIn(secret)).toBe(false);
      expect(await state()).toMatchObject({ state: "deleted", deleted_by: null });
      const events = await sql`select * from audit_events where action = 'token.deleted'`;
      expect(events).toMatchObject([{ actor_kind: "system", details: { name: "ci", old_secret_presented: true } }]);
      const told = await sql`select * from notifications`;
      expect(told.map(({ member_id }) => member_id).sort()).toEqual([world.user.memberId, world.admin.memberId].sort());
      for (const one of told) expect(one).toMatchObject({ event: "token_leaked", in_app: true });
      const mails = await sql`select * from outbox`;
      expect(mails).toHaveLength(2);
      expect(JSON.stringify([events, told, mails])).not.toContain(token.secret.slice(-12));
      // Told once.
      await rotate(token.secret);
      expect(await sql`select 1 from notifications`).toHaveLength(2);
    },
  );

  it("whose overlap the next rotation cut short deletes nothing before the end that its holder was told", async () => {
    const { sql, token, rotate, isLetIn, state, wait } = await scene();
    const second = (await rotate(token.secret, { overlap_days: 7 })).json.secret;
    expect(await isLetIn(second)).toBe(true);
    await wait();
    await sql`update api_tokens set rotated_at = rotated_at - interval '1 minute'`;
    const third = (await rotate(second, { overlap_days: 0 })).json.secret;
    expect(await isLetIn(third)).toBe(true);
    expect((await rotate(token.secret)).json.code).toBe("invalid_token");
    expect(await isLetIn(third)).toBe(true);
    expect(await sql`select 1 from notifications where event = 'token_leaked'`).toEqual([]);
    await sql`update ended_secrets set ended_at = ended_at - interval '7 days'`;
    await rotate(token.secret);
    expect(await state()).toMatchObject({ state: "deleted" });
  });

  it("that was never the token's deletes nothing: a wrong one, one that was replaced unused, one taken back", async () => {
    const { sql, world, token, rotate, state, wait } = await scene();
    const admin = await world.addToken(world.admin);
    const replaced = (await rotate(token.secret)).json.secret;
    await wait();
    const cancelled = (await rotate(token.secret)).json.secret;
    await callRoute(cancel.DELETE, { method: "DELETE", token: admin.secret, params: { id: token.id } });
    for (const secret of [replaced, cancelled]) {
      const answer = await rotate(secret);
      expect([answer.status, answer.json.code]).toEqual([401, "invalid_token"]);
    }
    expect(await state()).toMatchObject({ state: "active" });
    expect(await sql`select 1 from notifications`).toEqual([]);
  });

  it("counts as one where a program had it waiting and a person asked for another, who need not wait for that", async () => {
    const { db, world, token, rotate, isLetIn, state } = await scene();
    const thiefs = (await rotate(token.secret)).json.secret;
    const ask = () => rotateToken(world.user, { id: token.id, overlap_days: 0 }, contextOf(db, new Date()));
    const made = await ask();
    if (!made.ok) throw new Error(made.refusal.code);
    expect(await ask()).toMatchObject({ refusal: { code: "rotated_just_now" } });
    // Nor does the other take it away again, or work.
    expect((await rotate(token.secret)).json.code).toBe("other_secret_waits");
    expect(await isLetIn(thiefs)).toBe(false);
    expect(await isLetIn(made.value.secret.reveal())).toBe(true);
    expect(await state()).toMatchObject({ state: "active" });
    expect((await rotate(thiefs)).json.code).toBe("invalid_token");
    expect(await state()).toMatchObject({ state: "deleted" });
  });

  it("counts as one where a person had it waiting and another token took its place", async () => {
    const { db, world, token, state, wait, rotate } = await scene();
    const other = await world.addToken(world.user);
    const made = await rotateToken(world.user, { id: token.id, overlap_days: 0 }, contextOf(db, new Date()));
    if (!made.ok) throw new Error(made.refusal.code);
    const byOther = () => callRoute(byId.POST, { method: "POST", token: other.secret, params: { id: token.id } });
    expect((await byOther()).json.code).toBe("rotated_just_now");
    await wait();
    expect((await byOther()).status).toBe(200);
    expect((await rotate(made.value.secret.reveal())).status).toBe(401);
    expect(await state()).toMatchObject({ state: "deleted" });
  });

  it("deletes its token at the address of every rotation", async () => {
    const { token, rotate, isLetIn, state } = await scene();
    const { secret } = (await rotate(token.secret, { overlap_days: 0 })).json;
    expect(await isLetIn(secret)).toBe(true);
    await callRoute(byId.POST, { method: "POST", token: token.secret, params: { id: token.id } });
    expect(await state()).toMatchObject({ state: "deleted" });
  });
});
