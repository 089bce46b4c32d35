import { describe, expect, it } from "vitest";
import type { MemberActor } from "@/lib/access/actor";
import type { Permission } from "@/lib/access/permission";
import { callRoute, serveApi } from "@/test/api";
import { makeWorld, type WorldOptions } from "@/test/world";
import { PATCH } from "./members/[id]/route";

const CLERK: Permission[] = ["members:read", "members:write", "tokens:read"];

async function scene(options: WorldOptions = {}) {
  const { db, sql } = await serveApi();
  const world = await makeWorld(db, options);
  const clerkRole = await world.addRole("Clerk", CLERK);
  const change = (secret: string, who: { memberId: string }, body: unknown) =>
    callRoute(PATCH, { method: "PATCH", token: secret, params: { id: who.memberId }, body });
  const now = async ({ memberId }: MemberActor) => {
    const [row] = await sql`select role_id, portal, status from members where id = ${memberId}`;
    return row;
  };
  const events = async () =>
    (await sql`select action from audit_events where action like 'member.%' order by id`).map(({ action }) => action);
  return { db, sql, world, clerkRole, change, now, events };
}

describe("PATCH /members/{id}", () => {
  it("gives role, groups and standing in one go, and answers with the member as it is now", async () => {
    const { world, change, events } = await scene();
    const { secret } = await world.addToken(world.admin);
    const group = await world.addGroup("Platform", []);
    const wish = { role_id: world.roleIds.engineer, group_ids: [group], status: "deactivated" };
    const answer = await change(secret, world.user, wish);
    expect([answer.status, answer.json]).toMatchObject([
      200,
      {
        id: world.user.memberId,
        role: { id: world.roleIds.engineer },
        groups: [{ id: group }],
        status: "deactivated",
        deactivated_at: expect.any(String),
      },
    ]);
    expect(await events()).toEqual(["member.deactivated", "member.updated"]);
    const back = await change(secret, world.user, { status: "active" });
    expect([back.json.status, back.json.deactivated_at]).toEqual(["active", null]);
    // Said once more, it is as it is.
    await change(secret, world.user, { status: "active", role_id: world.roleIds.engineer });
    expect(await events()).toEqual(["member.deactivated", "member.updated", "member.reactivated"]);
  });

  it("does all of it or nothing", async () => {
    const { db, world, change, now, events } = await scene();
    const { secret } = await world.addToken(world.admin);
    const other = await makeWorld(db);
    const before = await now(world.user);
    for (const [part, code] of [
      [{ role_id: other.roleIds.user }, "role_not_found"],
      [{ group_ids: [world.organizationId] }, "group_not_found"],
      [{ owner: { kind: "member", id: world.admin.memberId } }, "not_a_service_account"],
    ] as const) {
      const answer = await change(secret, world.user, { status: "deactivated", portal: "hub", ...part });
      expect([answer.json.code, await now(world.user)]).toEqual([code, before]);
    }
    expect(await events()).toEqual([]);
  });

  it("refuses what is no change, and fields that nobody may set", async () => {
    const { world, change, now } = await scene();
    const { secret } = await world.addToken(world.admin);
    const before = await now(world.user);
    for (const body of [
      {},
      { status: "deleted" },
      { permissions: [] },
      { user_id: world.admin.userId },
      { status: null },
    ])
      expect([body, (await change(secret, world.user, body)).status]).toEqual([body, 422]);
    expect(await now(world.user)).toEqual(before);
  });

  it("never lets a token give more than it may itself, its own issuer least of all", async () => {
    const { world, clerkRole, change, now } = await scene();
    // An administrator's token that may only change members.
    const { secret } = await world.addToken(world.admin, { roleId: clerkRole });
    const clerk = await world.addMember({ role: { roleId: clerkRole } });
    const own = await world.addToken(clerk);
    const lowly = await world.addMember({ role: { roleId: await world.addRole("Lowly", ["tokens:read"]) } });
    for (const token of [secret, own.secret]) {
      for (const role of ["administrator", "engineer", "user", "viewer"] as const) {
        const answer = await change(token, lowly, { role_id: world.roleIds[role] });
        expect([role, answer.status, answer.json.code]).toEqual([role, 403, "role_exceeds_yours"]);
      }
      expect((await change(token, clerk, { role_id: world.roleIds.administrator })).json.code).toBe(
        "role_exceeds_yours",
      );
    }
    // And nobody who may do more than it, whatever is to become of them: not even whom it acts for.
    for (const above of [world.admin, world.engineer, world.user]) {
      for (const wish of [{ role_id: clerkRole }, { status: "deactivated" }, { status: "active" }, { group_ids: [] }]) {
        const answer = await change(secret, above, wish);
        expect([answer.status, answer.json.code]).toEqual([403, "member_outranks_you"]);
      }
    }
    expect((await now(world.admin))?.status).toBe("active");
    expect((await now(lowly))?.role_id).toBe(lowly.roleId);
    expect((await change(secret, lowly, { role_id: clerkRole })).status).toBe(200);
  });

  it("leaves the last administrator, whether they are to be lowered, moved or shut out, also by themselves", async () => {
    const { world, change, now } = await scene();
    const { secret } = await world.addToken(world.admin);
    const wishes = [
      { status: "deactivated" },
      { role_id: world.roleIds.viewer },
      { portal: "hub", role_id: world.roleIds.viewer },
      { status: "deactivated", role_id: world.roleIds.viewer },
    ];
    for (const wish of wishes) {
      expect((await change(secret, world.admin, wish)).json.code).toBe("last_administrator");
    }
    expect(await now(world.admin)).toMatchObject({ role_id: world.roleIds.administrator, status: "active" });
    const second = await world.addMember({ role: "administrator" });
    expect((await change(secret, second, { status: "deactivated" })).status).toBe(200);
    expect((await change(secret, world.admin, { status: "deactivated" })).json.code).toBe("last_administrator");
  });

  it("keeps one of two administrators where each shuts the other out at once", async () => {
    const { world, change, sql } = await scene();
    const second = await world.addMember({ role: "administrator" });
    const tokens = [await world.addToken(world.admin), await world.addToken(second)] as const;
    const answers = await Promise.all([
      change(tokens[0].secret, second, { status: "deactivated" }),
      change(tokens[1].secret, world.admin, { status: "deactivated" }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const left = await sql`select 1 from members where role_id = ${world.roleIds.administrator} and status = 'active'`;
    expect(left).toHaveLength(1);
  });

  it("needs the permission, on the token and on its issuer", async () => {
    const { world, clerkRole, change, now, events } = await scene();
    const before = await now(world.user);
    const weak = await world.addToken(world.admin, { roleId: world.roleIds.engineer });
    const above = await world.addToken(world.engineer, { roleId: clerkRole });
    for (const { secret } of [weak, above]) {
      const answer = await change(secret, world.user, { status: "deactivated" });
      expect([answer.status, answer.json.code]).toEqual([403, "insufficient_scope"]);
    }
    expect([await now(world.user), await events()]).toEqual([before, []]);
  });

  it("reaches only whom groups let the token see, and tells of who leaves its sight what it saw of them", async () => {
    const { world, clerkRole, change, now } = await scene({ teamsEnabled: true });
    const clerk = await world.addMember({ role: { roleId: clerkRole } });
    const lowly = await world.addRole("Lowly", ["tokens:read"]);
    const [inside, outside] = [
      await world.addMember({ role: { roleId: lowly } }),
      await world.addMember({ role: { roleId: lowly } }),
    ];
    const group = await world.addGroup("Ours", [inside], [clerk]);
    const theirs = await world.addGroup("Theirs", [inside, outside]);
    const { secret } = await world.addToken(clerk);
    const unseen = await change(secret, outside, { status: "deactivated" });
    expect([unseen.status, unseen.json.code]).toEqual([404, "not_found"]);
    expect((await now(outside))?.status).toBe("active");
    // Not into a group that it does not manage, and never out of one.
    expect((await change(secret, inside, { group_ids: [group, theirs] })).json.code).toBe("group_not_found");
    const out = await change(secret, inside, { group_ids: [], status: "active" });
    expect([out.status, out.json.groups, out.json.id]).toEqual([200, [], inside.memberId]);
    expect(out.text).not.toContain("Theirs");
    expect((await world.reload(inside)).groups.map(({ name }) => name)).toEqual(["Theirs"]);
    expect((await change(secret, inside, { status: "deactivated" })).status).toBe(404);
  });

  it("bears on the member's tokens at their next call", async () => {
    const { world, change } = await scene();
    const { secret } = await world.addToken(world.admin);
    const theirs = await world.addToken(world.user);
    await change(secret, world.user, { status: "deactivated" });
    const answer = await change(theirs.secret, world.user, { status: "active" });
    expect([answer.status, answer.json.code]).toEqual([401, "invalid_token"]);
  });
});
