import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { tokenUsage } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { encodeCursor, InvalidCursor } from "@/lib/http/cursor";
import { days, hours, NOW } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { countTokenFacets } from "./count-token-facets";
import { listTokens } from "./list-tokens";
import { loadRules } from "./load-rules";
import { TOKEN_SORTS, type TokenQuery, tokenQuery } from "./token-input";

const query = (change: Partial<TokenQuery> = {}) => ({ ...tokenQuery.parse({}), ...change });

async function names(db: Db, actor: MemberActor, change: Partial<TokenQuery> = {}) {
  return (await listTokens(actor, query(change), contextOf(db))).rows.map((row) => row.name).sort();
}

describe("listTokens", () => {
  it("shows an administrator all of the organization, others their own, and nobody another organization's", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const other = await makeWorld(db);
      await world.addToken(world.user, { name: "mine" });
      await world.addToken(world.engineer, { name: "theirs" });
      await other.addToken(other.admin, { name: "foreign" });
      expect(await names(db, world.admin)).toEqual(["mine", "theirs"]);
      expect(await names(db, world.user)).toEqual(["mine"]);
      expect(await names(db, world.viewer)).toEqual([]);
      expect(await names(db, world.user, { issued_by: [world.engineer.memberId] })).toEqual([]);
      expect(await names(db, world.admin, { issued_by: [other.admin.memberId] })).toEqual([]);
    }));

  it("tells of an active token that it is refused for its issuer's or its organization's sake, and of no other", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await world.addToken(world.user, { name: "left behind" });
      await world.addToken(world.user, { name: "over", expiresAt: days(-1) });
      await world.addToken(world.engineer, { name: "runs" });
      await world.deactivate(world.user);
      const stopped = async () => {
        const { rows } = await listTokens(world.admin, tokenQuery.parse({}), contextOf(db));
        return Object.fromEntries(rows.map((row) => [row.name, [row.status, row.stopped]]));
      };
      const behind = ["active", "issuer_deactivated"];
      const over = ["expired", null];
      expect(await stopped()).toEqual({ "left behind": behind, over, runs: ["active", null] });
      await world.setTokensEnabled(false);
      expect(await stopped()).toEqual({ "left behind": behind, over, runs: ["active", "tokens_disabled"] });
    }));

  it("filters by every field, and by several at once", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await world.addToken(world.user, { name: "active, used", lastUsedAt: hours(-1) });
      await world.addToken(world.user, { name: "active, never used", expiresAt: days(1) });
      await world.addToken(world.engineer, { name: "expired unswept", expiresAt: NOW, lastUsedAt: days(-3) });
      await world.addToken(world.engineer, {
        name: "deleted",
        deletedAt: days(-1),
        lastUsedAt: days(-100),
        createdAt: days(-200),
      });
      await world.addToken(world.admin, { name: "mirror", roleId: null, lastUsedAt: days(-20) });
      const found = (change: Partial<TokenQuery>) => names(db, world.admin, change);
      expect(await found({ status: ["active"] })).toEqual(["active, never used", "active, used", "mirror"]);
      expect(await found({ status: ["expired"] })).toEqual(["expired unswept"]);
      expect(await found({ status: ["expired", "deleted"] })).toEqual(["deleted", "expired unswept"]);
      expect(await found({ issued_by: [world.engineer.memberId] })).toEqual(["deleted", "expired unswept"]);
      expect(await found({ role: [world.roleIds.user] })).toEqual(["active, never used", "active, used"]);
      expect(await found({ role: ["none"] })).toEqual(["mirror"]);
      expect(await found({ role: ["none", world.roleIds.engineer] })).toEqual(["deleted", "expired unswept", "mirror"]);
      expect(await found({ last_used: "24h" })).toEqual(["active, used"]);
      expect(await found({ last_used: "7d" })).toEqual(["active, used", "expired unswept"]);
      expect(await found({ last_used: "30d" })).toEqual(["active, used", "expired unswept", "mirror"]);
      expect(await found({ last_used: "over_90d" })).toEqual(["deleted"]);
      expect(await found({ last_used: "never" })).toEqual(["active, never used"]);
      expect(await found({ status: ["active"], issued_by: [world.user.memberId], last_used: "24h" })).toEqual([
        "active, used",
      ]);
    }));

  it("searches names as they are read, with no wildcard, and ids by their start or masked form", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id } = await world.addToken(world.user, { name: "100% Émile_sync" });
      await world.addToken(world.user, { name: "100 others" });
      const found = (q: string) => names(db, world.admin, { q });
      for (const q of ["100%", "émile", "E_S".toLowerCase(), id, id.slice(0, 5), `lk_pat_${id.slice(0, 4)}…`]) {
        expect([q, await found(q)]).toEqual([q, ["100% Émile_sync"]]);
      }
      expect(await found("%")).toEqual(["100% Émile_sync"]);
      expect(await found("\\")).toEqual([]);
      expect(await found("1__")).toEqual([]);
    }));

  it.each(TOKEN_SORTS.flatMap((sort) => [sort, `-${sort}`]))(
    "walks every page by %s, forwards and back, missing and doubling none",
    async (sort) => {
      const { db } = await freshDatabase();
      const world = await makeWorld(db);
      for (let n = 0; n < 23; n++) {
        await world.addToken(world.user, {
          name: `Name ${n % 5} ${"é".repeat(n % 3)}`,
          createdAt: days(-(n % 4) - 1),
          lastUsedAt: n % 3 === 0 ? null : hours(-(n % 7)),
          expiresAt: n % 2 === 0 ? null : days(1 + (n % 3)),
        });
      }
      const all = await listTokens(world.admin, query({ sort, limit: 100 }), contextOf(db));
      const ids = all.rows.map((row) => row.id);
      expect(new Set(ids).size).toBe(23);
      expect([all.nextCursor, all.previousCursor, all.first, all.total]).toEqual([null, null, 1, 23]);

      const pages: string[][] = [];
      let cursor: string | null = null;
      let back: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof listTokens>> = await listTokens(
          world.admin,
          query({ sort, limit: 5, cursor }),
          contextOf(db),
        );
        expect(page.first).toBe(pages.length * 5 + 1);
        pages.push(page.rows.map((row) => row.id));
        cursor = page.nextCursor;
        back = page.previousCursor;
      } while (cursor);
      expect(pages.flat()).toEqual(ids);

      for (let at = pages.length - 2; at >= 0; at--) {
        const page: Awaited<ReturnType<typeof listTokens>> = await listTokens(
          world.admin,
          query({ sort, limit: 5, cursor: back }),
          contextOf(db),
        );
        expect(page.rows.map((row) => row.id)).toEqual(pages[at]);
        expect(page.first).toBe(at * 5 + 1);
        back = page.previousCursor;
      }
      expect(back).toBeNull();
    },
  );

  it("refuses a cursor that it did not make, made for another order, or that was changed", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      for (let n = 0; n < 3; n++) await world.addToken(world.user);
      const { nextCursor } = await listTokens(world.admin, query({ limit: 1 }), contextOf(db));
      const list = (change: Partial<TokenQuery>) => listTokens(world.admin, query(change), contextOf(db));
      await expect(list({ cursor: nextCursor, sort: "name" })).rejects.toThrow(InvalidCursor);
      const cursor = (key: unknown, sort = "-created_at", more = {}) =>
        encodeCursor("tokens", { sort, way: "next", key, place: 1, ...more });
      const id = "000000000000";
      const at = "2026-06-15T12:00:00.000Z";
      for (const wrong of [
        "x",
        cursor([null, id]),
        cursor(["1", id]),
        cursor(["2026", id]),
        cursor(["2026-02-31T00:00:00.000Z", id]),
        cursor(["+100000-01-01T00:00:00.000Z", id]),
        cursor([at, "' or true --"]),
        cursor([at, id], "name"),
        cursor([at, id], "-created_at", { place: 0 }),
        cursor([at, id], "-created_at", { way: "sideways" }),
        encodeCursor("members", { sort: "-created_at", way: "next", key: [at, id], place: 1 }),
      ]) {
        await expect(list({ cursor: wrong }), wrong).rejects.toThrow(InvalidCursor);
      }
      await expect(list({ cursor: cursor([at, id]) })).resolves.toMatchObject({ first: 1 });
      await expect(list({ sort: "name", cursor: cursor([null, id], "name") })).rejects.toThrow(InvalidCursor);
      await fc.assert(
        fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (value, rowId) => {
          const made = cursor([value, rowId]);
          await list({ cursor: made }).catch((error: unknown) => {
            if (!(error instanceof InvalidCursor)) throw error;
          });
        }),
        { numRuns: 100 },
      );
    }));

  it("counts each of the last 14 days, refused calls aside", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const { id } = await world.addToken(world.user);
      const row = (day: string, calls: number, outcome: "allowed" | "forbidden" | "refused" = "allowed") => ({
        organizationId: world.organizationId,
        tokenId: id,
        day,
        outcome,
        calls,
        byHour: Array(24).fill(0),
      });
      await db
        .insert(tokenUsage)
        .values([
          row("2026-06-15", 5),
          row("2026-06-15", 2, "forbidden"),
          row("2026-06-15", 9, "refused"),
          row("2026-06-02", 3),
          row("2026-06-01", 100),
        ]);
      const page = await listTokens(world.admin, query(), contextOf(db));
      expect(page.rows[0]?.usage).toEqual([3, ...Array(12).fill(0), 7]);
    }));

  it("says what a token may do now: less than its role where its issuer has less, nothing where the issuer is gone", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await world.addToken(world.engineer, { roleId: world.roleIds.engineer });
      const permissions = async () =>
        (await listTokens(world.admin, query(), contextOf(db))).rows[0]?.permissions ?? ["missing"];
      expect(await permissions()).toContain("members:read");
      await world.setRole(world.engineer, world.roleIds.viewer);
      expect(await permissions()).toEqual(["organization:read", "roles:read", "tokens:read"]);
      await world.deactivate(world.engineer);
      expect(await permissions()).toEqual([]);
    }));
});

describe("countTokenFacets", () => {
  it("counts what the actor sees, and nothing else", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const other = await makeWorld(db);
      await world.addToken(world.user);
      await world.addToken(world.user, { deletedAt: days(-1) });
      await world.addToken(world.engineer, { expiresAt: NOW, roleId: null });
      await other.addToken(other.user);
      expect(
        await countTokenFacets(world.admin, await loadRules(db, world.organizationId), contextOf(db)),
      ).toMatchObject({
        status: { active: 1, expired: 1, deleted: 1 },
        issuedBy: [
          { id: world.user.memberId, count: 2 },
          { id: world.engineer.memberId, count: 1 },
        ],
        role: [
          { name: "User", count: 2 },
          { id: "none", count: 1 },
        ],
      });
      const own = await countTokenFacets(world.user, await loadRules(db, world.organizationId), contextOf(db));
      expect(own.issuedBy.map(({ id }) => id)).toEqual([world.user.memberId]);
    }));
});
