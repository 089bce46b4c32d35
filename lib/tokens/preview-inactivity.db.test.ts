import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { inactivityWatches } from "@/db/schema";
import { days, minutes, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { lookAt, markUsed, noticesOf } from "@/test/inactivity";
import { contextOf, makeWorld, type World } from "@/test/world";
import { deleteInactiveTokens } from "./delete-inactive-tokens";
import { loadRules } from "./load-rules";
import { previewPolicy } from "./preview-policy";
import { policyOf } from "./token-policy-input";
import { updatePolicy } from "./update-policy";

async function previewAndSave(db: Db, world: World, inactiveDays: number | null) {
  const { policy } = await loadRules(db, world.organizationId);
  const { preset, version } = policy;
  const change = { ...policyOf(policy), inactiveDays };
  const ctx = contextOf(db);
  const preview = await previewPolicy(world.admin, { policy: change, list: null }, ctx);
  if (!preview.ok) throw new Error("refused");
  const save = () => updatePolicy(world.admin, { policy: change, preset, version }, ctx);
  return { inactivity: preview.value.inactivity, save };
}

describe("the preview of a rule for unused tokens", () => {
  it("says of how many is told at once, and when the first goes, and nothing of them is touched by saving", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      for (const at of [-200, -95, -90, -40]) {
        await world.addToken(world.user, { createdAt: days(-300), lastUsedAt: days(at) });
      }
      await world.addToken(world.user, { createdAt: days(-300) });
      const preview = await previewAndSave(db, world, 90);
      expect(preview.inactivity).toMatchObject({
        inactiveDays: 90,
        told: 3,
        hidden: 0,
        takenBack: 0,
        firstAt: days(7),
      });
      expect(preview.inactivity?.tokens.map(({ issuedBy, lastUsedAt }) => [issuedBy, lastUsedAt])).toEqual(
        [-200, -95, -90].map((at) => [world.user.name, days(at)]),
      );
      expect(await preview.save()).toMatchObject({ ok: true, value: { deleted: 0 } });
      expect(await noticesOf(db, world)).toEqual({});
      expect((await previewAndSave(db, world, 90)).inactivity).toBeNull();
    }));

  it("names no token that the policy of now hides from whoever asks, and counts it", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { policy: { visibility: "own" } });
      const unused = { createdAt: days(-300), lastUsedAt: days(-200) };
      await world.addToken(world.user, { ...unused, name: "somebody else's" });
      await world.addToken(world.admin, { ...unused, name: "one's own" });
      const { inactivity } = await previewAndSave(db, world, 90);
      expect(inactivity).toMatchObject({ told: 2, hidden: 1, tokens: [{ name: "one's own" }] });
      expect(inactivity?.tokens).toHaveLength(1);
    }));

  it("says when the first would go where none lies there long enough yet, and that none would where all end before", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await world.addToken(world.user, { lastUsedAt: days(-40), createdAt: days(-60), expiresAt: days(20) });
      expect((await previewAndSave(db, world, 90)).inactivity).toMatchObject({ told: 0, firstAt: null });
      await world.addToken(world.user, { lastUsedAt: days(-40), createdAt: days(-60) });
      expect((await previewAndSave(db, world, 90)).inactivity).toMatchObject({ told: 0, firstAt: days(57) });
    }));

  it("agrees with what saving and the next look then do, whatever the days before and after", { timeout: 60_000 }, () =>
    withRollback(async (db) => {
      class Undone extends Error {}
      const use = fc.option(fc.constantFrom(...[-130, -95, -90, -61, -60, -59.5, -31, -10, -1].map(days)));
      const choice = fc.constantFrom(null, 1, 5, 30, 60, 90);
      const draw = fc.record({
        tokens: fc.array(fc.record({ lastUsedAt: use, createdAt: fc.constantFrom(days(-400), days(-65)) }), {
          maxLength: 10,
        }),
        from: choice,
        to: choice,
        used: fc.nat(10),
      });
      await fc.assert(
        fc.asyncProperty(draw, async ({ tokens, from, to, used }) => {
          const one = db.transaction(async (tx) => {
            const world = await makeWorld(tx, { policy: { inactiveDays: from } });
            const { organizationId } = world;
            if (from !== null) {
              await tx.insert(inactivityWatches).values({ organizationId, since: days(-70), lookedAt: days(-3) });
            }
            const made = [];
            for (const wish of tokens) made.push(await world.addToken(world.user, wish));
            await lookAt(tx, days(-3));
            await lookAt(tx, minutes(-10));
            const someone = made[used];
            if (someone) await markUsed(tx, someone, minutes(-5));
            const before = Object.keys(await noticesOf(tx, world)).length;

            const { inactivity, save } = await previewAndSave(tx, world, to);
            expect(await save()).toMatchObject({ ok: true });
            if (to === from) expect(inactivity).toBeNull();
            await tx.update(inactivityWatches).set({ lookedAt: NOW });
            const look = await deleteInactiveTokens({ db: tx, now: NOW });
            if (!inactivity) throw new Undone();
            const moments = Object.values(await noticesOf(tx, world)).map((at) => at.getTime());
            expect(inactivity.told).toBe(look.notices);
            expect(inactivity.takenBack).toBe(to === null ? before : look.takenBack);
            // One that was used just now may still be the next to go.
            const first = inactivity.firstAt?.getTime() ?? Number.POSITIVE_INFINITY;
            expect(first).toBeLessThanOrEqual(Math.min(...moments));
            if (!someone && moments.length > 0) expect(first).toBe(Math.min(...moments));
            throw new Undone();
          });
          await one.catch((error: unknown) => {
            if (!(error instanceof Undone)) throw error;
          });
        }),
        { numRuns: 60 },
      );
    }),
  );
});
