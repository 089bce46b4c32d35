import type { Sql } from "postgres";
import { describe, expect, test } from "vitest";
import type { Db } from "@/db/client";
import { auditEvents, members, organizations, passwords, roles, setupCodes, tokenPolicies, users } from "@/db/schema";
import { NOW } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { contextOf } from "@/test/world";
import { setUp } from "./set-up";
import { isSetUp, issueSetupCode } from "./setup-code";
import { setupInput } from "./setup-input";
import { SETUP_ATTEMPTS } from "./sign-in-limits";
import { verifySignIn } from "./verify-sign-in";

const form = (code: string) =>
  setupInput.parse({
    code,
    organization: "Nordlicht Ärzte",
    name: "Ada Sørensen",
    email: "ada@nordlicht.example",
    password: "seven grey herons",
    preset: "single_rotating",
  });

const issue = async (db: Db) => (await issueSetupCode(db, { now: NOW }))!;
/** Lets nobody else change the codes until the returned function is called. */
async function holdSetupCodes(sql: Sql): Promise<() => Promise<void>> {
  const holder = await sql.reserve();
  await holder`begin`;
  await holder`lock table setup_codes in exclusive mode`;
  return async () => {
    await holder`commit`;
    holder.release();
  };
}

async function waitingForLocks(sql: Sql): Promise<number> {
  const [row] = await sql<{ waiting: number }[]>`
    select count(*)::int as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  return row?.waiting ?? 0;
}

const elsewhere = (db: Db, ip: string) => ({ ...contextOf(db), origin: { requestId: null, ip } });

describe("the setup code", () => {
  test("is short, readable, kept as a hash, and replaces the one before", () =>
    withRollback(async (db) => {
      const first = await issue(db);
      const second = await issue(db);
      expect(second).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
      const rows = await db.select().from(setupCodes);
      expect(rows).toHaveLength(1);
      expect(rows[0]?.codeHash).toHaveLength(32);
      expect(await setUp(form(first), contextOf(db))).toMatchObject({
        refusal: { code: "setup_code_wrong", field: "code" },
      });
      expect(await isSetUp(db)).toBe(false);
      expect(await setUp(form(second), contextOf(db))).toMatchObject({ ok: true });
    }));

  test("may be typed in small letters, without dashes, with O for 0 and l for 1", () =>
    withRollback(async (db) => {
      const code = await issue(db);
      const typed = ` ${code.replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l").toLowerCase()}`;
      expect(await setUp(form(typed), contextOf(db))).toMatchObject({ ok: true });
    }));

  test("is not issued once there is an organization", () =>
    withRollback(async (db) => {
      await setUp(form(await issue(db)), contextOf(db));
      expect(await issueSetupCode(db, { now: NOW })).toBeNull();
      expect(await db.select().from(setupCodes)).toEqual([]);
    }));

  test("cannot be guessed: the attempts of an address are counted", () =>
    withRollback(async (db) => {
      const code = await issue(db);
      for (let n = 0; n < SETUP_ATTEMPTS; n += 1) {
        expect(await setUp(form("0000-0000-0000"), contextOf(db))).toMatchObject({
          refusal: { code: "setup_code_wrong" },
        });
      }
      expect(await setUp(form(code), contextOf(db))).toMatchObject({ refusal: { code: "too_many_attempts" } });
      expect(await isSetUp(db)).toBe(false);
      expect(await setUp(form(code), elsewhere(db, "203.0.113.1"))).toMatchObject({ ok: true });
    }));
});

describe("setUp", () => {
  test("makes organization, roles, policy, administrator and event, and the password works", () =>
    withRollback(async (db) => {
      const outcome = await setUp(form(await issue(db)), contextOf(db));
      if (!outcome.ok) throw new Error(outcome.refusal.code);
      const { organizationId, memberId } = outcome.value;
      const [organization] = await db.select().from(organizations);
      expect(organization).toMatchObject({ id: organizationId, name: "Nordlicht Ärzte", slug: "nordlicht-arzte" });
      const roleRows = await db.select().from(roles);
      expect(roleRows.map((role) => role.builtIn).sort()).toEqual(["administrator", "engineer", "user", "viewer"]);
      expect(await db.select().from(tokenPolicies)).toMatchObject([{ preset: "single_rotating", maxPerIssuer: 1 }]);
      const [member] = await db.select().from(members);
      expect(member).toMatchObject({
        id: memberId,
        portal: "console",
        roleId: roleRows.find((role) => role.builtIn === "administrator")?.id,
      });
      const events = await db.select().from(auditEvents);
      expect(events.map((event) => event.action).sort()).toEqual(["member.added", "organization.created"]);
      expect(JSON.stringify(await db.select().from(passwords))).not.toContain("heron");
      const signIn = { email: "ADA@nordlicht.example", password: "seven grey herons" };
      expect(await verifySignIn(signIn, contextOf(db))).toMatchObject({ ok: true });
    }));

  test("refuses for good once there is an organization", () =>
    withRollback(async (db) => {
      const code = await issue(db);
      await setUp(form(code), contextOf(db));
      expect(await setUp(form(code), contextOf(db))).toEqual({ ok: false, refusal: { code: "already_set_up" } });
      expect(await db.select().from(users)).toHaveLength(1);
    }));

  test("happens once when eight people use the code at the same moment", async () => {
    const { db } = await freshDatabase();
    const code = await issue(db);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, n) => setUp(form(code), elsewhere(db, `198.51.100.${n}`))),
    );
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(await db.select().from(organizations)).toHaveLength(1);
    expect(await db.select().from(users)).toHaveLength(1);
    expect(await db.select().from(setupCodes)).toEqual([]);
  });

  test("tells the second of two at once that it is done, and leaves one organization and one event of it", async () => {
    const { db, sql } = await freshDatabase();
    const code = await issue(db);
    // Held until both are past their first look, so that neither can come first by chance.
    const release = await holdSetupCodes(sql);
    const both = [1, 2].map((n) => setUp(form(code), elsewhere(db, `198.51.100.${n}`)));
    await expect.poll(() => waitingForLocks(sql), { timeout: 15_000 }).toBe(2);
    await release();
    const outcomes = await Promise.all(both);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.find((outcome) => !outcome.ok)).toEqual({ ok: false, refusal: { code: "already_set_up" } });
    expect(await db.select().from(organizations)).toHaveLength(1);
    const events = await db.select().from(auditEvents);
    expect(events.map((event) => event.action).sort()).toEqual(["member.added", "organization.created"]);
  });

  test("cannot be done with an older code of two that were issued at once", async () => {
    const { db, sql } = await freshDatabase();
    const release = await holdSetupCodes(sql);
    const both = [issueSetupCode(db, { now: NOW }), issueSetupCode(db, { now: NOW })];
    await expect.poll(() => waitingForLocks(sql), { timeout: 15_000 }).toBe(2);
    await release();
    await Promise.all(both);
    expect(await db.select().from(setupCodes)).toHaveLength(1);
  });

  test("leaves nothing behind when it fails on the way, and the code can be used again", async () => {
    const { db } = await freshDatabase();
    const code = await issue(db);
    await db
      .insert(users)
      .values({ id: "01900000-0000-7000-8000-000000000003", name: "Squatter", email: "ada@nordlicht.example" });
    await expect(setUp(form(code), contextOf(db))).rejects.toThrow();
    expect(await db.select().from(organizations)).toEqual([]);
    expect(await db.select().from(setupCodes)).toHaveLength(1);
  });
});
