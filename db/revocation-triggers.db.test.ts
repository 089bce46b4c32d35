import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { freshDatabase } from "@/test/database";
import { makeWorld } from "@/test/world";
import { apiTokens, members, roles } from "./schema";

describe("the feed", () => {
  /** What changes nothing of what a token may do or whom it acts for. */
  const HARMLESS: Record<string, string[]> = {
    api_tokens: [
      "organization_id",
      "id",
      "last_four",
      "state",
      "created_at",
      "expiry_set_at",
      "deleted_by",
      "last_used_at",
      "last_used_ip",
      "last_used_agent",
      // These change with a hash alone.
      "pending_pepper_id",
      "pending_last_four",
      "pending_at",
      "pending_by",
      "pending_overlap_days",
      "pending_expires_at",
      "previous_pepper_id",
      "previous_last_four",
      "rotated_at",
    ],
    members: ["organization_id", "id", "portal", "owner_member_id", "owner_group_id", "created_at", "deactivated_at"],
    groups: ["organization_id", "id", "created_at"],
    roles: ["organization_id", "id", "built_in", "created_at"],
    organizations: ["id", "tokens_disabled_reason", "group_noun", "created_at"],
    users: ["id", "is_operator", "created_at"],
  };

  it("watches every column but those that are known to be harmless", async () => {
    const { sql } = await freshDatabase();
    const rows = await sql<{ table: string; column: string }[]>`
      select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relname = any(${Object.keys(HARMLESS)}) and a.attnum > 0 and not a.attisdropped and not exists (
        select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal and a.attnum = any(t.tgattr))`;
    const unwatched: Record<string, string[]> = {};
    for (const { table, column } of rows) unwatched[table] = [...(unwatched[table] ?? []), column];
    for (const [table, columns] of Object.entries(HARMLESS)) expect(unwatched[table]?.sort()).toEqual(columns.sort());
  });

  it("holds nothing of new tokens, of their use and of changes that change nothing", async () => {
    const { db, sql } = await freshDatabase();
    const world = await makeWorld(db);
    await sql`delete from revocation_feed`;
    const { id } = await world.addToken(world.user);
    await db.update(apiTokens).set({ lastUsedAt: new Date(), lastUsedIp: "192.0.2.1" }).where(eq(apiTokens.id, id));
    await db.update(members).set({ status: "active" }).where(eq(members.organizationId, world.organizationId));
    await db.update(roles).set({ name: "Viewer" }).where(eq(roles.id, world.roleIds.viewer));
    expect(await sql`select kind from revocation_feed`).toEqual([]);
  });

  it("holds a deletion once: of the row of a deleted token it is told no more, and of one that lived it is", async () => {
    const { db, sql } = await freshDatabase();
    const world = await makeWorld(db);
    const [deleted, living] = [await world.addToken(world.user), await world.addToken(world.user)];
    await db.update(apiTokens).set({ state: "deleted", deletedAt: new Date() }).where(eq(apiTokens.id, deleted.id));
    await sql`delete from api_tokens`;
    expect(await sql`select kind, subject_id from revocation_feed order by sequence`).toEqual([
      { kind: "token_deleted", subject_id: deleted.id },
      { kind: "token_deleted", subject_id: living.id },
    ]);
  });

  it("holds nothing of what was rolled back", async () => {
    const { db, sql } = await freshDatabase();
    const world = await makeWorld(db);
    await sql`delete from revocation_feed`;
    await sql
      .begin(async (tx) => {
        await tx`update organizations set tokens_enabled = false`;
        throw new Error("back");
      })
      .catch(() => {});
    expect(await sql`select kind from revocation_feed`).toEqual([]);
    await world.setTokensEnabled(false);
    expect(await sql`select kind, subject_id from revocation_feed`).toEqual([
      { kind: "organization", subject_id: world.organizationId },
    ]);
  });
});
