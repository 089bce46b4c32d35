import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, auditEvents } from "@/db/schema";
import type { Actor, MemberActor } from "@/lib/access/actor";
import type { RefusalCode } from "@/lib/refusal";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { createOptions } from "./create-options";
import { createToken } from "./create-token";
import { deleteToken } from "./delete-token";
import { listTokens } from "./list-tokens";
import { loadRules } from "./load-rules";
import { tokenQuery } from "./token-input";
import { PRESETS } from "./token-presets";

const no = (code: RefusalCode, field?: string) => ({ ok: false, refusal: field ? { code, field } : { code } });

const createFor = (actor: Actor, account: MemberActor, roleId: string | null, db: Db, name = "Export") =>
  createToken(
    actor,
    { name, description: null, role_id: roleId, expires_at: undefined, issuer_id: account.memberId },
    contextOf(db),
  );

describe("a token for a service account", () => {
  it("is the account's, and the audit log says who created it for whom", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const robot = await world.addMember({ email: null, name: "exporter", role: "viewer", owner: world.engineer });
      const made = await createFor(world.engineer, robot, world.roleIds.viewer, db);
      expect(made).toMatchObject({ ok: true, value: { token: { kind: "svc", issuedBy: { id: robot.memberId } } } });
      const id = made.ok ? made.value.token.id : "";
      const [event] = await db.select().from(auditEvents).where(eq(auditEvents.subjectId, id));
      expect(event).toMatchObject({
        action: "token.created",
        actorMemberId: world.engineer.memberId,
        details: { issued_for: { id: robot.memberId, name: "exporter" } },
      });
    });
  });

  it("is created by its owner, the administrators of its group and administrators, and by nobody else", async () => {
    await withRollback(async (db) => {
      const [world, theirs] = [await makeWorld(db), await makeWorld(db)];
      const plain = await world.addMember({ role: "engineer" });
      const groupId = await world.addGroup("A", [plain], [world.engineer]);
      const head = await world.reload(world.engineer);
      const ofGroup = await world.addMember({ email: null, role: "viewer", owner: { groupId } });
      const ofUser = await world.addMember({ email: null, role: "viewer", owner: world.user });
      const viewer = world.roleIds.viewer;
      expect(await createFor(head, ofGroup, viewer, db, "1")).toMatchObject({ ok: true });
      expect(await createFor(world.user, ofUser, viewer, db, "2")).toMatchObject({ ok: true });
      expect(await createFor(world.admin, ofUser, viewer, db, "3")).toMatchObject({ ok: true });
      const before = await db.select({ id: apiTokens.id }).from(apiTokens);
      const refusal = no("account_not_yours", "issuer_id");
      expect(await createFor(await world.reload(plain), ofGroup, viewer, db)).toEqual(refusal);
      expect(await createFor(world.user, ofGroup, viewer, db)).toEqual(refusal);
      expect(await createFor(world.admin, world.user, viewer, db)).toEqual(refusal);
      expect(await createFor(theirs.admin, ofUser, theirs.roleIds.viewer, db)).toEqual(refusal);
      const off = await world.addMember({ email: null, role: "viewer", owner: world.user, status: "deactivated" });
      expect(await createFor(world.user, off, viewer, db)).toEqual(refusal);
      expect(await db.select({ id: apiTokens.id }).from(apiTokens)).toEqual(before);
    });
  });

  it("is not created by an owner whose groups do not reach as far as the account's, while groups are on", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db, { teamsEnabled: true });
      const robot = await world.addMember({ email: null, role: "viewer", owner: world.engineer });
      await world.addGroup("Care", [world.engineer, robot]);
      const viewer = world.roleIds.viewer;
      expect(await createFor(await world.reload(world.engineer), robot, viewer, db, "1")).toMatchObject({ ok: true });
      await world.addGroup("Platform", [robot, world.user]);
      const before = await db.select({ id: apiTokens.id }).from(apiTokens);
      expect(await createFor(await world.reload(world.engineer), robot, viewer, db, "2")).toEqual(
        no("account_sees_more", "issuer_id"),
      );
      expect(await db.select({ id: apiTokens.id }).from(apiTokens)).toEqual(before);
      expect(await createFor(world.admin, robot, viewer, db, "3")).toMatchObject({ ok: true });
    });
  });

  it("never allows more than the account or its creator may do", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db);
      const low = await world.addMember({ email: null, role: "viewer", owner: world.engineer });
      const high = await world.addMember({ email: null, role: "administrator", owner: world.engineer });
      expect(await createFor(world.engineer, low, world.roleIds.user, db)).toEqual(
        no("role_exceeds_account", "role_id"),
      );
      expect(await createFor(world.engineer, low, world.roleIds.administrator, db)).toEqual(
        no("role_exceeds_yours", "role_id"),
      );
      expect(await createFor(world.engineer, high, world.roleIds.viewer, db)).toEqual(
        no("role_exceeds_yours", "issuer_id"),
      );
      expect(await db.select({ id: apiTokens.id }).from(apiTokens)).toEqual([]);
    });
  });

  it("counts against the account's limit and names, not against its creator's", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db, { policy: { maxPerIssuer: 1 } });
      const robot = await world.addMember({ email: null, role: "viewer", owner: world.user });
      await world.addToken(world.user, { name: "Export" });
      expect(await createFor(world.user, robot, world.roleIds.viewer, db)).toMatchObject({ ok: true });
      expect(await createFor(world.user, robot, world.roleIds.viewer, db, "Another")).toEqual(
        no("issuer_limit_reached"),
      );
    });
  });

  it("is refused beforehand for the reason it would be refused for: the account's limit, or the organization's", async () => {
    await withRollback(async (db) => {
      const codes = async (policy: object) => {
        const world = await makeWorld(db, { policy });
        const robot = await world.addMember({ email: null, role: "viewer", owner: world.user });
        await world.addToken(robot, { name: "First" });
        const options = await createOptions(world.user, await loadRules(db, world.organizationId), contextOf(db));
        const made = await createFor(world.user, robot, world.roleIds.viewer, db);
        return [options.accounts[0]?.refusal?.code, made.ok ? undefined : made.refusal.code];
      };
      expect(await codes({ maxPerIssuer: 1 })).toEqual(["issuer_limit_reached", "issuer_limit_reached"]);
      expect(await codes({ maxPerOrganization: 1 })).toEqual([
        "organization_limit_reached",
        "organization_limit_reached",
      ]);
      expect(await codes({ maxPerIssuer: 2, maxPerOrganization: 2 })).toEqual([undefined, undefined]);
    });
  });

  it("is refused where an administrator does not see others' tokens and does not answer for the account", async () => {
    await withRollback(async (db) => {
      const world = await makeWorld(db, { preset: "personal_mirror" });
      const robot = await world.addMember({ email: null, role: "viewer", owner: world.user });
      expect(await createFor(world.admin, robot, null, db)).toEqual(no("account_not_yours", "issuer_id"));
      expect(await createFor(world.user, robot, null, db)).toMatchObject({ ok: true });
    });
  });

  it.each(PRESETS)("is seen and deleted by who answers for the account, under %s", async (preset) => {
    await withRollback(async (db) => {
      const world = await makeWorld(db, { preset });
      const robot = await world.addMember({ email: null, role: "viewer", owner: world.admin });
      const stranger = await world.addMember({ role: "user" });
      const token = await world.addToken(robot);
      const seen = async (actor: MemberActor) => {
        const page = await listTokens(actor, tokenQuery.parse({}), contextOf(db));
        return page.rows.map(({ id }) => id);
      };
      expect(await seen(world.admin)).toEqual([token.id]);
      expect(await seen(stranger)).toEqual([]);
      expect(await deleteToken(stranger, { id: token.id }, contextOf(db))).toEqual(no("not_found"));
      expect(await deleteToken(world.admin, { id: token.id }, contextOf(db))).toMatchObject({ ok: true });
    });
  });
});
