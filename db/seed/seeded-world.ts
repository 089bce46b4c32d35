import { createSecretKey } from "node:crypto";
import type { Db } from "@/db/client";
import * as schema from "@/db/schema";
import { NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { seedDemoWorld } from "./demo-world";

const pepper = { id: "k1", key: createSecretKey(Buffer.from("a pepper of the demo world's own test, 32+")) };
const peppers = { current: pepper, byId: new Map([[pepper.id, pepper]]) };
/** Seeds with a pepper that is nobody else's. */
export const seed = (db: Db, now = NOW) => seedDemoWorld(db, { now, peppers, tokenPrefix: "lk" });

const worlds = new Map<number, ReturnType<typeof readWorld>>();

/** The rows of the demo world as it is when first started at `now`; made once, since tests only read it. */
export function world(now = NOW) {
  const made =
    worlds.get(now.getTime()) ??
    withRollback(async (db) => {
      await seed(db, now);
      return readWorld(db);
    });
  worlds.set(now.getTime(), made);
  return made;
}

function byId<Row extends { id: string }>(rows: readonly Row[], id: string): Row {
  const row = rows.find((one) => one.id === id);
  if (!row) throw new Error(`no row ${id}`);
  return row;
}

/** Every row of the seeded tables, tokens with whom and what they refer to. */
export async function readWorld(db: Db) {
  const organizations = await db.select().from(schema.organizations);
  const roles = await db.select().from(schema.roles);
  const users = await db.select().from(schema.users);
  const members = await db.select().from(schema.members);
  const tokens = await db.select().from(schema.apiTokens);
  const here = (organizationId: string) => byId(organizations, organizationId).slug;
  return {
    organizations,
    users,
    members,
    passwords: await db.select().from(schema.passwords),
    ownPermissions: await db.select().from(schema.organizationPermissions),
    policies: await db.select().from(schema.tokenPolicies),
    groups: await db.select().from(schema.groups),
    groupMembers: await db.select().from(schema.groupMembers),
    usage: await db.select().from(schema.tokenUsage),
    callers: await db.select().from(schema.tokenCallers),
    events: await db.select().from(schema.auditEvents),
    roles: roles.map((role) => ({ ...role, slug: here(role.organizationId) })),
    tokens: tokens.map((token) => {
      const issuer = byId(members, token.issuerId);
      return {
        ...token,
        slug: here(token.organizationId),
        issuer,
        issuerUser: byId(users, issuer.userId),
        issuerRole: byId(roles, issuer.roleId),
        role: roles.find(({ id }) => id === token.roleId) ?? null,
      };
    }),
  };
}

export const acmeTokens = async (now = NOW) => (await world(now)).tokens.filter(({ slug }) => slug === "acme");
