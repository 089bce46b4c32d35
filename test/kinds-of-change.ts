import { eq } from "drizzle-orm";
import type { Sql } from "postgres";
import type { Db } from "@/db/client";
import { apiTokens, groups, members, organizations, roles, tokenPolicies, users } from "@/db/schema";
import type { MadeToken, World } from "./world";

interface Stage {
  db: Db;
  sql: Sql;
  world: World;
}

/** Something that may take rights away from a token of the engineer, who is in a group. */
export interface KindOfChange {
  kind: string;
  /** Who can tell: whoever asks the gate or the API, the API alone, or nobody but the verbs, from the actor that they get. */
  seen: "everywhere" | "by the API" | "inside";
  /** Done past every door, so that each instance has to hear of it. */
  change(stage: Stage, token: MadeToken): Promise<unknown>;
}

const token =
  (values: Partial<typeof apiTokens.$inferInsert>): KindOfChange["change"] =>
  ({ db }, { id }) =>
    db.update(apiTokens).set(values).where(eq(apiTokens.id, id));
const policy =
  (values: Partial<typeof tokenPolicies.$inferInsert>): KindOfChange["change"] =>
  ({ db, world: { organizationId } }) =>
    db.update(tokenPolicies).set(values).where(eq(tokenPolicies.organizationId, organizationId));
const organization =
  (values: Partial<typeof organizations.$inferInsert>): KindOfChange["change"] =>
  ({ db, world: { organizationId } }) =>
    db.update(organizations).set(values).where(eq(organizations.id, organizationId));

export const KINDS_OF_CHANGE: readonly KindOfChange[] = [
  {
    kind: "the deletion of the token",
    seen: "everywhere",
    change: token({ state: "deleted", deletedAt: new Date(0) }),
  },
  {
    kind: "the end of its row",
    seen: "everywhere",
    change: ({ db }, { id }) => db.delete(apiTokens).where(eq(apiTokens.id, id)),
  },
  { kind: "another secret", seen: "everywhere", change: token({ secretHash: Buffer.alloc(32) }) },
  { kind: "another pepper", seen: "everywhere", change: token({ pepperId: "gone" }) },
  { kind: "another expiry", seen: "everywhere", change: token({ expiresAt: new Date(0) }) },
  { kind: "another name of the token", seen: "by the API", change: token({ name: "Renamed" }) },
  {
    kind: "another role of the token",
    seen: "everywhere",
    change: (stage, made) => token({ roleId: stage.world.roleIds.viewer })(stage, made),
  },
  {
    kind: "networks of the token",
    seen: "everywhere",
    change: token({ allowedNetworks: ["192.0.2.0/24"] }),
  },
  { kind: "networks of the policy", seen: "everywhere", change: policy({ allowedNetworks: ["192.0.2.0/24"] }) },
  { kind: "a limit for each token", seen: "everywhere", change: policy({ callsPerToken: 1 }) },
  { kind: "a limit for the organization", seen: "everywhere", change: policy({ callsPerOrganization: 1 }) },
  {
    kind: "other permissions of the role",
    seen: "everywhere",
    change: ({ db, world }) => db.update(roles).set({ permissions: [] }).where(eq(roles.id, world.engineer.roleId)),
  },
  {
    kind: "another role of the issuer",
    seen: "everywhere",
    change: ({ world }) => world.setRole(world.engineer, world.roleIds.viewer),
  },
  {
    kind: "deactivation of the issuer",
    seen: "everywhere",
    change: ({ world }) => world.deactivate(world.engineer),
  },
  {
    kind: "another name of the issuer",
    seen: "by the API",
    change: ({ db, world }) =>
      db.update(users).set({ name: "Somebody else" }).where(eq(users.id, world.engineer.userId)),
  },
  {
    kind: "removal from a group",
    seen: "everywhere",
    change: ({ sql, world }) => sql`delete from group_members where member_id = ${world.engineer.memberId}`,
  },
  {
    kind: "another name of the group",
    seen: "by the API",
    change: ({ db, world }) =>
      db.update(groups).set({ name: "Renamed" }).where(eq(groups.organizationId, world.organizationId)),
  },
  {
    kind: "the end of a group",
    seen: "everywhere",
    change: ({ db, world }) => db.delete(groups).where(eq(groups.organizationId, world.organizationId)),
  },
  { kind: "groups that begin to bound", seen: "inside", change: organization({ teamsEnabled: true }) },
  { kind: "tokens switched off", seen: "everywhere", change: organization({ tokensEnabled: false }) },
  { kind: "another plan", seen: "everywhere", change: organization({ plan: "starter", tokensEnabled: false }) },
  { kind: "another name of the organization", seen: "by the API", change: organization({ name: "Renamed" }) },
];

/** Undoes all of them but what was done to a token, and puts the engineer into a group. */
export async function undoChanges(stage: Stage): Promise<void> {
  const { db, world } = stage;
  const { engineer, roleIds, organizationId } = world;
  const issuer = { status: "active", deactivatedAt: null, roleId: roleIds.engineer } as const;
  await db.update(members).set(issuer).where(eq(members.id, engineer.memberId));
  await db
    .update(roles)
    .set({ permissions: [...engineer.permissions] })
    .where(eq(roles.id, roleIds.engineer));
  await db.update(users).set({ name: engineer.name }).where(eq(users.id, engineer.userId));
  await db.delete(groups).where(eq(groups.organizationId, organizationId));
  await world.addGroup("Platform", [engineer]);
  await policy({ allowedNetworks: [], callsPerToken: null, callsPerOrganization: null })(stage, { id: "", secret: "" });
  const whole = { name: "World", plan: "enterprise", tokensEnabled: true, teamsEnabled: false } as const;
  await organization(whole)(stage, { id: "", secret: "" });
}
