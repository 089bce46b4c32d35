import { describe, expect, it } from "vitest";
import type { ListQuery } from "@/lib/http/list-query";
import { listRoles } from "@/lib/roles/list-roles";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { getMember } from "./get-member";
import { listMembers } from "./list-members";

/** All pages of a list, two rows each. */
async function walk<Row>(read: (query: ListQuery) => Promise<{ rows: Row[]; nextCursor: string | null }>) {
  const pages: Row[][] = [];
  let cursor: string | null = null;
  do {
    const page = await read({ limit: 2, cursor });
    pages.push(page.rows);
    cursor = page.nextCursor;
  } while (cursor !== null && pages.length < 20);
  return pages;
}

describe("the members of an organization", () => {
  it("come once each over the pages, the last of which has no next", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      await makeWorld(db);
      const everyone = [world.admin, world.engineer, world.user, world.viewer].map(({ memberId }) => memberId);
      const pages = await walk((query) => listMembers(world.admin, query, contextOf(db)));
      expect(pages.map(({ length }) => length)).toEqual([2, 2]);
      expect(pages.flat().map(({ id }) => id)).toEqual(everyone.sort());
    });
  });

  it("carry role, groups and status, and a service account no email", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const robot = await world.addMember({ email: null, name: "ci-exporter", status: "deactivated" });
      const b = await world.addGroup("B", [robot]);
      const a = await world.addGroup("A", [], [robot]);
      const found = await getMember(world.viewer, robot.memberId, contextOf(db));
      expect(found).toMatchObject({
        ok: true,
        value: {
          kind: "service",
          name: "ci-exporter",
          email: null,
          role: { name: "User" },
          status: "deactivated",
          groups: [
            { id: a, name: "A", isAdministrator: true },
            { id: b, name: "B", isAdministrator: false },
          ],
        },
      });
    });
  });

  it("of another organization are not found", async () => {
    await withRollback(async (db) => {
      const [mine, theirs] = [await makeWorld(db), await makeWorld(db)];
      expect(await getMember(mine.admin, theirs.user.memberId, contextOf(db))).toEqual({
        ok: false,
        refusal: { code: "not_found" },
      });
    });
  });
});

describe("the roles of an organization", () => {
  it("come once each over the pages, its own among them and nobody else's", async () => {
    await withRollback(async (db) => {
      const [mine, theirs] = [await makeWorld(db), await makeWorld(db)];
      const own = await mine.addRole("Purge only", ["members:read"]);
      await theirs.addRole("Foreign", []);
      const rows = (await walk((query) => listRoles(mine.viewer, query, contextOf(db)))).flat();
      expect(rows.map(({ id }) => id).sort()).toEqual([...Object.values(mine.roleIds), own].sort());
      expect(rows.find(({ id }) => id === own)).toMatchObject({ name: "Purge only", builtIn: null });
    });
  });
});
