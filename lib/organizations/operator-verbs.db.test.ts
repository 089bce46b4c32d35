import { and, eq, inArray } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { accessRequests, apiTokens, auditEvents, organizations } from "@/db/schema";
import { createToken } from "@/lib/tokens/create-token";
import { createTokenInput } from "@/lib/tokens/token-input";
import { NOW } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { operatorSession } from "@/test/operator";
import { contextOf, makeWorld, type World } from "@/test/world";
import { inspectOrganization } from "./inspect-organization";
import { switchTokensInput } from "./operator-input";
import { PLANS, planIncludesTokens } from "./plans";
import { setPlan } from "./set-plan";
import { switchTokens } from "./switch-tokens";

const operator = operatorSession();
const NOWHERE = "0197a000-0000-7000-8000-0000000000ff";

const standing = async (db: Db, { organizationId }: World) => {
  const [row] = await db.select().from(organizations).where(eq(organizations.id, organizationId));
  const { plan, tokensEnabled, tokensDisabledReason } = row!;
  return { plan, tokensEnabled, tokensDisabledReason };
};

const events = (db: Db, { organizationId }: World) =>
  db
    .select()
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.organizationId, organizationId),
        inArray(auditEvents.action, ["tokens.switched", "organization.updated"]),
      ),
    )
    .orderBy(auditEvents.id);

const turn = (db: Db, { organizationId }: World, enabled: boolean, reason: string | null = enabled ? null : "Unpaid") =>
  switchTokens(operator, { organization_id: organizationId, enabled, reason }, contextOf(db));

const move = (db: Db, { organizationId }: World, plan: (typeof PLANS)[number]) =>
  setPlan(operator, { organization_id: organizationId, plan }, contextOf(db));

const ask = (db: Db, { organizationId }: World, { memberId }: World["user"], reason: string | null = null) =>
  db.insert(accessRequests).values({ organizationId, memberId, reason, createdAt: NOW });

describe("plans", () => {
  it("all include API tokens but the starter", () => {
    expect(PLANS.filter(planIncludesTokens)).toEqual(["pro", "premium", "enterprise"]);
  });
});

describe("switchTokens", () => {
  it("switches off with its reason, deletes no token, and is the system's event in the operator's name", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await world.addToken(world.user);
      expect(await turn(db, world, false)).toEqual({ ok: true, value: { tokensEnabled: false } });
      expect(await standing(db, world)).toMatchObject({ tokensEnabled: false, tokensDisabledReason: "Unpaid" });
      expect(await db.$count(apiTokens, eq(apiTokens.state, "active"))).toBe(1);
      expect(await events(db, world)).toMatchObject([
        {
          action: "tokens.switched",
          actorKind: "system",
          actorMemberId: null,
          subjectKind: "organization",
          subjectId: world.organizationId,
          details: { enabled: false, reason: "Unpaid", by: operator.name, by_user_id: operator.userId },
        },
      ]);
    }));

  it("switches on again, answers every request of this organization and of no other, and forgets the reason", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { tokensEnabled: false });
      const other = await makeWorld(db, { tokensEnabled: false });
      await ask(db, world, world.user);
      await ask(db, world, world.engineer);
      await ask(db, other, other.user);
      expect(await turn(db, world, true)).toMatchObject({ ok: true });
      expect(await standing(db, world)).toMatchObject({ tokensEnabled: true, tokensDisabledReason: null });
      expect(await db.select({ id: accessRequests.organizationId }).from(accessRequests)).toEqual([
        { id: other.organizationId },
      ]);
      expect((await standing(db, other)).tokensEnabled).toBe(false);
    }));

  it("does not switch on what the plan excludes, and leaves the requests", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await move(db, world, "starter");
      await ask(db, world, world.user);
      const before = await events(db, world);
      expect(await turn(db, world, true)).toEqual({ ok: false, refusal: { code: "plan_excludes_tokens" } });
      expect((await standing(db, world)).tokensEnabled).toBe(false);
      expect(await db.$count(accessRequests)).toBe(1);
      expect(await events(db, world)).toEqual(before);
    }));

  it("done twice does it once: one event, and the reason of the first", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await turn(db, world, false, "Unpaid");
      expect(await turn(db, world, false, "Another")).toMatchObject({ ok: true });
      expect((await standing(db, world)).tokensDisabledReason).toBe("Unpaid");
      expect(await events(db, world)).toHaveLength(1);
    }));

  it("writes one event where many switch at once, and what stands is what the last event says", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db);
    await Promise.all(Array.from({ length: 8 }, () => turn(db, world, false)));
    expect(await events(db, world)).toHaveLength(1);
    await Promise.all(Array.from({ length: 12 }, (_, n) => turn(db, world, n % 2 === 0)));
    const told = (await events(db, world)).map(({ details }) => details.enabled);
    // Each event changed something: no two in a row say the same.
    expect(told.every((enabled, n) => n === 0 || enabled !== told[n - 1])).toBe(true);
    expect((await standing(db, world)).tokensEnabled).toBe(told.at(-1));
  });

  it("once answered, lets no creation through that was under way", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db, { preset: "personal_mirror" });
    const creations = Array.from({ length: 8 }, (_, n) =>
      createToken(world.user, createTokenInput.parse({ name: `Token ${n}` }), contextOf(db)),
    );
    const off = await turn(db, world, false);
    const counted = await db.$count(apiTokens);
    const outcomes = await Promise.all(creations);
    expect(off.ok).toBe(true);
    expect(await db.$count(apiTokens)).toBe(counted);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(counted);
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.refusal.code).toBe("tokens_disabled");
  });

  it("wants a reason for switching off, of which a blank is none", () => {
    const input = { organization_id: NOWHERE, enabled: false };
    expect(switchTokensInput.safeParse(input).success).toBe(false);
    expect(switchTokensInput.safeParse({ ...input, reason: " \n" }).success).toBe(false);
    expect(switchTokensInput.safeParse({ ...input, enabled: true }).success).toBe(true);
  });
});

describe("setPlan", () => {
  it("to one without tokens switches them off in the same breath, and the reason names the plan", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      expect(await move(db, world, "starter")).toEqual({ ok: true, value: { plan: "starter", tokensEnabled: false } });
      expect(await standing(db, world)).toEqual({
        plan: "starter",
        tokensEnabled: false,
        tokensDisabledReason: "The Starter plan does not include API tokens.",
      });
      expect((await events(db, world)).map(({ action, details }) => [action, details])).toMatchObject([
        ["organization.updated", { plan: { from: "enterprise", to: "starter" }, by: operator.name }],
        ["tokens.switched", { enabled: false, by: operator.name }],
      ]);
    }));

  it("to one with tokens leaves them off: switching on is a decision of its own", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await move(db, world, "starter");
      expect(await move(db, world, "pro")).toEqual({ ok: true, value: { plan: "pro", tokensEnabled: false } });
      expect(await turn(db, world, true)).toMatchObject({ ok: true });
    }));

  it("between plans with tokens touches no token's switch, and to the same plan writes nothing", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      expect(await move(db, world, "pro")).toEqual({ ok: true, value: { plan: "pro", tokensEnabled: true } });
      await move(db, world, "pro");
      expect((await events(db, world)).map(({ action }) => action)).toEqual(["organization.updated"]);
    }));

  it("never leaves tokens on under a plan without them, whichever comes first", async () => {
    const { db } = await freshDatabase();
    const world = await makeWorld(db, { tokensEnabled: false });
    for (let round = 0; round < 6; round++) {
      await Promise.all([move(db, world, "starter"), turn(db, world, true), turn(db, world, true)]);
      expect(await standing(db, world)).toMatchObject({ plan: "starter", tokensEnabled: false });
      await move(db, world, "premium");
    }
  });
});

describe("the operator alone", () => {
  it("does any of it: others are thrown out before the database is asked", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const other = operatorSession(false);
      const organization_id = world.organizationId;
      const off = { organization_id, enabled: false, reason: "No" };
      await expect(switchTokens(other, off, contextOf(db))).rejects.toThrow("only the operator");
      await expect(setPlan(other, { organization_id, plan: "starter" }, contextOf(db))).rejects.toThrow("operator");
      await expect(inspectOrganization(other, organization_id, contextOf(db))).rejects.toThrow("only the operator");
      expect(await standing(db, world)).toMatchObject({ plan: "enterprise", tokensEnabled: true });
    }));

  it("finds no organization where there is none", () =>
    withRollback(async (db) => {
      const organization_id = NOWHERE;
      const gone = { ok: false, refusal: { code: "not_found" } };
      const off = { organization_id, enabled: false, reason: "No" };
      expect(await switchTokens(operator, off, contextOf(db))).toEqual(gone);
      expect(await setPlan(operator, { organization_id, plan: "pro" }, contextOf(db))).toEqual(gone);
      expect(await inspectOrganization(operator, NOWHERE, contextOf(db))).toBeNull();
    }));

  it("reads who asks and what was done, first come first, and no token of it by id or name", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const created = await createToken(
        world.admin,
        createTokenInput.parse({ name: "Payroll export", role_id: world.roleIds.viewer }),
        contextOf(db),
      );
      await turn(db, world, false);
      await ask(db, world, world.user, "For the warehouse");
      const found = await inspectOrganization(operator, world.organizationId, contextOf(db));
      expect(found).toMatchObject({
        organization: { tokensEnabled: false, liveTokens: 1, requests: 1 },
        requests: [{ memberId: world.user.memberId, email: world.user.email, reason: "For the warehouse" }],
      });
      expect(found?.events.map(({ action }) => action)).toEqual(["tokens.switched", "organization.created"]);
      expect(found?.events[0]).toMatchObject({ enabled: false, reason: "Unpaid", by: operator.name });
      const told = JSON.stringify(found);
      expect(told).not.toContain("Payroll export");
      expect(created.ok && told.includes(created.value.token.id)).toBe(false);
    }));
});
