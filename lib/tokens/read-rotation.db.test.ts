import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { apiTokens, secretUses } from "@/db/schema";
import { days, hours, minutes } from "@/test/clock";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { rotateToken } from "./rotate-token";
import { viewToken } from "./view-token";

describe("the secrets of a token's page", () => {
  it("are none where it was never rotated", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id } = await world.addToken(world.user);
      expect(await viewToken(world.user, id, contextOf(db))).toMatchObject({ ok: true, value: { secrets: null } });
    }));

  it("name the one in use and the one that waits by four characters, and hold no hash", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id, secret } = await world.addToken(world.user, { lastUsedAt: hours(-1) });
      const made = await rotateToken(world.admin, { id, overlap_days: 3 }, contextOf(db));
      if (!made.ok) throw new Error(made.refusal.code);
      const view = await viewToken(world.user, id, contextOf(db));
      if (!view.ok) throw new Error(view.refusal.code);
      expect(view.value.secrets).toEqual({
        current: { lastFour: secret.slice(-4), since: days(-30), use: { at: hours(-1), ip: null, agent: null } },
        pending: {
          lastFour: made.value.secret.reveal().slice(-4),
          at: made.value.token.rotation?.waitingSince,
          by: world.admin.name,
          overlapDays: 3,
          expiresAt: null,
        },
        previous: null,
      });
      const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
      const told = JSON.stringify(view.value);
      for (const hash of [row?.secretHash, row?.pendingHash]) {
        for (const form of ["hex", "base64"] as const) expect(told).not.toContain(hash?.toString(form));
      }
    }));

  it("tell two that work apart, and of the old one no longer than it lives", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id, secret } = await world.addToken(world.user, { lastUsedAt: minutes(-1) });
      const { organizationId } = world;
      await db
        .update(apiTokens)
        .set({
          rotatedAt: hours(-2),
          previousHash: Buffer.alloc(32),
          previousPepperId: "k1",
          previousLastFour: "oldO",
          previousEndsAt: hours(22),
        })
        .where(eq(apiTokens.id, id));
      await db.insert(secretUses).values([
        { organizationId, tokenId: id, secret: "current", at: minutes(-9), ip: "192.0.2.1", agent: "new/1" },
        { organizationId, tokenId: id, secret: "previous", at: minutes(-1), ip: "192.0.2.2", agent: "old/1" },
      ]);
      const secretsAt = async (now: Date) => {
        const view = await viewToken(world.user, id, contextOf(db, now));
        return view.ok ? view.value.secrets : null;
      };
      expect(await secretsAt(days(0))).toMatchObject({
        current: { lastFour: secret.slice(-4), since: hours(-2), use: { ip: "192.0.2.1" } },
        pending: null,
        previous: {
          lastFour: "oldO",
          endsAt: hours(22),
          use: { at: minutes(-1), ip: "192.0.2.2", agent: "old/1" },
          knownAt: minutes(-1),
        },
      });
      expect(await secretsAt(hours(22))).toMatchObject({ previous: null });
    }));
});
