import { describe, expect, it } from "vitest";
import { days, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { createToken } from "./create-token";
import { deleteToken } from "./delete-token";
import { createTokenInput } from "./token-input";
import { viewOwnToken } from "./view-own-token";
import { viewTokenDoor } from "./view-token-door";

const NOTHING_SAID = createTokenInput.parse({});

describe("the single token of a profile", () => {
  it("is generated without a word, for exactly 180 days, and another only once it is revoked", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "single_rotating" });
      const ctx = contextOf(db);
      expect(await viewOwnToken(world.user, ctx)).toMatchObject({
        live: [],
        expiredAt: null,
        options: { refusal: null },
      });
      const made = await createToken(world.user, NOTHING_SAID, ctx);
      if (!made.ok) throw new Error(made.refusal.code);
      expect(made.value.token).toMatchObject({ name: "API token", kind: "pat", expiresAt: days(180) });
      expect(await createToken(world.user, NOTHING_SAID, ctx)).toMatchObject({
        refusal: { code: "issuer_limit_reached" },
      });
      const view = await viewOwnToken(world.user, ctx);
      expect(view).toMatchObject({
        live: [{ id: made.value.token.id }],
        options: { refusal: { code: "issuer_limit_reached" } },
      });
      expect(await deleteToken(world.user, { id: made.value.token.id }, ctx)).toMatchObject({ ok: true });
      expect(await viewOwnToken(world.user, ctx)).toMatchObject({
        live: [],
        expiredAt: null,
        options: { refusal: null },
      });
      expect(await createToken(world.user, NOTHING_SAID, ctx)).toMatchObject({ ok: true });
    }));

  it("says that the last one expired, cleared away or not, and not where it was revoked before", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "single_rotating" });
      const at = days(-3);
      await world.addToken(world.user, { roleId: null, expiresAt: at });
      await world.addToken(world.engineer, { roleId: null, expiresAt: at, deletedAt: new Date(at.getTime() + 1000) });
      await world.addToken(world.viewer, { roleId: null, expiresAt: at, deletedAt: days(-9) });
      const expired = async (who: typeof world.user) => (await viewOwnToken(who, contextOf(db)))?.expiredAt;
      expect(await expired(world.user)).toEqual(at);
      expect(await expired(world.engineer)).toEqual(at);
      expect(await expired(world.viewer)).toBeNull();
    }));

  it("has what was said to its expiry from the days on in which that is told, and nothing before", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "single_rotating" });
      await world.addToken(world.user, { roleId: null, expiresAt: days(5) });
      await world.addToken(world.engineer, { roleId: null, expiresAt: days(120) });
      const expiry = async (who: typeof world.user) => (await viewOwnToken(who, contextOf(db)))?.live[0]?.expiry;
      expect(await expiry(world.user)).toEqual({ answers: [], mostDays: 4 });
      expect(await expiry(world.engineer)).toBeNull();
    }));

  it("is nobody else's, for an administrator too", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "single_rotating" });
      await world.addToken(world.user, { roleId: null, createdAt: NOW });
      expect((await viewOwnToken(world.admin, contextOf(db)))?.live).toEqual([]);
    }));

  it.each([
    ["single_rotating", "admin", true, true],
    ["single_rotating", "user", true, false],
    ["role_scoped", "user", false, true],
    ["personal_mirror", "user", false, true],
  ] as const)("under %s, %s: a card in the profile %s, a list %s", (preset, who, hasCard, hasList) =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset });
      const ctx = contextOf(db);
      expect((await viewOwnToken(world[who], ctx)) !== null).toBe(hasCard);
      expect((await viewTokenDoor(world[who], ctx)).hasList).toBe(hasList);
    }),
  );
});
