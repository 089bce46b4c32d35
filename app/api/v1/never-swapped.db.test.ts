import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { GET as me } from "@/app/api/v1/me/route";
import type { Authority } from "@/lib/authority/create-authority";
import { mintToken, PlainToken } from "@/lib/tokens/token-secret";
import { callRoute } from "@/test/api";
import { freshDatabase } from "@/test/database";
import { startInstance, until } from "@/test/instance";
import { makeWorld } from "@/test/world";

const CALLS = 10_000;
const CALLERS = 8;
/** Calls between two disturbances of a kind. */
const PACE = 40;

it("never lends the rights of one token to another, in 10,000 interleaved calls among fills, evictions and revocations", async () => {
  const { url, db, sql } = await freshDatabase();
  const world = await makeWorld(db);
  // Room for three, so that both are evicted and read again all the time.
  const instance = await startInstance(url, { capacity: 3 });
  const home = globalThis as { latchkeyDatabase?: unknown; latchkeyAuthority?: Authority };
  home.latchkeyDatabase = instance.database;
  home.latchkeyAuthority = instance;
  const strong = { ...(await world.addToken(world.admin)), member: world.admin, mayManage: true };
  const weak = { ...(await world.addToken(world.viewer)), member: world.viewer, mayManage: false };
  const passers = await Promise.all(Array.from({ length: 8 }, () => world.addToken(world.user)));

  const checkAdmission = async ({ id, secret, member, mayManage }: typeof strong) => {
    const credential = new PlainToken(secret);
    const found = await instance.admit({
      credential,
      permissions: ["organization:manage"],
      ip: null,
      agent: null,
      requestId: null,
    });
    expect(found.token).toMatchObject({ id, issuer: { id: member.memberId } });
    if (!found.ok) return expect([found.code, mayManage]).toEqual(["insufficient_scope", false]);
    const { actor } = found;
    expect([actor.kind === "token" && actor.tokenId, actor.memberId, mayManage]).toEqual([id, member.memberId, true]);
    expect(actor.permissions).toEqual(member.permissions);
  };
  const checkRoute = async ({ id, secret, member }: typeof strong) => {
    const { status, json } = await callRoute(me, { token: secret });
    expect([status, json.id, json.issued_by.id]).toEqual([200, id, member.memberId]);
    expect(new Set(json.permissions)).toEqual(member.permissions);
  };

  let calls = 0;
  let disturbances = 0;
  const isOver = () => calls >= CALLS;
  const caller = async () => {
    while (!isOver()) {
      // Answers from memory leave nobody else a turn.
      await turn();
      const token = Math.random() < 0.5 ? strong : weak;
      calls++;
      await (calls % 20 === 0 ? checkRoute(token) : checkAdmission(token));
    }
  };
  const disturb = async (act: (round: number) => Promise<unknown>) => {
    for (let round = 0; !isOver(); round++) {
      // In step with the calls: without a pause between revocations, each reading would be overtaken.
      await until(() => isOver() || calls >= round * PACE);
      await act(round);
      disturbances++;
    }
  };
  try {
    await Promise.all([
      ...Array.from({ length: CALLERS }, caller),
      disturb((round) => instance.check(passers[round % passers.length]!.secret)),
      disturb(() => instance.check(mintToken("lk", "pat").plain.reveal())),
      disturb((round) => sql`update api_tokens set description = ${round} where id in (${strong.id}, ${weak.id})`),
      disturb((round) => sql`update users set name = ${`Somebody ${round}`} where id = ${world.viewer.userId}`),
      disturb(() => instance.catchUp()),
    ]);
  } finally {
    home.latchkeyDatabase = home.latchkeyAuthority = undefined;
  }
  expect(calls).toBeGreaterThanOrEqual(CALLS);
  expect(disturbances).toBeGreaterThan(100);
  expect(instance.lookups.count).toBeGreaterThan(100);
  expect(instance.cache.size).toBeLessThanOrEqual(3);
});
