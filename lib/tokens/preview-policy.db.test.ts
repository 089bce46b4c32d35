import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, auditEvents, organizations, tokenPolicies } from "@/db/schema";
import { days, NOW } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { addMixedTokens, anyPolicy } from "@/test/mixed-tokens";
import { contextOf, makeWorld, type World } from "@/test/world";
import { listTokens } from "./list-tokens";
import { loadRules } from "./load-rules";
import { outsideCondition } from "./outside-condition";
import { previewPolicy } from "./preview-policy";
import { readFates } from "./read-fates";
import { tokenRights } from "./token-compliance";
import { tokenQuery } from "./token-input";
import type { TokenPolicy } from "./token-policy";
import type { ListedFate } from "./token-policy-input";
import { TOKEN_PRESETS } from "./token-presets";
import { updatePolicy } from "./update-policy";

async function setPolicy(db: Db, world: World, policy: TokenPolicy, teamsEnabled: boolean): Promise<void> {
  const here = world.organizationId;
  await db.update(tokenPolicies).set(policy).where(eq(tokenPolicies.organizationId, here));
  await db.update(organizations).set({ teamsEnabled }).where(eq(organizations.id, here));
}

const everything = { ...tokenQuery.parse({}), limit: 100 };

describe("outsideCondition", () => {
  it("finds in SQL exactly what the pure rule finds, whatever the policy", { timeout: 60_000 }, () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await addMixedTokens(world);
      await fc.assert(
        fc.asyncProperty(anyPolicy, fc.boolean(), async (policy, teamsEnabled) => {
          await setPolicy(db, world, { ...policy, visibility: "administrators" }, teamsEnabled);
          const ctx = contextOf(db);
          const { rows } = await listTokens(world.admin, everything, ctx);
          const pure = rows.filter((row) => row.outsidePolicy.length > 0).map((row) => row.id);
          const rules = await loadRules(db, world.organizationId);
          const inSql = await db
            .select({ id: apiTokens.id })
            .from(apiTokens)
            .where(
              sql`${apiTokens.organizationId} = ${world.organizationId} and ${outsideCondition(world.organizationId, rules, NOW)}`,
            );
          expect(inSql.map(({ id }) => id).sort()).toEqual(pure.sort());
          const within = await listTokens(world.admin, { ...everything, policy: "within" }, ctx);
          expect(within.rows.map((row) => row.id).sort()).toEqual(
            rows
              .filter((row) => row.status === "active" && row.outsidePolicy.length === 0)
              .map((row) => row.id)
              .sort(),
          );
        }),
        { numRuns: 60 },
      );
    }),
  );
});

describe("preview and save", () => {
  it("agree about every single token, whatever the policies before and after", { timeout: 120_000 }, () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      await addMixedTokens(world);
      class Undone extends Error {}
      await fc.assert(
        fc.asyncProperty(anyPolicy, anyPolicy, fc.boolean(), async (from, to, teamsEnabled) => {
          const one = db.transaction(async (tx) => {
            await setPolicy(tx, world, { ...from, visibility: "administrators" }, teamsEnabled);
            await expectAgreement(tx, world, { ...to, visibility: "administrators" });
            throw new Undone();
          });
          await one.catch((error: unknown) => {
            if (!(error instanceof Undone)) throw error;
          });
        }),
        { numRuns: 40 },
      );
    }),
  );

  async function expectAgreement(db: Db, world: World, to: TokenPolicy): Promise<void> {
    const ctx = contextOf(db);
    const before = await loadRules(db, world.organizationId);
    const change = { from: before.policy, to, organization: before.organization };
    const fates = new Map((await readFates(db, world.admin, change, NOW)).map((token) => [token.id, token]));
    const rowsBefore = (await listTokens(world.admin, everything, ctx)).rows;
    const preview = await previewPolicy(world.admin, { policy: to, list: null }, ctx);
    if (!preview.ok) throw new Error("the preview was refused");

    const saved = await updatePolicy(
      world.admin,
      { policy: to, preset: before.policy.preset, version: preview.value.version },
      ctx,
    );
    expect(saved).toMatchObject({ ok: true, value: { deleted: preview.value.counts.deleted } });

    const after = await loadRules(db, world.organizationId);
    const rows = new Map((await listTokens(world.admin, everything, ctx)).rows.map((row) => [row.id, row]));
    const counted = { stays: 0, outside: 0, loses_rights: 0, deleted: 0 };
    for (const old of rowsBefore) {
      const row = rows.get(old.id);
      const fate = fates.get(old.id);
      if (!row) throw new Error("a token vanished from the list");
      if (!fate) {
        // Over before, and untouched.
        expect(row).toEqual({ ...old, outsidePolicy: [] });
        continue;
      }
      counted[fate.fate] += 1;
      expect(row.status === "deleted").toBe(fate.fate === "deleted");
      expect(row.outsidePolicy).toEqual(fate.reasons);
      expect(row.role).toEqual(old.role);
      // What it may do by its permissions never changes with the policy; what the policy adds to them is as foretold.
      if (fate.fate === "deleted") continue;
      expect(row.permissions).toEqual(old.permissions);
      if (row.permissions.length === 0) continue;
      const held = new Set(row.permissions);
      const had = tokenRights(held, before);
      const has = tokenRights(held, after);
      expect(had.filter((right) => !has.includes(right))).toEqual(fate.lost);
      expect(has.filter((right) => !had.includes(right))).toEqual(fate.gained);
    }
    expect(preview.value.counts).toEqual(counted);
  }

  it("count everybody's tokens and list only those that the administrator sees", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "personal_mirror" });
      await world.addToken(world.admin, { name: "mine", roleId: null });
      await world.addToken(world.user, { name: "a secret project", roleId: null });
      const policy: TokenPolicy = { ...TOKEN_PRESETS.personal_mirror, expiry: "required" };
      const preview = await previewPolicy(world.admin, { policy, list: { fate: "outside", offset: 0 } }, contextOf(db));
      expect(preview).toMatchObject({
        value: {
          counts: { outside: 2 },
          reasons: { expiry_missing: 2 },
          issuers: { count: 2 },
          list: { rows: [{ name: "mine", reasons: ["expiry_missing"] }], hidden: 1, nextOffset: null },
        },
      });
      expect(JSON.stringify(preview)).not.toContain("a secret project");
    }));

  it("count each token's reasons with its fate alone, so that no line says more than its number", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { policy: { tokensMayMint: true } });
      await world.addToken(world.user, { description: null });
      await world.addToken(world.viewer, { description: null, roleId: world.roleIds.viewer });
      const policy: TokenPolicy = { ...TOKEN_PRESETS.role_scoped, tokensMayMint: false, description: "required" };
      const preview = await previewPolicy(world.admin, { policy, list: null }, contextOf(db));
      expect(preview).toMatchObject({
        value: {
          counts: { stays: 0, outside: 1, loses_rights: 1, deleted: 0 },
          reasons: { description_missing: 1 },
          losingOutside: 1,
          lost: { create_tokens: 1 },
        },
      });
    }));

  it("count those that come back inside when a rule is taken back, and not those that were never outside", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db, { policy: { description: "required" } });
      for (const description of [null, null, "What for"]) await world.addToken(world.user, { description });
      const preview = (policy: TokenPolicy) => previewPolicy(world.admin, { policy, list: null }, contextOf(db));
      expect(await preview(TOKEN_PRESETS.role_scoped)).toMatchObject({
        value: { counts: { stays: 3, outside: 0 }, backInside: 2, wereOutside: 0 },
      });
      expect(await preview({ ...TOKEN_PRESETS.role_scoped, description: "required" })).toMatchObject({
        value: { counts: { stays: 1, outside: 2 }, backInside: 0, wereOutside: 2 },
      });
    }));

  it("name the organization and the people beyond a limit, and leave their tokens as they are", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      for (const issuer of [world.user, world.user, world.engineer]) await world.addToken(issuer);
      const policy: TokenPolicy = { ...TOKEN_PRESETS.role_scoped, maxPerOrganization: 2, maxPerIssuer: 1 };
      const preview = await previewPolicy(world.admin, { policy, list: null }, contextOf(db));
      expect(preview).toMatchObject({
        value: {
          counts: { stays: 3, outside: 0, loses_rights: 0, deleted: 0 },
          organizationBeyond: { live: 3, limit: 2 },
          issuersBeyond: { count: 1, people: [{ id: world.user.memberId, live: 2 }] },
        },
      });
    }));

  it("open the list page by page, each token once", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      for (let n = 0; n < 120; n++) await world.addToken(world.user, { createdAt: days(-n - 1) });
      const policy: TokenPolicy = { ...TOKEN_PRESETS.role_scoped, description: "required" };
      const seen: string[] = [];
      let list: { fate: ListedFate; offset: number } | null = { fate: "outside", offset: 0 };
      while (list) {
        const preview = await previewPolicy(world.admin, { policy, list }, contextOf(db));
        if (!preview.ok || !preview.value.list) throw new Error("no list");
        const { rows, nextOffset } = preview.value.list;
        expect(rows.length).toBeLessThanOrEqual(50);
        seen.push(...rows.map(({ id }) => id));
        list = nextOffset === null ? null : { fate: "outside", offset: nextOffset };
      }
      expect(new Set(seen).size).toBe(120);
      expect(seen).toHaveLength(120);
    }));

  it("are refused to whoever may not manage the organization, and change nothing", () =>
    withRollback(async (db) => {
      const world = await makeWorld(db);
      const policy = TOKEN_PRESETS.personal_mirror;
      const ctx = contextOf(db);
      for (const member of [world.engineer, world.user, world.viewer]) {
        expect(await previewPolicy(member, { policy, list: null }, ctx)).toMatchObject({
          refusal: { code: "not_permitted" },
        });
        expect(await updatePolicy(member, { policy, preset: "personal_mirror", version: 1 }, ctx)).toMatchObject({
          refusal: { code: "not_permitted" },
        });
      }
      expect((await loadRules(db, world.organizationId)).policy).toMatchObject(TOKEN_PRESETS.role_scoped);
    }));
});

it("previews 100,000 tokens in time, and agrees with what saving then does to each", { timeout: 120_000 }, async () => {
  const { db } = await freshDatabase();
  const world = await makeWorld(db, { policy: { tokensMayMint: true, maxPerOrganization: null } });
  await db.execute(sql`
    insert into api_tokens (organization_id, id, kind, prefix, name, description, issuer_id, role_id, secret_hash, pepper_id,
      last_four, created_at, expires_at)
    select ${world.organizationId}, lpad(n::text, 12, '0'), (array['pat', 'pat', 'pat', 'cls'])[1 + n % 4], 'lk', 'Token ' || n,
      case when n % 3 = 0 then 'What for' end,
      (array[${world.admin.memberId}, ${world.engineer.memberId}, ${world.user.memberId}, ${world.viewer.memberId}]::uuid[])[1 + n % 4],
      case when n % 5 > 0 then ${world.roleIds.user}::uuid end, '\\x00', 'k1', '0000',
      ${days(-100).toISOString()}::timestamptz - n * interval '1 minute',
      case when n % 2 = 0 then ${NOW.toISOString()}::timestamptz + (n % 100 - 20) * interval '1 day' end
    from generate_series(1, 100000) n`);
  await db.execute(sql`analyze api_tokens`);
  const ctx = contextOf(db);
  const policy: TokenPolicy = {
    ...TOKEN_PRESETS.role_scoped,
    issuers: "permitted",
    expiry: "required",
    expiryDays: 150,
    deleteExpired: true,
    description: "required",
    maxPerIssuer: 100,
    maxPerOrganization: 1000,
  };
  const list = { fate: "outside", offset: 0 } as const;
  const times: number[] = [];
  let preview = await previewPolicy(world.admin, { policy, list }, ctx);
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    preview = await previewPolicy(world.admin, { policy, list }, ctx);
    times.push(Math.round(performance.now() - start));
  }
  process.stdout.write(`preview of 100,000 tokens: ${times.join(", ")} ms\n`);
  if (!preview.ok) throw new Error("the preview was refused");

  const before = await loadRules(db, world.organizationId);
  const change = { from: before.policy, to: policy, organization: before.organization };
  const fates = await readFates(db, world.admin, change, NOW);
  const start = performance.now();
  const saved = await updatePolicy(world.admin, { policy, preset: "role_scoped", version: preview.value.version }, ctx);
  process.stdout.write(`saving it: ${Math.round(performance.now() - start)} ms\n`);
  const { counts } = preview.value;
  expect(counts.deleted).toBeGreaterThan(1000);
  expect(saved).toMatchObject({ ok: true, value: { deleted: counts.deleted } });
  const after = await loadRules(db, world.organizationId);
  const marked = new Set(
    (
      await db
        .select({ id: apiTokens.id })
        .from(apiTokens)
        .where(outsideCondition(world.organizationId, after, NOW))
    ).map(({ id }) => id),
  );
  const gone = new Set(
    (await db.select({ id: apiTokens.id }).from(apiTokens).where(eq(apiTokens.state, "deleted"))).map(({ id }) => id),
  );
  const wrong = fates.filter(
    ({ id, fate, reasons }) => gone.has(id) !== (fate === "deleted") || marked.has(id) !== reasons.length > 0,
  );
  expect(wrong).toEqual([]);
  expect(gone.size).toBe(counts.deleted);
  const [events] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(auditEvents)
    .where(eq(auditEvents.action, "token.deleted"));
  expect(events?.count).toBe(counts.deleted);
});
