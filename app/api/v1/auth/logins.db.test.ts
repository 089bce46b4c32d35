import { describe, expect, it } from "vitest";
import type { MemberActor } from "@/lib/access/actor";
import { ACCOUNT_ATTEMPTS } from "@/lib/auth/sign-in-limits";
import { withinMisses } from "@/lib/auth/within-misses";
import { MISSES_A_MINUTE } from "@/lib/authority/address-misses";
import { REFRESHES_A_DAY } from "@/lib/logins/login-life";
import { refreshLogin } from "@/lib/logins/refresh-login";
import { deactivateMember } from "@/lib/members/switch-member";
import { mintToken } from "@/lib/tokens/token-secret";
import { callRoute, serveApi } from "@/test/api";
import { givePassword, PASSWORD } from "@/test/passwords";
import { contextOf, makeWorld } from "@/test/world";
import * as me from "../me/route";
import * as tokens from "../tokens/route";
import * as login from "./login/route";
import * as logout from "./logout/route";
import * as refresh from "./refresh/route";

async function scene() {
  const api = await serveApi();
  const world = await makeWorld(api.db);
  await givePassword(api.db, world.user);
  return { ...api, world };
}

const post = (route: typeof login, body: unknown, more: { token?: string; headers?: Record<string, string> } = {}) =>
  callRoute(route.POST, { method: "POST", body, ...more });

const enter = ({ email }: MemberActor, more = {}) => post(login, { email, password: PASSWORD, ...more });

const meBy = (token: string) => callRoute(me.GET, { token });

describe("signing in to the API", () => {
  it("answers with a pair that its person's calls are made with, kept by nobody", async () => {
    const { world } = await scene();
    const answer = await enter(world.user);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.json).toMatchObject({
      token_type: "Bearer",
      expires_in: 3600,
      refresh_expires_in: 86_400,
      scope: [...world.user.permissions].sort().join(" "),
      organization: { id: world.organizationId },
    });
    expect(answer.json.refresh_token).toMatch(/^lk_tmp_/);
    const who = await meBy(answer.json.access_token);
    expect([who.status, who.json.organization.id]).toEqual([200, world.organizationId]);
    expect(who.json.permissions).toEqual([...world.user.permissions].sort());
  });

  it("refuses the refresh token where a token is asked for, and the access token where a refresh token is", async () => {
    const { world } = await scene();
    const { json } = await enter(world.user);
    expect((await meBy(json.refresh_token)).status).toBe(401);
    const swapped = await post(refresh, { refresh_token: json.access_token });
    expect([swapped.status, swapped.json.code]).toEqual([400, "refresh_token_invalid"]);
  });

  it("says one and the same of a wrong password and an unknown account, with a challenge, and then to wait", async () => {
    const { world } = await scene();
    const headers = { "x-request-id": "the-same-one" };
    const guess = (email: string) => post(login, { email, password: "wrong" }, { headers });
    const [unknown, wrong] = [await guess("nobody@example.com"), await guess(world.user.email)];
    expect([wrong.status, wrong.json.code]).toEqual([401, "sign_in_failed"]);
    expect(wrong.text).toBe(unknown.text);
    expect([...wrong.headers]).toEqual([...unknown.headers]);
    expect(wrong.headers.get("www-authenticate")).toBe('Bearer realm="latchkey"');
    for (let n = 1; n < ACCOUNT_ATTEMPTS; n += 1) await guess(world.user.email);
    const locked = await enter(world.user);
    expect([locked.status, locked.json.code]).toEqual([429, "too_many_attempts"]);
    expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("lets a lowered role count at the very next call, and a deactivation end all", async () => {
    const { world, db } = await scene();
    const { json } = await enter(world.user);
    const create = () =>
      callRoute(tokens.POST, { token: json.access_token, method: "POST", body: { name: "By hand" } });
    expect((await create()).status).not.toBe(403);
    await world.setRole(world.user, world.roleIds.viewer);
    const lowered = await create();
    expect([lowered.status, lowered.json.code]).toEqual([403, "insufficient_scope"]);
    expect((await meBy(json.access_token)).json.permissions).not.toContain("tokens:create");
    await deactivateMember(world.admin, { id: world.user.memberId }, contextOf(db, new Date()));
    expect((await meBy(json.access_token)).status).toBe(401);
    const refused = await post(refresh, { refresh_token: json.refresh_token });
    expect([refused.status, refused.json.code]).toEqual([400, "refresh_token_invalid"]);
  });

  it("narrows what is asked to be narrowed", async () => {
    const { world } = await scene();
    const { json } = await enter(world.user, { scope: "tokens:read" });
    expect(json.scope).toBe("tokens:read");
    const refused = await callRoute(tokens.POST, { token: json.access_token, method: "POST", body: { name: "x" } });
    expect([refused.status, refused.json.code]).toEqual([403, "insufficient_scope"]);
    const more = await enter(world.user, { scope: "audit:read" });
    expect([more.status, more.json.errors[0].field]).toEqual([422, "scope"]);
  });
});

describe("a refresh token that comes a second time", () => {
  it("ends the login: every access token and refresh token of it is refused at the next call", async () => {
    const { world, sql } = await scene();
    const first = (await enter(world.user)).json;
    const other = (await enter(world.user)).json;
    const next = (await post(refresh, { refresh_token: first.refresh_token })).json;
    expect((await meBy(next.access_token)).status).toBe(200);
    const headers = { "x-request-id": "the-same-one" };
    const again = await post(refresh, { refresh_token: first.refresh_token }, { headers });
    const unknown = await post(refresh, { refresh_token: mintToken("lk", "tmp").plain.reveal() }, { headers });
    expect([again.status, again.json.code]).toEqual([400, "refresh_token_invalid"]);
    expect(again.text).toBe(unknown.text);
    for (const { access_token } of [first, next]) expect((await meBy(access_token)).status).toBe(401);
    expect((await post(refresh, { refresh_token: next.refresh_token })).status).toBe(400);
    expect((await meBy(other.access_token)).status).toBe(200);
    const kept = JSON.stringify([
      await sql`select * from audit_events`,
      await sql`select * from api_logins`,
      await sql`select * from refused_calls`,
    ]);
    for (const secret of [first, next, other].flatMap((one) => [one.access_token, one.refresh_token])) {
      expect(kept).not.toContain(secret);
    }
  });

  it("or never was one is asked for so and so often by an address, whose other people go on", async () => {
    const { world, db } = await scene();
    const { json } = await enter(world.user);
    const headers = { "x-forwarded-for": "203.0.113.9" };
    const never = () => ({ refresh_token: mintToken("lk", "tmp").plain.reveal() });
    const unknown = () => post(refresh, never(), { headers });
    const { authority } = await import("@/lib/authority/authority");
    // Without a proxy to trust, the address is not known, and then nothing is counted.
    expect((await unknown()).status).toBe(400);
    expect(authority().misses.size).toBe(0);
    const ip = "203.0.113.9";
    const ask = (token: string, of = ip) =>
      withinMisses(of, () => refreshLogin({ refresh_token: token }, contextOf(db, new Date())));
    for (let n = 0; n < MISSES_A_MINUTE; n += 1) expect((await ask(never().refresh_token)).ok).toBe(false);
    await expect(ask(never().refresh_token)).rejects.toMatchObject({ code: "too_many_misses" });
    expect((await ask(never().refresh_token, "203.0.113.10")).ok).toBe(false);
    const next = await ask(json.refresh_token);
    expect(next.ok).toBe(true);
    // One that was used is nobody's any more: it ends its login, and hears what all others do.
    await expect(ask(json.refresh_token)).rejects.toMatchObject({ code: "too_many_misses" });
    expect((await meBy(json.access_token)).status).toBe(401);
  });
});

describe("a right refresh token that something else refuses", () => {
  it("hears when to come again, is no guess of its address, and works then", async () => {
    const { world, db, sql } = await scene();
    const { json } = await enter(world.user);
    const addUsed = (n: number) => sql`
      insert into refresh_tokens (organization_id, login_id, id, hash, pepper_id, created_at, expires_at, used_at)
      select organization_id, login_id, 'used' || ${n}::int, hash, pepper_id, created_at, now() + interval '1 hour', now()
      from refresh_tokens where used_at is null`;
    for (let n = 0; n < REFRESHES_A_DAY; n += 1) await addUsed(n);
    const waits = await post(refresh, { refresh_token: json.refresh_token });
    expect([waits.status, waits.json.code]).toEqual([429, "too_many_refreshes"]);
    const seconds = Number(waits.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(3500);
    expect(seconds).toBeLessThanOrEqual(3600);
    const { authority } = await import("@/lib/authority/authority");
    const ask = (token: string) =>
      withinMisses("203.0.113.77", () => refreshLogin({ refresh_token: token }, contextOf(db, new Date())));
    const refusal = { code: "too_many_refreshes" };
    expect(await ask(json.refresh_token)).toMatchObject({ ok: false, refusal });
    expect(authority().misses.size).toBe(0);
    // Nor is it kept out by the guesses of others at its address.
    const guess = () => ask(mintToken("lk", "tmp").plain.reveal());
    for (let n = 0; n < MISSES_A_MINUTE; n += 1) await guess();
    await expect(guess()).rejects.toMatchObject({ code: "too_many_misses" });
    expect(await ask(json.refresh_token)).toMatchObject({ ok: false, refusal });
    await sql`delete from refresh_tokens where id = 'used0'`;
    expect((await post(refresh, { refresh_token: json.refresh_token })).status).toBe(200);
  });
});

describe("signing out of the API", () => {
  it.each(["access_token", "refresh_token"] as const)("by the %s ends the login at once, and once", async (which) => {
    const { world, sql } = await scene();
    const { json } = await enter(world.user);
    const leave = () =>
      which === "access_token"
        ? post(logout, undefined, { token: json.access_token })
        : post(logout, { refresh_token: json.refresh_token });
    const left = await leave();
    expect([left.status, left.json.status]).toEqual([200, "ended"]);
    expect((await meBy(json.access_token)).status).toBe(401);
    expect((await post(refresh, { refresh_token: json.refresh_token })).status).toBe(400);
    expect((await leave()).status).toBe(which === "access_token" ? 401 : 400);
    const [row] = await sql`select ended_by from api_logins where id = ${left.json.id}`;
    expect(row?.ended_by).toBe("logout");
  });

  it("by an access token ten times at once ends it once, and is the others' end too", async () => {
    const { world } = await scene();
    const { json } = await enter(world.user);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post(logout, undefined, { token: json.access_token })),
    );
    const codes = answers.map(({ status, json: { code } }) => [status, code]).sort();
    expect(codes).toEqual([[200, undefined], ...Array(9).fill([401, "invalid_token"])]);
  });

  it("ends nothing by a token, by two at once, in the address, or without any", async () => {
    const { world } = await scene();
    const { json } = await enter(world.user);
    const { secret } = await world.addToken(world.user);
    const codeOf = async (answer: Promise<Awaited<ReturnType<typeof callRoute>>>) => (await answer).json.code;
    expect(await codeOf(post(logout, undefined, { token: secret }))).toBe("not_a_login");
    expect(await codeOf(post(logout, { refresh_token: json.refresh_token }, { token: json.access_token }))).toBe(
      "two_credentials",
    );
    expect(await codeOf(post(logout, undefined))).toBe("missing_token");
    expect(await codeOf(callRoute(logout.POST, { method: "POST", path: `/x?token=${json.refresh_token}` }))).toBe(
      "token_in_query",
    );
    expect((await meBy(json.access_token)).status).toBe(200);
    expect((await meBy(secret)).status).toBe(200);
  });
});
