import { eq } from "drizzle-orm";
import type { ISql } from "postgres";
import { describe, expect, it } from "vitest";
import { apiTokens, groups, organizations, roles, tokenPolicies, users } from "@/db/schema";
import { deleteToken } from "@/lib/tokens/delete-token";
import { twoInstances, until } from "@/test/instance";
import { contextOf, type MadeToken, makeWorld } from "@/test/world";

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
      const since = performance.now();
      await until(async () => (await other.outcome(secret)) === "deleted");
      expect(performance.now() - since).toBeLessThan(1000);
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

  it("is seen within a second where the connection that listens was killed, and meanwhile too", async () => {
    const { db, sql, world, one, other } = await twoInstances();
    const { secret, id } = await world.addToken(world.user);
    expect(await other.outcome(secret)).toBe("allowed");
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ${FEED} and datname = current_database()`;
    await deleteToken(world.user, { id }, contextOf(db));
    await one.catchUp();
    expect(await one.outcome(secret)).toBe("deleted");
    const since = performance.now();
    await until(async () => (await other.outcome(secret)) === "deleted");
    expect(performance.now() - since).toBeLessThan(1000);
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

describe("every change that takes rights away", () => {
  const kinds: [string, (on: Awaited<ReturnType<typeof twoInstances>>) => Promise<unknown>][] = [
    [
      "permissions of the issuer's role",
      ({ db, world }) => db.update(roles).set({ permissions: [] }).where(eq(roles.id, world.engineer.roleId)),
    ],
    ["the issuer's role", ({ world }) => world.setRole(world.engineer, world.roleIds.viewer)],
    ["deactivation of the issuer", ({ world }) => world.deactivate(world.engineer)],
    [
      "the role of the token",
      ({ db, world }) =>
        db
          .update(apiTokens)
          .set({ roleId: world.roleIds.viewer })
          .where(eq(apiTokens.issuerId, world.engineer.memberId)),
    ],
    [
      "the expiry of the token",
      ({ db, world }) =>
        db
          .update(apiTokens)
          .set({ expiresAt: new Date(0) })
          .where(eq(apiTokens.issuerId, world.engineer.memberId)),
    ],
    [
      "another secret",
      ({ db, world }) =>
        db
          .update(apiTokens)
          .set({ secretHash: Buffer.alloc(32) })
          .where(eq(apiTokens.issuerId, world.engineer.memberId)),
    ],
    [
      "removal from a group",
      ({ sql, world }) => sql`delete from group_members where member_id = ${world.engineer.memberId}`,
    ],
    ["the end of a group", ({ db, world }) => db.delete(groups).where(eq(groups.organizationId, world.organizationId))],
    [
      "groups that begin to bound",
      ({ db, world }) =>
        db.update(organizations).set({ teamsEnabled: true }).where(eq(organizations.id, world.organizationId)),
    ],
    ["tokens switched off", ({ world }) => world.setTokensEnabled(false)],
    [
      "the plan",
      ({ db, world }) =>
        db
          .update(organizations)
          .set({ plan: "starter", tokensEnabled: false })
          .where(eq(organizations.id, world.organizationId)),
    ],
    [
      "the policy",
      ({ db, world }) =>
        db
          .update(tokenPolicies)
          .set({ visibility: "own", access: "issuer" })
          .where(eq(tokenPolicies.organizationId, world.organizationId)),
    ],
    [
      "the name of the issuer",
      ({ db, world }) => db.update(users).set({ name: "Somebody else" }).where(eq(users.id, world.engineer.userId)),
    ],
    [
      "the deletion of the token",
      ({ db, world }) =>
        db
          .update(apiTokens)
          .set({ state: "deleted", deletedAt: new Date() })
          .where(eq(apiTokens.issuerId, world.engineer.memberId)),
    ],
    [
      "the end of the row itself",
      ({ db, world }) => db.delete(apiTokens).where(eq(apiTokens.issuerId, world.engineer.memberId)),
    ],
  ];

  it.each(kinds)(
    "%s: counts at once where it was answered, within a second elsewhere, and for nobody else",
    async (_, change) => {
      const on = await twoInstances();
      const { db, world, one, other } = on;
      await world.addGroup("Platform", [world.engineer]);
      const { secret } = await world.addToken(world.engineer);
      const elsewhere = await makeWorld(db);
      const bystander = await elsewhere.addToken(elsewhere.engineer);
      for (const instance of [one, other]) {
        expect(await instance.outcome(secret)).toBe("allowed");
        expect(await instance.outcome(bystander.secret)).toBe("allowed");
      }
      const before = { one: one.lookups.count, other: other.lookups.count };
      await change(on);
      await one.catchUp();
      await one.check(secret);
      expect(one.lookups.count).toBe(before.one + 1);
      const since = performance.now();
      await until(async () => {
        await other.check(secret);
        return other.lookups.count > before.other;
      });
      expect(performance.now() - since).toBeLessThan(1000);
      const [mine, theirs] = await Promise.all([one.check(secret), other.check(secret)]);
      expect(theirs).toEqual(mine);
      const [after, afterOther] = [one.lookups.count, other.lookups.count];
      expect(await one.outcome(bystander.secret)).toBe("allowed");
      expect(await other.outcome(bystander.secret)).toBe("allowed");
      expect([one.lookups.count, other.lookups.count]).toEqual([after, afterOther]);
    },
  );
});
