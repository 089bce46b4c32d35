import { and, eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Db } from "@/db/client";
import {
  apiTokens,
  groupMembers,
  groups,
  invitations,
  members,
  organizations,
  roles,
  tokenPolicies,
  users,
} from "@/db/schema";
import { isBounded, type MemberActor, proveMember, proveToken, type TokenActor } from "@/lib/access/actor";
import { type BuiltInRole, type Permission, tokenPermissions } from "@/lib/access/permission";
import type { Context } from "@/lib/context";
import { createOrganization } from "@/lib/organizations/create-organization";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import type { TokenPolicy } from "@/lib/tokens/token-policy";
import type { Preset } from "@/lib/tokens/token-presets";
import { hashToken, mintToken, type TokenKind } from "@/lib/tokens/token-secret";
import { days, NOW } from "./clock";

/** What a verb is given besides its actor and input: this database, NOW, a request of its own. */
export const contextOf = (db: Db, now: Date = NOW): Context => ({
  db,
  now,
  origin: { requestId: "req-under-test", ip: "192.0.2.7" },
});

export interface WorldOptions {
  preset?: Preset;
  /** Fields that differ from the preset. */
  policy?: Partial<TokenPolicy>;
  tokensEnabled?: boolean;
  teamsEnabled?: boolean;
  /** What its names end with, where several processes make worlds in one database. */
  number?: number;
}

export interface NewMember {
  role?: BuiltInRole | { roleId: string };
  name?: string;
  /** Null makes a service account, which cannot sign in. */
  email?: string | null;
  portal?: "console" | "hub";
  status?: "active" | "deactivated";
  /** Who answers for a service account. */
  owner?: MemberActor | { groupId: string };
}

export interface NewToken {
  name?: string;
  description?: string | null;
  kind?: TokenKind;
  /** The default is that of new tokens. */
  prefix?: string;
  /** Null mirrors the issuer. The default is the issuer's own role. */
  roleId?: string | null;
  createdAt?: Date;
  expiresAt?: Date | null;
  /** Makes it a deleted one. */
  deletedAt?: Date;
  lastUsedAt?: Date | null;
  allowedNetworks?: string[];
}

export interface MadeToken {
  id: string;
  /** The whole credential, as its owner holds it. */
  secret: string;
}

let made = 0;

/** One organization with an active member of each built-in role, and builders for the rest. Ids and names are unique. */
export async function makeWorld(db: Db, options: WorldOptions = {}) {
  const number = options.number ?? ++made;
  const founded = days(-365);
  const { organizationId, roles: roleIds } = await db.transaction((tx) =>
    createOrganization(
      tx,
      {
        name: `World ${number}`,
        slug: `world-${number}`,
        preset: options.preset ?? "role_scoped",
        plan: "enterprise",
        tokensEnabled: options.tokensEnabled ?? true,
        teamsEnabled: options.teamsEnabled ?? false,
        groupNoun: "group",
      },
      { ...contextOf(db), now: founded },
    ),
  );
  if (options.policy) {
    await db.update(tokenPolicies).set(options.policy).where(eq(tokenPolicies.organizationId, organizationId));
  }

  const addMember = async (wish: NewMember = {}): Promise<MemberActor> => {
    const role = wish.role ?? "user";
    const roleId = typeof role === "string" ? roleIds[role] : role.roleId;
    const userId = uuidv7();
    const id = uuidv7();
    const handle = `${typeof role === "string" ? role : "member"}-${id.slice(-6)}`;
    const email = wish.email === undefined ? `${handle}@world-${number}.example` : wish.email;
    const status = wish.status ?? "active";
    await db.insert(users).values({
      id: userId,
      kind: email === null ? "service" : "person",
      name: wish.name ?? handle,
      email,
      createdAt: founded,
    });
    await db.insert(members).values({
      organizationId,
      id,
      userId,
      roleId,
      portal: wish.portal ?? "console",
      status,
      ownerMemberId: wish.owner && "memberId" in wish.owner ? wish.owner.memberId : null,
      ownerGroupId: wish.owner && "groupId" in wish.owner ? wish.owner.groupId : null,
      createdAt: founded,
      deactivatedAt: status === "deactivated" ? days(-1) : null,
    });
    return loadMember(db, organizationId, id);
  };

  const admin = await addMember({ role: "administrator" });
  return {
    organizationId,
    roleIds,
    admin,
    engineer: await addMember({ role: "engineer" }),
    user: await addMember({ role: "user" }),
    viewer: await addMember({ role: "viewer" }),

    addMember,

    /** A role of the organization's own; returns its id. */
    async addRole(name: string, permissions: readonly Permission[]): Promise<string> {
      const id = uuidv7();
      await db.insert(roles).values({ organizationId, id, name, permissions: [...permissions], createdAt: founded });
      return id;
    },

    /** A group of these members; returns its id. Actors made before do not know of it: see `reload`. */
    async addGroup(name: string, who: readonly MemberActor[], administrators: readonly MemberActor[] = []) {
      const id = uuidv7();
      await db.insert(groups).values({ organizationId, id, name, createdAt: founded });
      const all = [...new Set([...who, ...administrators])];
      if (all.length > 0) {
        await db.insert(groupMembers).values(
          all.map((member) => ({
            organizationId,
            groupId: id,
            memberId: member.memberId,
            isAdministrator: administrators.includes(member),
          })),
        );
      }
      return id;
    },

    async leaveGroup(groupId: string, member: MemberActor): Promise<void> {
      await db
        .delete(groupMembers)
        .where(
          and(
            eq(groupMembers.organizationId, organizationId),
            eq(groupMembers.groupId, groupId),
            eq(groupMembers.memberId, member.memberId),
          ),
        );
    },

    /** An invitation to this role, open unless said otherwise; nobody holds its link. */
    async addInvitation(roleId: string, closed: { withdrawnAt?: Date; acceptedAt?: Date } = {}): Promise<void> {
      const id = uuidv7();
      await db.insert(invitations).values({
        organizationId,
        id,
        email: `invited-${id}@world-${number}.example`,
        roleId,
        portal: "console",
        groupIds: [],
        codeHash: Buffer.from(id),
        invitedBy: admin.memberId,
        createdAt: days(-3),
        expiresAt: days(4),
        ...closed,
      });
    },

    /** A token row, written directly: no rule of the policy and no audit event stand in the way of a past. */
    async addToken(issuer: MemberActor, wish: NewToken = {}): Promise<MadeToken> {
      const { prefix: current, peppers } = mintingKeys();
      const prefix = wish.prefix ?? current;
      const kind = wish.kind ?? "pat";
      const { id, lastFour, plain } = mintToken(prefix, kind);
      await db.insert(apiTokens).values({
        organizationId,
        id,
        kind,
        prefix,
        name: wish.name ?? `Token ${id}`,
        description: wish.description ?? null,
        issuerId: issuer.memberId,
        roleId: wish.roleId === undefined ? issuer.roleId : wish.roleId,
        secretHash: hashToken(plain, peppers.current),
        pepperId: peppers.current.id,
        lastFour,
        state: wish.deletedAt ? "deleted" : "active",
        createdAt: wish.createdAt ?? days(-30),
        expiresAt: wish.expiresAt ?? null,
        deletedAt: wish.deletedAt ?? null,
        deletedBy: wish.deletedAt ? issuer.memberId : null,
        lastUsedAt: wish.lastUsedAt ?? null,
        allowedNetworks: wish.allowedNetworks ?? [],
      });
      return { id, secret: plain.reveal() };
    },

    /** The same member as the next request would find them: role, permissions and groups of now. */
    reload: (member: MemberActor) => loadMember(db, organizationId, member.memberId),

    async setRole(member: MemberActor, roleId: string): Promise<void> {
      await db.update(members).set({ roleId }).where(memberRow(member));
    },

    async deactivate(member: MemberActor): Promise<void> {
      await db.update(members).set({ status: "deactivated", deactivatedAt: NOW }).where(memberRow(member));
    },

    async setTokensEnabled(tokensEnabled: boolean): Promise<void> {
      await db.update(organizations).set({ tokensEnabled }).where(eq(organizations.id, organizationId));
    },
  };
}

export type World = Awaited<ReturnType<typeof makeWorld>>;

/** The actor of a request that carries this token: its role, cut down to what its issuer may do. */
export async function actingToken(db: Db, issuer: MemberActor, token: MadeToken): Promise<TokenActor> {
  const [row] = await db
    .select({ permissions: roles.permissions })
    .from(apiTokens)
    .leftJoin(roles, and(eq(roles.organizationId, apiTokens.organizationId), eq(roles.id, apiTokens.roleId)))
    .where(eq(apiTokens.id, token.id));
  return proveToken({
    organizationId: issuer.organizationId,
    memberId: issuer.memberId,
    permissions: tokenPermissions(row?.permissions ?? null, [...issuer.permissions]),
    groups: issuer.groups,
    bounded: issuer.bounded,
    tokenId: token.id,
  });
}

const memberRow = ({ organizationId, memberId }: MemberActor) =>
  and(eq(members.organizationId, organizationId), eq(members.id, memberId));

/** The actor that a request of this member would have now. */
export async function loadMember(db: Db, organizationId: string, id: string): Promise<MemberActor> {
  const [row] = await db
    .select({ member: members, user: users, permissions: roles.permissions, groupsEnabled: organizations.teamsEnabled })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(roles, and(eq(roles.organizationId, members.organizationId), eq(roles.id, members.roleId)))
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .where(and(eq(members.organizationId, organizationId), eq(members.id, id)));
  if (!row) throw new Error("no such member");
  const inGroups = await db
    .select({ id: groups.id, name: groups.name, isAdministrator: groupMembers.isAdministrator })
    .from(groupMembers)
    .innerJoin(groups, and(eq(groups.organizationId, groupMembers.organizationId), eq(groups.id, groupMembers.groupId)))
    .where(and(eq(groupMembers.organizationId, organizationId), eq(groupMembers.memberId, id)))
    .orderBy(groups.name);
  return proveMember({
    organizationId,
    memberId: id,
    permissions: new Set(row.permissions),
    groups: inGroups,
    bounded: isBounded(row.groupsEnabled, row.permissions),
    userId: row.user.id,
    name: row.user.name,
    email: row.user.email ?? "",
    roleId: row.member.roleId,
    portal: row.member.portal,
  });
}
