import { describe, expect, it } from "vitest";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { viewMember } from "./view-members";

const ownOnly = { policy: { visibility: "own" as const } };

describe("a service account's page", () => {
  it("names the administrators of the group that answers for it, and opens creation to them alone", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db, ownOnly);
      const gone = await world.addMember({ role: "engineer", status: "deactivated" });
      const groupId = await world.addGroup("A", [world.user], [world.engineer, gone]);
      const robot = await world.addMember({ email: null, role: "viewer", owner: { groupId } });
      const seenByAdmin = await viewMember(world.admin, robot.memberId, contextOf(db));
      expect(seenByAdmin).toMatchObject({
        ok: true,
        value: {
          answering: { administrators: [{ id: world.engineer.memberId }], isHidden: false },
          choices: { groups: [{ id: groupId, youAnswer: false }] },
          tokenOptions: null,
        },
      });
      expect(seenByAdmin.ok && seenByAdmin.value.answering?.administrators).toHaveLength(1);
      expect(await viewMember(await world.reload(world.engineer), robot.memberId, contextOf(db))).toMatchObject({
        ok: true,
        value: { tokenOptions: { accounts: [{ id: robot.memberId, refusal: null }] } },
      });
    });
  });

  it("opens creation to administrators who see its tokens, for this account and no other", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const robot = await world.addMember({ email: null, role: "viewer", owner: world.user });
      await world.addMember({ email: null, role: "viewer", owner: world.admin });
      const view = await viewMember(world.admin, robot.memberId, contextOf(db));
      expect(view.ok && view.value.tokenOptions?.accounts.map(({ id }) => id)).toEqual([robot.memberId]);
      expect(await viewMember(world.engineer, robot.memberId, contextOf(db))).toMatchObject({
        ok: true,
        value: { tokenOptions: null },
      });
      expect(await viewMember(world.admin, world.user.memberId, contextOf(db))).toMatchObject({
        ok: true,
        value: { answering: null, tokenOptions: null },
      });
    });
  });

  it("tells a bounded reader neither the name nor the id of an owner whom it does not see", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db, { teamsEnabled: true });
      const robot = await world.addMember({ email: null, role: "viewer", owner: world.user });
      await world.addGroup("A", [world.engineer, robot]);
      const view = await viewMember(await world.reload(world.engineer), robot.memberId, contextOf(db));
      expect(view).toMatchObject({ ok: true, value: { answering: { administrators: [], isHidden: true } } });
      expect(JSON.stringify(view)).not.toContain(world.user.memberId);
    });
  });
});
