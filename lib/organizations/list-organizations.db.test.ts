import { expect, it } from "vitest";
import { accessRequests } from "@/db/schema";
import { days, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { operatorSession } from "@/test/operator";
import { contextOf, makeWorld } from "@/test/world";
import { listOrganizations } from "./list-organizations";

it("counts active members, live tokens and requests of each organization apart", () =>
  withRollback(async (db) => {
    const busy = await makeWorld(db, { preset: "single_rotating" });
    const quiet = await makeWorld(db, { tokensEnabled: false });
    await busy.addToken(busy.user);
    await busy.addToken(busy.user, { expiresAt: days(-1) });
    await busy.addToken(busy.user, { deletedAt: days(-1) });
    await busy.addMember({ status: "deactivated" });
    const { rows, total } = await listOrganizations(operatorSession(), {}, contextOf(db));
    const row = (id: string) => rows.find((each) => each.id === id);
    expect(total).toBe(rows.length);
    expect(row(busy.organizationId)).toMatchObject({
      members: 4,
      liveTokens: 1,
      preset: "single_rotating",
      requests: 0,
    });
    expect(row(quiet.organizationId)).toMatchObject({ members: 4, liveTokens: 0, tokensEnabled: false });
  }));

it("puts those first that ask for something, and finds by any part of name or short name, whatever the capitals", () =>
  withRollback(async (db) => {
    const first = await makeWorld(db);
    const asking = await makeWorld(db, { tokensEnabled: false });
    const { organizationId } = asking;
    await db.insert(accessRequests).values({ organizationId, memberId: asking.user.memberId, createdAt: NOW });
    const all = await listOrganizations(operatorSession(), {}, contextOf(db));
    expect(all.rows[0]).toMatchObject({ id: organizationId, requests: 1 });
    const slug = all.rows.find(({ id }) => id === first.organizationId)!.slug;
    const found = await listOrganizations(operatorSession(), { q: slug.toUpperCase() }, contextOf(db));
    expect(found.rows.map(({ id }) => id)).toContain(first.organizationId);
    expect(found.rows.map(({ id }) => id)).not.toContain(organizationId);
    // A pattern is looked for as it was typed.
    expect(await listOrganizations(operatorSession(), { q: "%" }, contextOf(db))).toEqual({ rows: [], total: 0 });
  }));

it("shows nothing to anybody but the operator", () =>
  withRollback(async (db) => {
    await expect(listOrganizations(operatorSession(false), {}, contextOf(db))).rejects.toThrow("only the operator");
  }));
