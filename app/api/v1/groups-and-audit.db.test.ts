import { describe, expect, it } from "vitest";
import { createToken } from "@/lib/tokens/create-token";
import { deleteToken } from "@/lib/tokens/delete-token";
import { callRoute, serveApi } from "@/test/api";
import { contextOf, makeWorld, type WorldOptions } from "@/test/world";
import * as audit from "./audit-events/route";
import * as group from "./groups/[id]/route";
import * as groups from "./groups/route";

async function scene(options: WorldOptions = {}) {
  const { db, sql } = await serveApi();
  const world = await makeWorld(db, options);
  const list = (secret: string, query = "") => callRoute(groups.GET, { token: secret, path: `/api/v1/groups${query}` });
  const read = (secret: string, id: string) => callRoute(group.GET, { token: secret, params: { id } });
  const events = (secret: string, query = "") =>
    callRoute(audit.GET, { token: secret, path: `/api/v1/audit-events${query}` });
  return { db, sql, world, list, read, events };
}

const idsOf = ({ json }: { json: { data: { id: string }[] } }) => json.data.map(({ id }) => id);

describe("groups", () => {
  it("are listed page by page in the order in which they were made, each once", async () => {
    const { world, list } = await scene();
    const made: string[] = [];
    for (const name of ["Zebra", "Apple", "Middle"]) made.push(await world.addGroup(name, [world.user], [world.admin]));
    const { secret } = await world.addToken(world.admin);
    const first = await list(secret, "?limit=2");
    expect(idsOf(first)).toEqual(made.slice(0, 2));
    expect(first.json.data[0]).toEqual({
      id: made[0],
      name: "Zebra",
      members: 2,
      administrators: [{ id: world.admin.memberId, name: expect.any(String) }],
      created_at: expect.any(String),
    });
    const second = await list(secret, `?limit=2&cursor=${first.json.next_cursor}`);
    expect([idsOf(second), second.json.next_cursor]).toEqual([made.slice(2), null]);
    expect((await list(secret, "?cursor=nonsense")).json.code).toBe("invalid_cursor");
  });

  it("are the issuer's own where groups bound it, and another one is not there", async () => {
    const { world, list, read } = await scene({ teamsEnabled: true });
    const mine = await world.addGroup("Mine", [world.engineer]);
    const theirs = await world.addGroup("Theirs", [world.user]);
    const { secret } = await world.addToken(world.engineer);
    const answer = await list(secret);
    expect(idsOf(answer)).toEqual([mine]);
    expect(answer.text).not.toContain("Theirs");
    expect([(await read(secret, mine)).status, (await read(secret, theirs)).json.code]).toEqual([200, "not_found"]);
  });

  it("name nobody to a token that may read no members", async () => {
    const { world, read } = await scene();
    const id = await world.addGroup("Platform", [], [world.admin]);
    const onlyGroups = await world.addRole("Groups", ["groups:read"]);
    const { secret } = await world.addToken(await world.addMember({ role: { roleId: onlyGroups } }));
    const answer = await read(secret, id);
    expect([answer.json.administrators, answer.json.members]).toEqual([null, 1]);
    expect(answer.text).not.toContain(world.admin.memberId);
  });
});

describe("audit events", () => {
  it("are told newest first, each once over all pages, without any secret", async () => {
    const { db, world, events } = await scene({ policy: { tokensMayMint: true } });
    const input = (name: string) => ({ name, description: null, role_id: world.roleIds.viewer });
    const made = await createToken(world.admin, input("Told"), contextOf(db, new Date()));
    if (!made.ok) throw new Error(made.refusal.code);
    await deleteToken(world.admin, { id: made.value.token.id }, contextOf(db, new Date()));
    const { secret } = await world.addToken(world.admin);
    const all = await events(secret);
    expect(all.json.data.slice(0, 2).map(({ action }: { action: string }) => action)).toEqual([
      "token.deleted",
      "token.created",
    ]);
    expect(all.json.data[0]).toMatchObject({
      by: { kind: "member", member: { id: world.admin.memberId }, token: null },
      subject: { kind: "token", id: made.value.token.id, name: "Told" },
      ip: "192.0.2.7",
    });
    expect(all.text).not.toContain(made.value.secret.reveal().slice(-20));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof events>> = await events(
        secret,
        `?limit=1${cursor ? `&cursor=${cursor}` : ""}`,
      );
      seen.push(...idsOf(page));
      cursor = page.json.next_cursor;
    } while (cursor);
    expect(seen).toEqual(idsOf(all));
    // What came since an event that one has, and nothing of before it.
    expect(idsOf(await events(secret, `?after=${seen[2]}`))).toEqual(seen.slice(0, 2));
    expect(idsOf(await events(secret, `?after=${seen[0]}`))).toEqual([]);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("are filtered by kind and by who did it, and what is misspelt is refused instead of ignored", async () => {
    const { db, world, events } = await scene();
    const input = { name: "By the user", description: null, role_id: world.roleIds.user };
    await createToken(world.user, input, contextOf(db, new Date()));
    const { secret } = await world.addToken(world.admin);
    const actions = async (query: string) =>
      (await events(secret, query)).json.data.map(({ action }: { action: string }) => action);
    expect(await actions(`?by=${world.user.memberId}`)).toEqual(["token.created"]);
    expect(await actions("?kind=tokens&kind=groups")).toEqual(["token.created"]);
    expect(await actions("?kind=groups")).toEqual([]);
    for (const query of ["?kind=token", "?by=me", "?after=now", "?limit=0", "?before=x"])
      expect([query, (await events(secret, query)).status]).toEqual([query, 422]);
    expect((await events(secret, "?cursor=WyJncm91cHMiLCJ4Il0")).json.code).toBe("invalid_cursor");
  });

  it("are those of the issuer's groups where groups bound it, and of nobody by an id that it does not see", async () => {
    const { db, world, events } = await scene({ teamsEnabled: true });
    const reader = await world.addMember({ role: { roleId: await world.addRole("Auditor", ["audit:read"]) } });
    await world.addGroup("Ours", [reader, world.user]);
    for (const member of [world.user, world.engineer]) {
      const input = { name: `Of ${member.name}`, description: null, role_id: member.roleId };
      await createToken(await world.reload(member), input, contextOf(db, new Date()));
    }
    const { secret } = await world.addToken(reader);
    const all = await events(secret);
    expect(all.text).toContain(world.user.memberId);
    expect(all.text).not.toContain(world.engineer.memberId);
    for (const stranger of [world.engineer.memberId, world.organizationId]) {
      const none = await events(secret, `?by=${stranger}`);
      expect([none.status, none.json]).toEqual([200, { data: [], next_cursor: null }]);
    }
    expect(idsOf(await events(secret, `?by=${world.user.memberId}&by=${world.engineer.memberId}`))).toHaveLength(1);
  });
});
