import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { tokenUsage } from "@/db/schema";
import { days, minutes, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { makeWorld, type World } from "@/test/world";
import { readSlowed } from "./read-slowed";

const NO_LIMITS = { callsPerToken: null, callsPerOrganization: null };

const scene = (run: (db: Db, world: World) => Promise<void>) =>
  withRollback(async (db) => run(db, await makeWorld(db)));

/** Calls of one hour of a day. */
const used = (
  db: Db,
  { organizationId }: World,
  tokenId: string,
  calls: number,
  { at = minutes(-1), hour = 9, outcome = "allowed" as "allowed" | "forbidden" | "refused" } = {},
) =>
  db.insert(tokenUsage).values({
    organizationId,
    tokenId,
    day: at.toISOString().slice(0, 10),
    outcome,
    calls,
    byHour: Array<number>(24).fill(0).with(hour, calls),
  });

describe("lower limits on calls", () => {
  it("count the live tokens that were above them for an hour, whatever came of their calls", () =>
    scene(async (db, world) => {
      const [busy, calm, old, over] = [
        await world.addToken(world.user),
        await world.addToken(world.user),
        await world.addToken(world.user),
        await world.addToken(world.user, { deletedAt: minutes(-1) }),
      ];
      await used(db, world, busy.id, 200);
      await used(db, world, busy.id, 101, { outcome: "forbidden" });
      await used(db, world, calm.id, 300);
      await used(db, world, calm.id, 300, { outcome: "refused" });
      await used(db, world, old.id, 900, { at: days(-8) });
      await used(db, world, over.id, 900);
      const slowed = (callsPerToken: number) =>
        readSlowed(db, world.organizationId, { from: NO_LIMITS, to: { ...NO_LIMITS, callsPerToken } }, NOW);
      expect(await slowed(5)).toEqual({ days: 7, eachToken: { limit: 5, busier: 1 }, organization: null });
      expect(await slowed(4)).toMatchObject({ eachToken: { busier: 2 } });
    }));

  it("of the organization are judged by the hours of all its tokens together, and by nobody else's", () =>
    scene(async (db, world) => {
      const other = await makeWorld(db);
      const [one, two, elsewhere] = [
        await world.addToken(world.user),
        await world.addToken(world.user),
        await other.addToken(other.user),
      ];
      await used(db, world, one.id, 200);
      await used(db, world, two.id, 101);
      await used(db, world, two.id, 300, { at: days(-1), hour: 3 });
      await used(db, other, elsewhere.id, 9000);
      const slowed = (callsPerOrganization: number) =>
        readSlowed(db, world.organizationId, { from: NO_LIMITS, to: { ...NO_LIMITS, callsPerOrganization } }, NOW);
      expect(await slowed(5)).toEqual({ days: 7, eachToken: null, organization: { limit: 5, busier: true } });
      expect(await slowed(6)).toMatchObject({ organization: { busier: false } });
    }));

  it("are none where they stay, fall away or become higher", () =>
    scene(async (db, { organizationId }) => {
      const from = { callsPerToken: 10, callsPerOrganization: 20 };
      for (const to of [from, NO_LIMITS, { callsPerToken: 11, callsPerOrganization: null }]) {
        expect(await readSlowed(db, organizationId, { from, to }, NOW)).toBeNull();
      }
    }));
});
