import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, tokenCallers, tokenPolicies } from "@/db/schema";
import { days, minutes, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld, type World } from "@/test/world";
import { loadRules } from "./load-rules";
import { previewPolicy } from "./preview-policy";
import { readShutOut } from "./read-shut-out";
import { policyOf } from "./token-policy-input";

const called = (db: Db, world: World, tokenId: string, ip: string, lastAt = minutes(-5)) =>
  db.insert(tokenCallers).values({
    organizationId: world.organizationId,
    tokenId,
    ip,
    agent: null,
    calls: 1,
    firstAt: lastAt,
    lastAt,
  });

async function shutOut(db: Db, world: World, allowedNetworks: string[], actor = world.admin) {
  const { policy } = await loadRules(db, world.organizationId);
  return readShutOut(db, actor, { from: policy, to: { allowedNetworks } }, NOW);
}

const scene = (run: (db: Db, world: World) => Promise<void>, options = {}) =>
  withRollback(async (db) => run(db, await makeWorld(db, options)));

describe("tokens that a change of networks shuts out", () => {
  it("are those that called lately from outside, each with its addresses, the latest first", () =>
    scene(async (db, world) => {
      const inside = await world.addToken(world.user, { name: "Inside" });
      const outside = await world.addToken(world.user, { name: "Outside" });
      await called(db, world, inside.id, "10.1.2.3");
      await called(db, world, inside.id, "2001:db8::7");
      await called(db, world, outside.id, "10.1.2.4");
      await called(db, world, outside.id, "192.0.2.1", minutes(-9));
      for (const last of [1, 2, 3]) await called(db, world, outside.id, `198.51.100.${last}`, minutes(-last));
      const found = await shutOut(db, world, ["10.0.0.0/8", "2001:db8::/32"]);
      expect(found).toEqual({
        days: 7,
        count: 1,
        hidden: 0,
        tokens: [
          {
            id: outside.id,
            name: "Outside",
            masked: expect.stringMatching(/^lk_pat_/),
            addresses: ["198.51.100.1", "198.51.100.2", "198.51.100.3"],
            addressCount: 4,
            nowhere: false,
          },
        ],
      });
    }));

  it("are none where nothing is bound, where nothing changes, and where the calls are too long ago", () =>
    scene(async (db, world) => {
      const token = await world.addToken(world.user);
      await called(db, world, token.id, "198.51.100.1", days(-8));
      expect(await shutOut(db, world, ["10.0.0.0/8"])).toBeNull();
      await called(db, world, token.id, "198.51.100.2");
      expect(await shutOut(db, world, [])).toBeNull();
      expect(await shutOut(db, world, ["198.51.100.0/24"])).toBeNull();
      await db
        .update(tokenPolicies)
        .set({ allowedNetworks: ["10.0.0.0/8"] })
        .where(eq(tokenPolicies.organizationId, world.organizationId));
      expect(await shutOut(db, world, ["10.0.0.0/8"])).toBeNull();
      // Shut out already by the policy in force.
      expect(await shutOut(db, world, ["10.1.0.0/16"])).toBeNull();
    }));

  it("are none that are over, and none of another organization", () =>
    scene(async (db, world) => {
      const other = await makeWorld(db);
      const [deleted, expired, elsewhere] = [
        await world.addToken(world.user, { deletedAt: days(-1) }),
        await world.addToken(world.user, { expiresAt: minutes(-1) }),
        await other.addToken(other.user),
      ];
      await called(db, world, deleted.id, "198.51.100.1");
      await called(db, world, expired.id, "198.51.100.1");
      await called(db, other, elsewhere.id, "198.51.100.1");
      expect(await shutOut(db, world, ["10.0.0.0/8"])).toBeNull();
    }));

  it("are also those whose own networks lie outside the new ones, though nobody called", () =>
    scene(async (db, world) => {
      const [stuck, free] = [await world.addToken(world.user), await world.addToken(world.user)];
      const bind = (id: string, allowedNetworks: string[]) =>
        db.update(apiTokens).set({ allowedNetworks }).where(eq(apiTokens.id, id));
      await bind(stuck.id, ["192.0.2.0/24", "2001:db8::/48"]);
      await bind(free.id, ["192.0.2.0/24", "10.1.0.0/16"]);
      expect(await shutOut(db, world, ["10.0.0.0/8"])).toMatchObject({
        count: 1,
        tokens: [{ id: stuck.id, nowhere: true, addresses: [], addressCount: 0 }],
      });
    }));

  it("are counted but not named where the policy in force hides them", () =>
    scene(
      async (db, world) => {
        const token = await world.addToken(world.user);
        await called(db, world, token.id, "198.51.100.1");
        expect(await shutOut(db, world, ["10.0.0.0/8"])).toEqual({ days: 7, count: 1, hidden: 1, tokens: [] });
      },
      { policy: { visibility: "own" } },
    ));

  it("stand in the preview, which says as well where a bound falls away", () =>
    scene(async (db, world) => {
      const token = await world.addToken(world.user);
      await called(db, world, token.id, "198.51.100.1");
      const preview = async (allowedNetworks: string[]) => {
        const { policy } = await loadRules(db, world.organizationId);
        const answer = await previewPolicy(
          world.admin,
          { policy: { ...policyOf(policy), allowedNetworks }, list: null },
          contextOf(db),
        );
        if (!answer.ok) throw new Error(answer.refusal.code);
        return answer.value;
      };
      expect(await preview(["10.0.0.0/8"])).toMatchObject({
        shutOut: { count: 1 },
        freed: false,
        counts: { stays: 1 },
      });
      await db
        .update(tokenPolicies)
        .set({ allowedNetworks: ["10.0.0.0/8"] })
        .where(eq(tokenPolicies.organizationId, world.organizationId));
      expect(await preview([])).toMatchObject({ shutOut: null, freed: true });
    }));
});
