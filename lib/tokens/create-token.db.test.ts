import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, auditEvents } from "@/db/schema";
import type { RefusalCode } from "@/lib/refusal";
import { days, NOW } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { actingToken, contextOf, makeWorld } from "@/test/world";
import { createToken } from "./create-token";
import { mintingKeys } from "./minting-keys";
import type { CreateTokenInput } from "./token-input";
import { hashToken, parseToken } from "./token-secret";

const input = (change: Partial<CreateTokenInput> = {}): CreateTokenInput => ({
  name: "Order sync",
  description: null,
  role_id: null,
  expires_at: undefined,
  ...change,
});

const countTokens = (db: Db) => db.$count(apiTokens);
const countEvents = (db: Db) => db.$count(auditEvents, eq(auditEvents.action, "token.created"));

describe("createToken", () => {
  it("returns the secret once, stores its hash alone, and writes the event in the same breath", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const outcome = await createToken(
        world.engineer,
        input({ description: "Every minute", role_id: world.roleIds.viewer, expires_at: days(30) }),
        contextOf(db),
      );
      if (!outcome.ok) throw new Error(outcome.refusal.code);
      const { token, secret } = outcome.value;
      expect(parseToken(secret.reveal())).toEqual({ kind: "pat", id: token.id });
      expect(token).toMatchObject({
        name: "Order sync",
        description: "Every minute",
        status: "active",
        issuedBy: { id: world.engineer.memberId },
        role: { id: world.roleIds.viewer, name: "Viewer" },
        createdAt: NOW,
        expiresAt: days(30),
        lastUsedAt: null,
        locked: null,
      });
      expect(token.usage).toEqual(Array(14).fill(0));

      const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, token.id));
      expect(row?.secretHash).toEqual(hashToken(secret, mintingKeys().peppers.current));
      const [{ dump } = { dump: "" }] = await db.execute<{ dump: string }>(
        sql`select (select json_agg(t)::text from ${apiTokens} t) || (select json_agg(e)::text from ${auditEvents} e) as dump`,
      );
      expect(dump).not.toContain(secret.reveal().slice(20, 63));
      const [event] = await db.select().from(auditEvents).where(eq(auditEvents.subjectId, token.id));
      expect(event).toMatchObject({
        action: "token.created",
        actorKind: "member",
        actorMemberId: world.engineer.memberId,
        at: NOW,
        requestId: "req-under-test",
        ip: "192.0.2.7",
      });
    }));

  it("makes a token of a service account recognisable by its kind", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const service = await world.addMember({ email: null });
      const outcome = await createToken(service, input({ role_id: world.roleIds.viewer }), contextOf(db));
      expect(outcome).toMatchObject({ ok: true, value: { token: { kind: "svc" } } });
    }));

  it.each<[RefusalCode, (world: Awaited<ReturnType<typeof makeWorld>>) => Partial<CreateTokenInput>]>([
    ["role_exceeds_yours", (world) => ({ role_id: world.roleIds.administrator })],
    ["role_required", () => ({ role_id: null })],
    ["role_not_found", () => ({ role_id: "01980000-0000-7000-8000-00000000dead" })],
    ["expiry_in_past", (world) => ({ role_id: world.roleIds.viewer, expires_at: days(-1) })],
  ])("refuses with %s, and leaves neither token nor event", (code, change) =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const outcome = await createToken(world.user, input(change(world)), contextOf(db));
      expect(outcome).toMatchObject({ ok: false, refusal: { code } });
      expect([await countTokens(db), await countEvents(db)]).toEqual([0, 0]);
    }),
  );

  it("does not find another organization's role", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const other = await makeWorld(db);
      const outcome = await createToken(world.admin, input({ role_id: other.roleIds.viewer }), contextOf(db));
      expect(outcome).toMatchObject({ ok: false, refusal: { code: "role_not_found" } });
      expect(await countTokens(db)).toBe(0);
    }));

  it("refuses a name that the issuer's live tokens hold, whatever its capitals, and frees it at the end of that token", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const role_id = world.roleIds.viewer;
      await world.addToken(world.user, { name: "Order Sync" });
      expect(await createToken(world.user, input({ role_id }), contextOf(db))).toMatchObject({
        refusal: { code: "name_taken", field: "name" },
      });
      expect(await createToken(world.engineer, input({ role_id }), contextOf(db))).toMatchObject({ ok: true });
      await world.addToken(world.viewer, { name: "Order sync", expiresAt: days(-1) });
      expect(await createToken(world.viewer, input({ role_id }), contextOf(db))).toMatchObject({ ok: true });
    }));

  it("lets no token create one, under any preset", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const token = await actingToken(db, world.admin, await world.addToken(world.admin));
      const outcome = await createToken(token, input({ role_id: world.roleIds.viewer }), contextOf(db));
      expect(outcome).toMatchObject({ ok: false, refusal: { code: "token_cannot_mint" } });
      expect(await countTokens(db)).toBe(1);
    }));

  it("fixes the expiry where the policy does, and counts what is over against no limit", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "single_rotating" });
      await world.addToken(world.user, { expiresAt: NOW, roleId: null });
      await world.addToken(world.user, { deletedAt: days(-1), roleId: null });
      const first = await createToken(world.user, input(), contextOf(db));
      expect(first).toMatchObject({ ok: true, value: { token: { expiresAt: days(180), role: null } } });
      const second = await createToken(world.user, input({ name: "Another" }), contextOf(db));
      expect(second).toMatchObject({ ok: false, refusal: { code: "issuer_limit_reached" } });
    }));

  it("writes nothing and gives no secret where the event cannot be written", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db);
    await db.execute(sql`alter table audit_events add constraint closed check (action <> 'token.created')`);
    await expect(createToken(world.admin, input({ role_id: world.roleIds.viewer }), contextOf(db))).rejects.toThrow();
    expect(await countTokens(db)).toBe(0);
  });

  it("leaves exactly 50 of 50 when 100 arrive at once at 45, each success with its event", async () => {
    const { db } = await freshDatabase({ max: 20 });
    const world = await makeWorld(db);
    for (let n = 0; n < 45; n++) await world.addToken(world.engineer, { name: `Old ${n}` });
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, n) => {
        const issuer = [world.admin, world.engineer, world.user, world.viewer][n % 4] ?? world.admin;
        return createToken(issuer, input({ name: `New ${n}`, role_id: world.roleIds.viewer }), contextOf(db));
      }),
    );
    const codes = outcomes.map((outcome) => (outcome.ok ? "created" : outcome.refusal.code));
    expect(codes.filter((code) => code === "created")).toHaveLength(5);
    expect(codes.filter((code) => code === "organization_limit_reached")).toHaveLength(95);
    expect(await countTokens(db)).toBe(50);
    expect(await countEvents(db)).toBe(5);
    const created = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.token.id] : []));
    for (const id of created) {
      expect(
        await db.$count(auditEvents, and(eq(auditEvents.action, "token.created"), eq(auditEvents.subjectId, id))),
      ).toBe(1);
    }
  });

  it("takes one of two submissions of the same form", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db);
    const twice = await Promise.all(
      [1, 2].map(() => createToken(world.user, input({ role_id: world.roleIds.viewer }), contextOf(db))),
    );
    expect(twice.map((outcome) => (outcome.ok ? "created" : outcome.refusal.code)).sort()).toEqual([
      "created",
      "name_taken",
    ]);
    expect(await countTokens(db)).toBe(1);
  });

  it("hears of tokens switched off while it waited for its turn", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db);
    let creation: ReturnType<typeof createToken> | undefined;
    await db.transaction(async (tx) => {
      await tx.execute(sql`select 1 from token_policies where organization_id = ${world.organizationId} for update`);
      creation = createToken(world.user, input({ role_id: world.roleIds.viewer }), contextOf(db));
      await expect
        .poll(() =>
          db.execute(
            sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          ),
        )
        .toHaveLength(1);
      await tx.execute(sql`update organizations set tokens_enabled = false where id = ${world.organizationId}`);
    });
    expect(await creation).toMatchObject({ ok: false, refusal: { code: "tokens_disabled" } });
    expect(await countTokens(db)).toBe(0);
  });
});
