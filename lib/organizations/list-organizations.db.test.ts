import { expect, it } from "vitest";
import type { Session } from "@/lib/auth/read-session";
import { days } from "@/test/clock";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { listOrganizations } from "./list-organizations";

const session = (isOperator: boolean): Session => ({
  id: "0197a000-0000-7000-8000-000000000001",
  userId: "0197a000-0000-7000-8000-000000000002",
  name: "Odile Ferrand",
  email: "operator@latchkey.example",
  isOperator,
  lastSeenAt: days(0),
  expiresAt: days(30),
  organization: null,
  role: null,
  actor: null,
});

it("counts active members and live tokens of each organization apart", () =>
  withRollback(async (db) => {
    const busy = await makeWorld(db, { preset: "single_rotating" });
    const quiet = await makeWorld(db, { tokensEnabled: false });
    await busy.addToken(busy.user);
    await busy.addToken(busy.user, { expiresAt: days(-1) });
    await busy.addToken(busy.user, { deletedAt: days(-1) });
    await busy.addMember({ status: "deactivated" });
    const rows = await listOrganizations(session(true), contextOf(db));
    const row = (id: string) => rows.find((each) => each.id === id);
    expect(row(busy.organizationId)).toMatchObject({ members: 4, liveTokens: 1, preset: "single_rotating" });
    expect(row(quiet.organizationId)).toMatchObject({ members: 4, liveTokens: 0, tokensEnabled: false });
  }));

it("shows nothing to anybody but the operator", () =>
  withRollback(async (db) => {
    await expect(listOrganizations(session(false), contextOf(db))).rejects.toThrow("only the operator");
  }));
