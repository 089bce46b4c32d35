import { eq } from "drizzle-orm";
import { beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Db } from "@/db/client";
import { members, sessions } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { accountAction, EVERY_PORTAL, memberAction, operatorAction, publicAction } from "./member-action";
import { openSession } from "./open-session";

const request = vi.hoisted(() => ({ headers: new Headers(), cookies: new Map<string, string>(), db: null as unknown }));
vi.mock("next/headers", () => ({
  headers: () => Promise.resolve(request.headers),
  cookies: () =>
    Promise.resolve({
      get: (name: string) => (request.cookies.has(name) ? { name, value: request.cookies.get(name) } : undefined),
    }),
}));
vi.mock("@/lib/database", () => ({ database: () => ({ db: request.db }) }));
const logged = vi.hoisted(() => [] as unknown[]);
vi.mock("@/lib/log", async (original) => ({
  ...(await original<typeof import("@/lib/log")>()),
  log: () => ({ error: (...facts: unknown[]) => logged.push(facts) }),
}));
vi.mock("@/lib/env", () => ({ env: () => ({ PUBLIC_URL: "http://localhost:3000", TRUSTED_PROXIES: 0 }) }));

const input = z.object({ name: z.string({ error: "Enter a name." }).min(2, { error: "Too short." }) });
const verb = vi.fn<(actor: MemberActor, wish: { name: string }, ctx: Context) => Promise<Outcome<string>>>();
const action = memberAction(input, verb);

beforeEach(() => {
  request.headers = new Headers({ origin: "http://localhost:3000", "x-latchkey-peer": "198.51.100.1" });
  request.cookies.clear();
  logged.length = 0;
  verb.mockReset().mockImplementation((_actor, { name }) => Promise.resolve(done(`Hello ${name}`)));
});

/** A world, with its user signed in on the browser that sends the request. */
async function signedIn(db: Db) {
  request.db = db;
  const world = await makeWorld(db);
  const now = new Date();
  const { token } = await openSession(
    { userId: world.user.userId, agent: null, replaces: undefined },
    contextOf(db, now),
  );
  request.cookies.set("latchkey.session", token);
  return world;
}

test("gives the verb the live actor, the parsed input and the origin", () =>
  withRollback(async (db) => {
    const { user } = await signedIn(db);
    expect(await action({ name: "Ada", extra: 1 })).toEqual({ ok: true, value: "Hello Ada" });
    const [actor, wish, ctx] = verb.mock.calls[0]!;
    expect(actor).toEqual(user);
    expect(wish).toEqual({ name: "Ada" });
    expect(ctx.origin.ip).toBe("198.51.100.1");
  }));

test("says signed out to nobody, an ended session and a deactivated member, and runs nothing", () =>
  withRollback(async (db) => {
    const { user } = await signedIn(db);
    await db
      .update(members)
      .set({ status: "deactivated", deactivatedAt: new Date() })
      .where(eq(members.id, user.memberId));
    expect(await action({ name: "Ada" })).toEqual({ ok: false, signedOut: true });
    await db.delete(sessions).where(eq(sessions.userId, user.userId));
    expect(await action({ name: "Ada" })).toEqual({ ok: false, signedOut: true });
    request.cookies.clear();
    // The guard comes first: a stranger learns nothing of what the input should be.
    expect(await action({ name: 7 })).toEqual({ ok: false, signedOut: true });
    expect(verb).not.toHaveBeenCalled();
  }));

test("refuses a form of another site before it looks who is signed in", () =>
  withRollback(async (db) => {
    await signedIn(db);
    for (const origin of ["https://evil.example", "http://localhost:3001", "null", null]) {
      request.headers = new Headers(origin ? { origin } : {});
      expect(await action({ name: "Ada" })).toMatchObject({
        ok: false,
        unavailable: expect.stringContaining("Nothing was done"),
      });
    }
    expect(verb).not.toHaveBeenCalled();
  }));

test("answers bad input field by field, and a refusal with its sentence", () =>
  withRollback(async (db) => {
    await signedIn(db);
    expect(await action({})).toEqual({ ok: false, invalid: [{ field: "name", message: "Enter a name." }] });
    expect(await action(undefined)).toMatchObject({ ok: false, invalid: [{ field: "" }] });
    verb.mockResolvedValue(refused("name_taken", "name"));
    expect(await action({ name: "Ada" })).toEqual({
      ok: false,
      refusal: { code: "name_taken", field: "name", sentence: "You already have an active API token with this name." },
    });
  }));

test("tells neither the browser nor the log the message of an exception", () =>
  withRollback(async (db) => {
    await signedIn(db);
    verb.mockRejectedValue(new Error("insert failed, params: $argon2id$secret"));
    const answer = await action({ name: "Ada" });
    expect(answer).toMatchObject({ ok: false, unavailable: expect.stringContaining("Something went wrong") });
    expect(JSON.stringify([answer, logged])).not.toContain("argon2id");
    expect(logged).toHaveLength(1);
  }));

test("says so when the database is away", async () => {
  request.db = {
    select: () => {
      throw Object.assign(new Error("x"), { cause: Object.assign(new Error("y"), { code: "ECONNREFUSED" }) });
    },
  };
  request.cookies.set("latchkey.session", "a".repeat(43));
  expect(await action({ name: "Ada" })).toEqual({
    ok: false,
    unavailable: "Latchkey cannot reach its database, so nothing was done. Try again in a moment.",
  });
});

test("does nothing for a page of the organization that another tab switched away from", () =>
  withRollback(async (db) => {
    const { organizationId } = await signedIn(db);
    request.headers.set("x-latchkey-organization", "0197a000-0000-7000-8000-0000000000aa");
    expect(await action({ name: "Ada" })).toMatchObject({ ok: false, refusal: { code: "organization_switched" } });
    expect(verb).not.toHaveBeenCalled();
    request.headers.set("x-latchkey-organization", organizationId);
    expect(await action({ name: "Ada" })).toEqual({ ok: true, value: "Hello Ada" });
  }));

test("refuses members of the hub what only the console offers, whatever their role, and runs nothing", () =>
  withRollback(async (db) => {
    const { user, roleIds } = await signedIn(db);
    const both = memberAction(input, verb, EVERY_PORTAL);
    expect(await both({ name: "Ada" })).toEqual({ ok: true, value: "Hello Ada" });
    verb.mockClear();
    await db.update(members).set({ portal: "hub", roleId: roleIds.administrator }).where(eq(members.id, user.memberId));
    expect(await action({ name: "Ada" })).toMatchObject({ ok: false, refusal: { code: "not_permitted" } });
    expect(verb).not.toHaveBeenCalled();
    expect(await both({ name: "Ada" })).toEqual({ ok: true, value: "Hello Ada" });
  }));

test("lets anybody who is signed in through accountAction, a deactivated member too, and nobody else", () =>
  withRollback(async (db) => {
    const world = await signedIn(db);
    await world.deactivate(world.user);
    const account = accountAction(input, (session, { name }) => Promise.resolve(done(`${name} ${session.userId}`)));
    expect(await account({ name: "Ada" })).toEqual({ ok: true, value: `Ada ${world.user.userId}` });
    request.cookies.clear();
    expect(await account({ name: "Ada" })).toEqual({ ok: false, signedOut: true });
  }));

test("lets the operator alone through operatorAction, and anybody through publicAction", () =>
  withRollback(async (db) => {
    await signedIn(db);
    const operate = vi.fn(() => Promise.resolve(done(null)));
    expect(await operatorAction(z.unknown(), operate)()).toEqual({ ok: false, signedOut: true });
    expect(operate).not.toHaveBeenCalled();
    request.cookies.clear();
    expect(await publicAction(input, ({ name }) => Promise.resolve(done(name)))({ name: "Ada" })).toEqual({
      ok: true,
      value: "Ada",
    });
  }));
