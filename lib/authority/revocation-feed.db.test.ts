import { isDeepStrictEqual } from "node:util";
import type { ISql } from "postgres";
import { describe, expect, it } from "vitest";
import { deleteToken } from "@/lib/tokens/delete-token";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { PlainToken } from "@/lib/tokens/token-secret";
import { twoInstances, until } from "@/test/instance";
import { KINDS_OF_CHANGE, undoChanges } from "@/test/kinds-of-change";
import { contextOf, type MadeToken, makeWorld } from "@/test/world";
import type { Verification } from "./outcome";
import { createVerify } from "./verify";

const FEED = "latchkey feed";

describe("a deletion", () => {
  it("is final on the instance that answered it from the answer on, and reaches the others by its notice", async () => {
    const { db, world, one, other } = await twoInstances();
    for (let round = 0; round < 50; round++) {
      const { secret, id } = await world.addToken(world.user);
      expect(await one.outcome(secret)).toBe("allowed");
      expect(await other.outcome(secret)).toBe("allowed");
      await expect(deleteToken(world.user, { id }, contextOf(db))).resolves.toMatchObject({ ok: true });
      await one.catchUp();
      expect(await one.outcome(secret)).toBe("deleted");
      await until(async () => (await other.outcome(secret)) === "deleted");
    }
  });

  it("is not undone by a reading that was held between its statement and its use", async () => {
    const { db, world, one, other } = await twoInstances();
    for (const instance of [one, other]) {
      const { secret, id } = await world.addToken(world.user);
      const release = instance.hold();
      const early = instance.outcome(secret);
      await until(() => instance.lookups.held > 0);
      await deleteToken(world.user, { id }, contextOf(db));
      await one.catchUp();
      const joined = instance.outcome(secret);
      if (instance === other) await until(() => other.feed.position >= one.feed.position);
      release();
      expect(await early).toBe("deleted");
      expect(await joined).toBe("deleted");
      for (let call = 0; call < 100; call++) expect(await instance.outcome(secret)).toBe("deleted");
    }
  });

  it("is seen where the connection that listens was killed, and memory is trusted again after", async () => {
    const { db, sql, world, one, other } = await twoInstances();
    const { secret, id } = await world.addToken(world.user);
    expect(await other.outcome(secret)).toBe("allowed");
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ${FEED} and datname = current_database()`;
    await deleteToken(world.user, { id }, contextOf(db));
    await one.catchUp();
    expect(await one.outcome(secret)).toBe("deleted");
    await until(async () => (await other.outcome(secret)) === "deleted");
    await Promise.all([one.serves(), other.serves()]);
    expect(await other.outcome(secret)).toBe("deleted");
    const before = other.lookups.count;
    const { secret: next } = await world.addToken(world.user);
    for (let call = 0; call < 10; call++) expect(await other.outcome(next)).toBe("allowed");
    expect(other.lookups.count).toBe(before + 1);
  });

  it("is found by the reading of the feed where its notice is lost, also when a later one was committed before", async () => {
    const { sql, world, other } = await twoInstances();
    const [lower, higher] = [await world.addToken(world.user), await world.addToken(world.user)];
    const readings = async () => {
      const before = other.lookups.count;
      for (const { secret } of [lower, higher]) expect(await other.outcome(secret)).toBe("allowed");
      return other.lookups.count - before;
    };
    await readings();
    // Written past the trigger, so that nobody is told.
    const noteSilently = (on: ISql, { id }: MadeToken) =>
      on`insert into revocation_feed (kind, organization_id, subject_id) values ('token', ${world.organizationId}, ${id})`;
    const slow = await sql.reserve();
    await slow`begin`;
    await noteSilently(slow, lower);
    await noteSilently(sql, higher);
    await other.catchUp();
    expect(await readings()).toBe(1);
    await slow`commit`;
    slow.release();
    await other.catchUp();
    expect(await readings()).toBe(1);
    await other.catchUp();
    expect(await readings()).toBe(0);
  });

  it("is seen by an instance that was still for a second: it asks the database before it trusts its memory", async () => {
    const { world, other } = await twoInstances();
    const { secret } = await world.addToken(world.user);
    expect(await other.outcome(secret)).toBe("allowed");
    other.skip(1000);
    const before = other.lookups.count;
    expect(await other.outcome(secret)).toBe("allowed");
    expect(other.lookups.count).toBe(before + 1);
  });

  it.each(["skip", "suspend"] as const)(
    "is seen by an instance that slept for ten minutes (%s) before it answers anything",
    async (sleep) => {
      const { db, world, one, other } = await twoInstances();
      const { secret, id } = await world.addToken(world.user);
      expect(await other.outcome(secret)).toBe("allowed");
      other[sleep](600_000);
      await deleteToken(world.user, { id }, contextOf(db));
      await one.catchUp();
      const before = other.lookups.count;
      expect(await other.outcome(secret)).toBe("deleted");
      // Twice where the notice of the deletion overtook the first reading.
      expect(other.lookups.count).toBeGreaterThan(before);
    },
  );

  it.each(["skip", "suspend"] as const)(
    "leaves nothing fresh that was read before such a sleep (%s)",
    async (sleep) => {
      const { world, other } = await twoInstances();
      const { secret } = await world.addToken(world.user);
      expect(await other.outcome(secret)).toBe("allowed");
      other[sleep](600_000);
      const before = other.lookups.count;
      await other.serves();
      expect(await other.outcome(secret)).toBe("allowed");
      expect(other.lookups.count).toBe(before + 1);
    },
  );
});

const CHANGES = KINDS_OF_CHANGE.map((one) => [one.kind, one.change] as const);

/** All that comes of a check, in a form that can be compared. */
function viewOf(found: Verification) {
  if (found.outcome !== "allowed") return { outcome: found.outcome };
  const { actor, token, bounds } = found;
  const networks = bounds.networks && ["192.0.2.1", "203.0.113.9"].filter(bounds.networks);
  return { outcome: found.outcome, actor, token, bounds: { ...bounds, networks } };
}

/** A token of an engineer in a group, known to both instances, and what the database itself would have them say. */
async function known(on: Awaited<ReturnType<typeof twoInstances>>) {
  const { world, one, other } = on;
  await undoChanges(on);
  const token = await world.addToken(world.engineer);
  const ask = createVerify({ sql: on.sql, peppers: mintingKeys().peppers });
  const truth = async () => viewOf(await ask(new PlainToken(token.secret)));
  const say = async (instance: typeof one) => viewOf(await instance.check(token.secret));
  await until(async () => isDeepStrictEqual([await say(one), await say(other)], Array(2).fill(await truth())));
  return { token, truth, say, before: await truth() };
}

describe("every change that takes rights away", () => {
  it("counts at once where it was answered, soon elsewhere, and for nobody else, of whatever kind it is", async () => {
    const on = await twoInstances();
    const { one, other } = on;
    const elsewhere = await makeWorld(on.db);
    const bystander = await elsewhere.addToken(elsewhere.engineer);
    for (const [kind, change] of CHANGES) {
      const { token, truth, say, before } = await known(on);
      for (const instance of [one, other]) expect(await instance.outcome(bystander.secret)).toBe("allowed");
      await change(on, token);
      await one.catchUp();
      expect(await say(one), kind).toEqual(await truth());
      await until(async () => !isDeepStrictEqual(await say(other), before));
      expect(await say(other), kind).toEqual(await truth());
      const lookups = [one.lookups.count, other.lookups.count];
      for (const instance of [one, other]) expect(await instance.outcome(bystander.secret), kind).toBe("allowed");
      expect([one.lookups.count, other.lookups.count], kind).toEqual(lookups);
    }
  });

  it("is not undone by a reading that was held between its statement and its use, of whatever kind it is", async () => {
    const on = await twoInstances();
    const { one, other } = on;
    for (const [kind, change] of CHANGES) {
      const { token, truth, say, before } = await known(on);
      for (const instance of [one, other]) instance.cache.empty();
      const releases = [one.hold(), other.hold()];
      const early = [say(one), say(other)];
      await until(() => one.lookups.held > 0 && other.lookups.held > 0);
      await change(on, token);
      await one.catchUp();
      await until(() => other.feed.position >= one.feed.position);
      for (const release of releases) release();
      const now = await truth();
      expect(now, kind).not.toEqual(before);
      for (const late of [...early, say(one), say(other)]) expect(await late, kind).toEqual(now);
    }
  });

  it("is seen by an instance that was idle for ten minutes before it answers anything, told or not, of whatever kind it is", async () => {
    const on = await twoInstances();
    // Nothing is told from now on: what was in its memory is too old by itself.
    await on.sql`create or replace function note_revocation() returns trigger language plpgsql as 'begin return null; end'`;
    for (const [kind, change] of CHANGES) {
      const { token, truth, say, before } = await known(on);
      on.other.skip(600_000);
      await change(on, token);
      const now = await truth();
      expect(now, kind).not.toEqual(before);
      expect(await say(on.other), kind).toEqual(now);
    }
  });

  it("is seen where the connection that listens was killed, of whatever kind it is", async () => {
    const on = await twoInstances();
    for (const [kind, change] of CHANGES) {
      const { token, truth, say, before } = await known(on);
      await on.sql`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = ${FEED} and datname = current_database()`;
      await change(on, token);
      await until(async () => !isDeepStrictEqual(await say(on.other), before));
      expect(await say(on.other), kind).toEqual(await truth());
      await Promise.all([on.one.serves(), on.other.serves()]);
    }
  });
});
