import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, groupMembers, notifications, outbox } from "@/db/schema";
import { days, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { lookAt, noticesOf, watchLongAgo } from "@/test/inactivity";
import { contextOf, makeWorld, type World, type WorldOptions } from "@/test/world";
import { previewPolicy } from "./preview-policy";
import { TOKEN_PRESETS } from "./token-presets";

const OLD = { createdAt: days(-300), lastUsedAt: days(-200) };
/** Everybody sees their own alone, administrators too. */
const PRIVATE: WorldOptions = { preset: "personal_mirror", policy: { inactiveDays: 90 } };

const inWorld = (options: WorldOptions, run: (db: Db, world: World) => Promise<void>) =>
  withRollback(async (db) => {
    const world = await makeWorld(db, options);
    await watchLongAgo(db, world);
    await run(db, world);
  });

const stateOf = async (db: Db, { id }: { id: string }) =>
  (await db.select({ state: apiTokens.state }).from(apiTokens).where(eq(apiTokens.id, id)))[0]?.state;

/** How many would be told of where the rule became this one. */
async function previewed(db: Db, world: World, policy: { inactiveDays: number }) {
  const preset = TOKEN_PRESETS.personal_mirror;
  const preview = await previewPolicy(world.admin, { policy: { ...preset, ...policy }, list: null }, contextOf(db));
  return preview.ok && preview.value.inactivity?.told;
}

describe("a token of which nobody would be told", () => {
  it.each<[string, (world: World) => Promise<{ groupId: string } | World["user"]>]>([
    [
      "its owning group has no administrator",
      async (world) => ({ groupId: await world.addGroup("Robots", [world.user]) }),
    ],
    [
      "the administrator of its owning group is deactivated",
      async (world) => {
        const groupId = await world.addGroup("Robots", [], [world.engineer]);
        await world.deactivate(world.engineer);
        return { groupId };
      },
    ],
    [
      "its owner is deactivated",
      async (world) => {
        await world.deactivate(world.engineer);
        return world.engineer;
      },
    ],
  ])("is neither noticed nor deleted nor counted where %s", async (_, ownedBy) =>
    inWorld(PRIVATE, async (db, world) => {
      const robot = await world.addMember({ email: null, owner: await ownedBy(world) });
      const token = await world.addToken(robot, { kind: "svc", ...OLD });
      expect(await previewed(db, world, { inactiveDays: 60 })).toBe(0);
      expect(await lookAt(db, NOW)).toMatchObject({ notices: 0, notifications: 0, mails: 0 });
      expect(await noticesOf(db, world)).toEqual({});
      expect(await lookAt(db, days(8))).toMatchObject({ deleted: 0 });
      expect(await stateOf(db, token)).toBe("active");
      expect([await db.$count(notifications), await db.$count(outbox)]).toEqual([0, 0]);
    }),
  );

  it("is told of for the whole period once somebody answers for it", () =>
    inWorld(PRIVATE, async (db, world) => {
      const groupId = await world.addGroup("Robots", [world.user]);
      const robot = await world.addMember({ email: null, owner: { groupId } });
      const token = await world.addToken(robot, { kind: "svc", ...OLD });
      await lookAt(db, NOW);
      await db.update(groupMembers).set({ isAdministrator: true }).where(eq(groupMembers.groupId, groupId));
      expect(await lookAt(db, days(8))).toMatchObject({ notices: 1, notifications: 1, deleted: 0 });
      expect(await noticesOf(db, world)).toEqual({ [token.id]: days(15) });
      expect(await lookAt(db, days(15.1))).toMatchObject({ deleted: 1 });
    }));

  it("is kept where the last one who was told of it is gone before it was deleted", () =>
    inWorld(PRIVATE, async (db, world) => {
      const robot = await world.addMember({ email: null, owner: world.engineer });
      const token = await world.addToken(robot, { kind: "svc", ...OLD });
      expect(await lookAt(db, NOW)).toMatchObject({ notices: 1, notifications: 1 });
      await world.deactivate(world.engineer);
      expect(await lookAt(db, days(7.1))).toMatchObject({ takenBack: 1, deleted: 0 });
      expect(await stateOf(db, token)).toBe("active");
    }));

  it("is one of a service account alone: where administrators see it, or nobody else answers for it, they are told", async () => {
    const seen: WorldOptions = { preset: "role_scoped", policy: { inactiveDays: 90 } };
    await inWorld(seen, async (db, world) => {
      const groupId = await world.addGroup("Robots", [world.user]);
      await world.addToken(await world.addMember({ email: null, owner: { groupId } }), OLD);
      expect(await lookAt(db, NOW)).toMatchObject({ notices: 1, notifications: 1 });
    });
    await inWorld(PRIVATE, async (db, world) => {
      await world.addToken(await world.addMember({ email: null }), OLD);
      await world.addToken(world.user, OLD);
      expect(await lookAt(db, NOW)).toMatchObject({ notices: 2, notifications: 2 });
    });
  });
});

describe("a client", () => {
  it("is told of and deleted for lying unused as any token is, and counted by the preview", () =>
    inWorld({ preset: "client_credentials", policy: { inactiveDays: 90 } }, async (db, world) => {
      const client = await world.addToken(world.user, { kind: "cls", createdAt: days(-300) });
      const used = await world.addToken(world.user, { kind: "cls", createdAt: days(-300), lastUsedAt: days(-1) });
      expect(await previewed(db, world, { inactiveDays: 60 })).toBe(1);
      expect(await lookAt(db, NOW)).toMatchObject({ notices: 1 });
      expect(Object.keys(await noticesOf(db, world))).toEqual([client.id]);
      expect(await lookAt(db, days(8))).toMatchObject({ deleted: 1 });
      expect([await stateOf(db, client), await stateOf(db, used)]).toEqual(["deleted", "active"]);
    }));
});
