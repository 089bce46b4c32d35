import { describe, expect, it } from "vitest";
import { createPermission } from "@/lib/permissions/create-permission";
import { createRole } from "@/lib/roles/create-role";
import { updateRole } from "@/lib/roles/update-role";
import { callRoute, serveApi } from "@/test/api";
import { contextOf, makeWorld } from "@/test/world";
import { GET as me } from "./me/route";

describe("a token whose role holds an own permission", () => {
  it("has it in /me, and no longer at the very next call after the role lost it", async () => {
    const { db } = await serveApi();
    const world = await makeWorld(db);
    await createPermission(world.admin, { name: "events:read", description: "Read events" }, contextOf(db));
    const admin = await world.reload(world.admin);
    const made = await createRole(
      admin,
      { name: "Event collector", permissions: ["events:read", "organization:read"] },
      contextOf(db),
    );
    if (!made.ok) throw new Error(made.refusal.code);
    const { id } = made.value;
    const token = await world.addToken(admin, { roleId: id });
    const asked = async () => (await callRoute(me, { token: token.secret })).json.permissions;
    expect(await asked()).toEqual(["events:read", "organization:read"]);
    await updateRole(admin, { id, change: { grant: [], take: ["events:read"] } }, contextOf(db));
    expect(await asked()).toEqual(["organization:read"]);
    await updateRole(admin, { id, change: { grant: ["events:read"], take: [] } }, contextOf(db));
    expect(await asked()).toEqual(["events:read", "organization:read"]);
  });

  it("never has it where its issuer does not", async () => {
    const { db } = await serveApi();
    const world = await makeWorld(db);
    await createPermission(world.admin, { name: "events:read", description: "Read events" }, contextOf(db));
    const id = await world.addRole("Event collector", ["events:read", "organization:read"]);
    const token = await world.addToken(world.user, { roleId: id });
    expect((await callRoute(me, { token: token.secret })).json.permissions).toEqual(["organization:read"]);
  });
});
