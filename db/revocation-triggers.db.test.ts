import { randomUUID } from "node:crypto";
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
      "secret_generation",
    ],
    members: ["organization_id", "id", "portal", "owner_member_id", "owner_group_id", "created_at", "deactivated_at"],
    groups: ["organization_id", "id", "created_at"],
    roles: ["organization_id", "id", "built_in", "created_at"],
    organizations: ["id", "tokens_disabled_reason", "group_noun", "created_at"],
    users: ["id", "is_operator", "created_at"],
    api_logins: [
      "organization_id",
      "id",
      "member_id",
      "scope",
      "created_at",
      "last_seen_at",
      "expires_at",
      "ended_by",
      "ip",
      "agent",
    ],
    signing_keys: ["id", "private_key", "pepper_id", "created_at", "signs_from", "signs_until"],
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

  it("holds the end of a key, of a login and of an access token once each, and nothing of new ones, of their use, or of what was over", async () => {
    const { db, sql } = await freshDatabase();
    const { organizationId, user, viewer } = await makeWorld(db);
    await sql`delete from revocation_feed`;
    const [ended, removed, over, jti] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    for (const [id, memberId, hours] of [
      [ended, user.memberId, 24],
      [removed, viewer.memberId, 24],
      // Nearly all end like that, and nothing serves that came of one: the job that removes them tells nobody.
      [over, viewer.memberId, 0],
    ] as const) {
      await sql`insert into api_logins (organization_id, id, member_id, created_at, last_seen_at, expires_at)
        values (${organizationId}, ${id}, ${memberId}, now(), now(), now() + ${hours} * interval '1 hour')`;
    }
    await sql`insert into signing_keys (id, algorithm, public_key, private_key, pepper_id, created_at, signs_from,
        signs_until, believed_until)
      select 'key ' || n, 'ES256', '{}', '', 'test', now(), now(), now() + interval '30 days', now() + interval '31 days'
      from generate_series(1, 2) n`;
    await sql`update api_logins set last_seen_at = now()`;
    await sql`update signing_keys set pepper_id = 'another', private_key = 'x'`;
    expect(await sql`select kind from revocation_feed`).toEqual([]);

    await sql`update api_logins set ended_at = now(), ended_by = 'logout' where id = ${ended}`;
    await sql`delete from api_logins`;
    await sql`update signing_keys set believed_until = now() where id = 'key 1'`;
    await sql`delete from signing_keys where id = 'key 2'`;
    await sql`insert into revoked_access_tokens (organization_id, id, revoked_at, expires_at)
      values (${organizationId}, ${jti}, now(), now())`;
    await sql`delete from revoked_access_tokens`;
    const told = await sql`select kind, organization_id, subject_id from revocation_feed order by sequence`;
    expect([...told]).toEqual([
      { kind: "login", organization_id: organizationId, subject_id: ended },
      { kind: "login", organization_id: organizationId, subject_id: removed },
      { kind: "signing_key", organization_id: null, subject_id: "key 1" },
      { kind: "signing_key", organization_id: null, subject_id: "key 2" },
      { kind: "access_token", organization_id: organizationId, subject_id: jti },
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
