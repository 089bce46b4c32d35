import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { auditEvents, organizations } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { listMembers } from "@/lib/members/list-members";
import { freshDatabase, withRollback } from "@/test/database";
import { actingToken, contextOf, makeWorld, type World } from "@/test/world";
import { type OrganizationSettings, updateOrganizationInput } from "./organization-input";
import { updateOrganization } from "./update-organization";
import { viewOrganization } from "./view-organization";

const settingsOf = async (db: Db, organizationId: string): Promise<OrganizationSettings> => {
  const [row] = await db.select().from(organizations).where(eq(organizations.id, organizationId));
  return {
    name: row!.name,
    group_noun: row!.groupNoun,
    groups_enabled: row!.teamsEnabled,
    allowed_origins: row!.allowedOrigins,
  };
};

const eventsOf = (db: Db, { organizationId }: World) =>
  db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.organizationId, organizationId), eq(auditEvents.action, "organization.updated")));

async function change(db: Db, actor: MemberActor, to: Partial<OrganizationSettings>) {
  const was = await settingsOf(db, actor.organizationId);
  return updateOrganization(actor, { was, to: { ...was, ...to } }, contextOf(db));
}

describe("updateOrganization", () => {
  it("changes what was asked, and its event tells each field before and after", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const was = await settingsOf(db, world.organizationId);
      expect(await change(db, world.admin, { name: "Acme Europe", group_noun: "team" })).toEqual({
        ok: true,
        value: { name: "Acme Europe", group_noun: "team", groups_enabled: false, allowed_origins: [] },
      });
      expect(await eventsOf(db, world)).toMatchObject([
        {
          actorKind: "member",
          actorMemberId: world.admin.memberId,
          details: { name: { from: was.name, to: "Acme Europe" }, group_noun: { from: "group", to: "team" } },
        },
      ]);
      expect((await eventsOf(db, world))[0]?.details).not.toHaveProperty("groups_enabled");
    }));

  it("keeps the sites whose scripts may call the API, with an event, and takes them back", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const listed = ["https://app.example", "http://localhost:3000"];
      expect((await change(db, world.admin, { allowed_origins: listed })).ok).toBe(true);
      const view = await viewOrganization(world.admin, contextOf(db));
      expect(view.ok && view.value.organization.allowedOrigins).toEqual(listed);
      expect((await change(db, world.admin, { allowed_origins: [] })).ok).toBe(true);
      const events = await eventsOf(db, world);
      expect(events.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ details }) => details)).toEqual([
        { allowed_origins: { from: [], to: listed } },
        { allowed_origins: { from: listed, to: [] } },
      ]);
    }));

  it("changes no site where somebody else changed them since the form was filled", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const was = await settingsOf(db, world.organizationId);
      await change(db, world.admin, { allowed_origins: ["https://theirs.example"] });
      const to = { ...was, allowed_origins: ["https://mine.example"] };
      expect(await updateOrganization(world.admin, { was, to }, contextOf(db))).toMatchObject({ ok: false });
      expect((await settingsOf(db, world.organizationId)).allowed_origins).toEqual(["https://theirs.example"]);
    }));

  it("refuses everybody who does not hold organization:manage, an administrator's weaker token too", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const was = await settingsOf(db, world.organizationId);
      const token = await world.addToken(world.admin, { roleId: world.roleIds.engineer });
      for (const actor of [world.engineer, world.user, world.viewer, await actingToken(db, world.admin, token)]) {
        const refused = { ok: false, refusal: { code: "not_permitted" } };
        expect(await updateOrganization(actor, { was, to: { ...was, name: "Ours" } }, contextOf(db))).toEqual(refused);
        expect(await viewOrganization(actor, contextOf(db))).toEqual(refused);
      }
      expect(await settingsOf(db, world.organizationId)).toEqual(was);
    }));

  it("changes nothing where somebody else changed any of it since the form was filled", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const was = await settingsOf(db, world.organizationId);
      await change(db, world.admin, { groups_enabled: true });
      expect(await updateOrganization(world.admin, { was, to: { ...was, name: "Late" } }, contextOf(db))).toEqual({
        ok: false,
        refusal: { code: "organization_changed" },
      });
      expect(await settingsOf(db, world.organizationId)).toEqual({ ...was, groups_enabled: true });
      expect(await eventsOf(db, world)).toHaveLength(1);
    }));

  it("answers the same change sent twice as done, once in the log", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const was = await settingsOf(db, world.organizationId);
      const input = { was, to: { ...was, name: "Twice" } };
      expect((await updateOrganization(world.admin, input, contextOf(db))).ok).toBe(true);
      expect((await updateOrganization(world.admin, input, contextOf(db))).ok).toBe(true);
      expect(await eventsOf(db, world)).toHaveLength(1);
    }));

  it("lets one of many changes through that started from the same form", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db);
    const was = await settingsOf(db, world.organizationId);
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        updateOrganization(world.admin, { was, to: { ...was, name: `Name ${n}` } }, contextOf(db)),
      ),
    );
    const done = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.name] : []));
    expect(done).toEqual([(await settingsOf(db, world.organizationId)).name]);
    expect(await eventsOf(db, world)).toHaveLength(1);
  });

  it("touches no other organization", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const next = await makeWorld(db);
      const before = await settingsOf(db, next.organizationId);
      await change(db, world.admin, { name: "Acme Europe", groups_enabled: true });
      expect(await settingsOf(db, next.organizationId)).toEqual(before);
    }));

  it("takes no name that cannot be seen, and no word that is none of the four", () => {
    const was = { name: "Acme", group_noun: "group", groups_enabled: false, allowed_origins: [] };
    const takes = (to: object) => updateOrganizationInput.safeParse({ was, to: { ...was, ...to } }).success;
    expect(takes({ name: "\u200b " })).toBe(false);
    expect(takes({ name: "x".repeat(201) })).toBe(false);
    expect(takes({ group_noun: "squad" })).toBe(false);
    expect(takes({ name: "  Ácme  " })).toBe(true);
  });
});

describe("switching groups on", () => {
  it("bounds from the next request what non-administrators see, as many as the page said", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await world.addGroup("Platform", [world.user]);
      await world.addMember({ status: "deactivated" });
      expect(await viewOrganization(world.admin, contextOf(db))).toMatchObject({
        ok: true,
        value: { bounded: 3, groupless: 2, groupsTakeTokens: false },
      });
      expect((await world.reload(world.engineer)).bounded).toBe(false);
      await change(db, world.admin, { groups_enabled: true });
      const engineer = await world.reload(world.engineer);
      expect(engineer.bounded).toBe(true);
      expect((await world.reload(world.admin)).bounded).toBe(false);
      const seen = await listMembers(engineer, { limit: 100, cursor: null } as never, contextOf(db));
      expect(JSON.stringify(seen)).not.toContain(world.user.memberId);
    }));

  it("says of the admin-issued preset that only administrators then create tokens", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "admin_issued" });
      expect(await viewOrganization(world.admin, contextOf(db))).toMatchObject({ value: { groupsTakeTokens: true } });
    }));
});
