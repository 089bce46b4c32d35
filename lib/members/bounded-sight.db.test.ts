import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import type { Actor } from "@/lib/access/actor";
import { countTokenFacets } from "@/lib/tokens/count-token-facets";
import { listTokens } from "@/lib/tokens/list-tokens";
import { loadRules } from "@/lib/tokens/load-rules";
import { tokenQuery } from "@/lib/tokens/token-input";
import { withRollback } from "@/test/database";
import { actingToken, contextOf, makeWorld, type WorldOptions } from "@/test/world";
import { getMember } from "./get-member";
import { listMembers } from "./list-members";
import { updateMember } from "./update-member";

/** Two groups that share nobody: the engineer and a user in one, the other user in the other; the viewer is in none. */
async function divided(db: Db, options: WorldOptions = {}) {
  const world = await makeWorld(db, { teamsEnabled: true, ...options });
  const stranger = await world.addMember({ name: "Stranger" });
  const north = await world.addGroup("North", [world.engineer, world.user]);
  const south = await world.addGroup("South", [stranger]);
  return { world, stranger, north, south, me: await world.reload(world.engineer) };
}

const namesSeen = async (db: Db, actor: Actor) => {
  const { rows } = await listMembers(actor, { limit: 50, cursor: null }, contextOf(db));
  return rows.map(({ id }) => id).sort();
};

const ids = (...members: { memberId: string }[]) => members.map(({ memberId }) => memberId).sort();

describe("a member whom groups bound", () => {
  it("sees itself and those who share a group with it, and nobody else is found", () =>
    withRollback(async (db) => {
      const { world, stranger, me } = await divided(db);
      expect(await namesSeen(db, me)).toEqual(ids(world.engineer, world.user));
      expect(await getMember(me, world.user.memberId, contextOf(db))).toMatchObject({ ok: true });
      for (const { memberId } of [stranger, world.admin, world.viewer]) {
        expect(await getMember(me, memberId, contextOf(db))).toEqual({ ok: false, refusal: { code: "not_found" } });
      }
    }));

  it("does not learn in which other groups those are whom it sees", () =>
    withRollback(async (db) => {
      const { world, north, me } = await divided(db);
      await world.addGroup("Secret project", [world.user]);
      const seen = await getMember(me, world.user.memberId, contextOf(db));
      expect(seen).toMatchObject({ ok: true, value: { groups: [{ id: north, name: "North" }] } });
      expect(await getMember(world.admin, world.user.memberId, contextOf(db))).toMatchObject({
        ok: true,
        value: { groups: [{ name: "North" }, { name: "Secret project" }] },
      });
    }));

  it("sees itself alone where it is in no group", () =>
    withRollback(async (db) => {
      const { world } = await divided(db);
      expect(await namesSeen(db, world.viewer)).toEqual(ids(world.viewer));
    }));

  it("sees less at the next request after it left a group", () =>
    withRollback(async (db) => {
      const { world, north, me } = await divided(db);
      expect(await namesSeen(db, me)).toHaveLength(2);
      await world.leaveGroup(north, me);
      expect(await namesSeen(db, await world.reload(me))).toEqual(ids(me));
    }));

  it("is everybody but an administrator, and nobody where groups are switched off", () =>
    withRollback(async (db) => {
      const { world, stranger } = await divided(db);
      const everybody = ids(world.admin, world.engineer, world.user, world.viewer, stranger);
      expect(await namesSeen(db, world.admin)).toEqual(everybody);
      const off = await divided(db, { teamsEnabled: false });
      expect(await namesSeen(db, off.me)).toHaveLength(5);
    }));

  it("sees the same through its token, and an administrator's token sees all, whatever role the token has", () =>
    withRollback(async (db) => {
      const { world, me } = await divided(db);
      const own = await actingToken(db, me, await world.addToken(me));
      expect(await namesSeen(db, own)).toEqual(ids(world.engineer, world.user));
      const lesser = await world.addToken(world.admin, { roleId: world.roleIds.engineer });
      expect(await namesSeen(db, await actingToken(db, world.admin, lesser))).toHaveLength(5);
    }));
});

describe("tokens:oversee", () => {
  it("shows the tokens of the groups that one is in, in the list, its filters and through a token, and no others", () =>
    withRollback(async (db) => {
      const { world, stranger, me } = await divided(db, { preset: "client_credentials" });
      const roleId = await world.addRole("Overseer", [...me.permissions, "tokens:oversee"]);
      await world.setRole(me, roleId);
      const overseer = await world.reload(me);
      const [theirs, near, far] = [
        await world.addToken(overseer),
        await world.addToken(world.user),
        await world.addToken(stranger),
      ];
      const acting = await actingToken(db, overseer, theirs);
      for (const actor of [overseer, acting]) {
        const { rows, total } = await listTokens(actor, tokenQuery.parse({}), contextOf(db));
        expect(rows.map(({ id }) => id).sort()).toEqual([theirs.id, near.id].sort());
        expect(total).toBe(2);
        const facets = await countTokenFacets(actor, await loadRules(db, world.organizationId), contextOf(db));
        expect(facets.issuedBy.map(({ id }) => id).sort()).toEqual(ids(overseer, world.user));
        expect(facets.issuedBy.some(({ id }) => id === stranger.memberId)).toBe(false);
      }
      const all = await listTokens(world.admin, tokenQuery.parse({}), contextOf(db));
      expect(all.rows.map(({ id }) => id)).toContain(far.id);
    }));
});

describe("an account in groups beyond those of who changes it", () => {
  it("gets no other owner from a bounded member, and the same from an administrator", () =>
    withRollback(async (db) => {
      const { world } = await divided(db);
      const clerk = await world.addMember({
        role: { roleId: await world.addRole("Clerk", ["members:read", "members:write", "tokens:read"]) },
      });
      const robot = await world.addMember({ email: null, role: { roleId: clerk.roleId }, owner: world.user });
      await world.addGroup("Care", [clerk, robot]);
      const owner = { kind: "member" as const, id: clerk.memberId };
      const own = (actor: Actor) => updateMember(actor, { id: robot.memberId, change: { owner } }, contextOf(db));
      const ownerNow = async () => {
        const found = await getMember(world.admin, robot.memberId, contextOf(db));
        return found.ok && found.value.owner?.id;
      };
      const further = await world.addGroup("Further", [robot]);
      expect(await own(await world.reload(clerk))).toEqual({
        ok: false,
        refusal: { code: "account_sees_more", field: "owner" },
      });
      expect(await ownerNow()).toBe(world.user.memberId);
      await world.leaveGroup(further, robot);
      expect(await own(await world.reload(clerk))).toMatchObject({ ok: true });
      expect(await ownerNow()).toBe(clerk.memberId);
      await world.addGroup("Far", [robot]);
      const back = { kind: "member" as const, id: world.user.memberId };
      const byAdmin = await updateMember(world.admin, { id: robot.memberId, change: { owner: back } }, contextOf(db));
      expect(byAdmin).toMatchObject({ ok: true });
      expect(await ownerNow()).toBe(world.user.memberId);
    }));
});
