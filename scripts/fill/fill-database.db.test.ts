import { describe, expect, it } from "vitest";
import { readWorld, seed } from "@/db/seed/seeded-world";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { NOW } from "@/test/clock";
import { freshDatabase } from "@/test/database";
import { fillDatabase } from "./fill-database";

const DEMO = new Set(["acme", "fairground", "ironvault", "harbor", "meridian"]);

function wish(tokens: number, beside: ReadonlySet<string> = DEMO) {
  const { peppers, prefix } = mintingKeys();
  return { tokens, now: NOW, peppers, tokenPrefix: prefix, beside, administrator: "admin@acme.example" };
}

describe("filling a database", () => {
  it("makes exactly so many tokens, of every state, half of them in one organization, under every constraint", async () => {
    const database = await freshDatabase();
    const told: number[] = [];
    const filled = await fillDatabase(database, { ...wish(3000), onProgress: (done) => told.push(done) });
    expect(filled).toEqual({ ok: true, before: 0, added: 3000 });
    expect(told.at(-1)).toBe(3000);
    const world = await readWorld(database.db);
    expect(world.tokens).toHaveLength(3000);
    expect(world.tokens.filter(({ slug }) => slug === "fill-1")).toHaveLength(1500);
    expect(new Set(world.tokens.map(({ state }) => state))).toEqual(new Set(["active", "expired", "deleted"]));
    expect(
      world.tokens.every(({ createdAt, lastUsedAt }) => !lastUsedAt || (lastUsedAt >= createdAt && lastUsedAt <= NOW)),
    ).toBe(true);
    expect(
      world.tokens.every(
        ({ kind, issuerUser }) => kind === "cls" || (kind === "svc") === (issuerUser.kind === "service"),
      ),
    ).toBe(true);
    expect(world.usage.length).toBeGreaterThan(100);
    expect(world.usage.every(({ calls, byHour }) => calls === byHour.reduce((sum, ofHour) => sum + ofHour, 0))).toBe(
      true,
    );
    expect(world.events.some(({ action }) => action === "token.deleted")).toBe(true);
    expect(world.passwords).toEqual([]);
  });

  it("goes on where an earlier one was, and makes nothing twice", async () => {
    const database = await freshDatabase();
    await fillDatabase(database, wish(200));
    expect(await fillDatabase(database, wish(500))).toEqual({ ok: true, before: 200, added: 300 });
    expect(await fillDatabase(database, wish(500))).toEqual({ ok: true, before: 500, added: 0 });
    const { tokens, organizations } = await readWorld(database.db);
    expect(tokens).toHaveLength(500);
    expect(organizations).toHaveLength(10);
  });

  it("leaves the demo organizations as they are, and lets their administrator in", async () => {
    const database = await freshDatabase();
    await seed(database.db);
    const before = await readWorld(database.db);
    await fillDatabase(database, wish(300));
    const after = await readWorld(database.db);
    const demo = before.organizations.map(({ id }) => id);
    const ofDemo = <Item extends { organizationId: string }>(rows: Item[]) =>
      rows.filter(({ organizationId }) => demo.includes(organizationId));
    for (const name of ["tokens", "members", "usage", "events", "policies", "roles"] as const) {
      expect(ofDemo<{ organizationId: string }>(after[name])).toEqual(ofDemo<{ organizationId: string }>(before[name]));
    }
    const admin = after.users.find(({ email }) => email === "admin@acme.example")?.id;
    const largest = after.organizations.find(({ slug }) => slug === "fill-1")?.id;
    expect(after.members.some(({ userId, organizationId }) => userId === admin && organizationId === largest)).toBe(
      true,
    );
  });

  it("refuses a database that holds an organization of somebody's own, and writes nothing", async () => {
    const database = await freshDatabase();
    await seed(database.db);
    const before = await readWorld(database.db);
    expect(await fillDatabase(database, wish(100, new Set()))).toEqual({
      ok: false,
      foreign: expect.arrayContaining(["acme", "meridian"]),
    });
    expect(await readWorld(database.db)).toEqual(before);
  });
});
