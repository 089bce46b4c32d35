import { sql } from "drizzle-orm";
import { apiTokens, invitations, members, roles } from "@/db/schema";
import type { Actor, MemberActor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { isSubset } from "@/lib/access/permission";
import type { Context } from "@/lib/context";
import { visibleInvitation } from "@/lib/members/open-invitations";
import { visibleMember } from "@/lib/members/visible-members";
import { listPermissions, type OwnPermission } from "@/lib/permissions/list-permissions";
import { done, type Outcome, type Refusal } from "@/lib/refusal";
import { loadRules } from "@/lib/tokens/load-rules";
import { visibleCondition } from "@/lib/tokens/read-tokens";
import { statusCondition } from "@/lib/tokens/status-condition";
import { type TokenPolicy, visibleTokens } from "@/lib/tokens/token-policy";
import type { RoleRow } from "./list-roles";
import { type CataloguePart, catalogueOf, inOrder, rolesWithin } from "./role-comparison";
import { decideOnRole } from "./role-facts";

export interface ComparedRole extends RoleRow {
  /** How many members have it, of those that the reader sees; null where members are not the reader's to read. */
  members: number | null;
  /** How many live tokens have it, of those that the reader sees. */
  tokens: number;
  /** How many open invitations are to it, of those that the reader sees. */
  invitations: number;
  isYours: boolean;
  /** Whether it allows nothing that the reader may not do: equal to or lower than the reader's own. */
  withinYours: boolean;
  /** The names of the other roles that it contains. */
  contains: string[];
  /** Why the reader may not change it; null where it may. */
  locked: Refusal["code"] | null;
}

export interface RolesView {
  roles: ComparedRole[];
  /** Which of the roles' counts leave out what the reader does not see. */
  partial: { members: boolean; tokens: boolean };
  catalogue: CataloguePart[];
  own: (OwnPermission & {
    /** The roles that keep it from being deleted. */
    heldBy: string[];
  })[];
  /** What the reader may do, and so may grant. */
  yours: string[];
  mayWrite: boolean;
  mayManagePermissions: boolean;
}

/** All roles of the organization side by side, and what they are made of. */
export async function viewRoles(actor: MemberActor, ctx: Context): Promise<Outcome<RolesView>> {
  const refusal = decidePermission(actor, "roles:read");
  if (refusal) return { ok: false, refusal };
  const { policy } = await loadRules(ctx.db, actor.organizationId);
  const [found, own] = await Promise.all([readRoles(actor, policy, ctx), listPermissions(actor, ctx)]);
  const mayWrite = actor.permissions.has("roles:write");
  const ordered = inOrder(found);
  return done({
    roles: ordered.map((role) => ({
      ...role,
      isYours: role.id === actor.roleId,
      withinYours: isSubset(role.permissions, actor.permissions),
      contains: rolesWithin(role, ordered).map(({ name }) => name),
      locked: mayWrite ? (decideOnRole(actor, role)?.code ?? null) : "not_permitted",
    })),
    partial: { members: actor.bounded, tokens: actor.bounded || visibleTokens(actor, policy) === "own" },
    catalogue: catalogueOf(own),
    own: own.map((permission) => ({
      ...permission,
      heldBy: ordered
        .filter(
          ({ permissions }) => permissions.includes(permission.name) && !permissions.includes("organization:manage"),
        )
        .map(({ name }) => name),
    })),
    yours: [...actor.permissions],
    mayWrite,
    mayManagePermissions: actor.permissions.has("organization:manage"),
  });
}

interface Counted extends Record<string, unknown> {
  id: string;
  name: string;
  builtIn: RoleRow["builtIn"];
  permissions: string[];
  createdAt: string;
  members: number;
  tokens: number;
  invitations: number;
}

async function readRoles(actor: Actor, policy: TokenPolicy, ctx: Context) {
  const rows = await ctx.db.execute<Counted>(sql`
    select ${roles.id}, ${roles.name}, ${roles.builtIn} as "builtIn", ${roles.permissions}, ${roles.createdAt} as "createdAt",
      (select count(*)::int from ${members}
        where ${members.organizationId} = ${roles.organizationId} and ${members.roleId} = ${roles.id}
          and ${visibleMember(actor, sql`${members.id}`)}) as members,
      (select count(*)::int from ${apiTokens}
        where ${visibleCondition(actor, policy)} and ${apiTokens.roleId} = ${roles.id}
          and ${statusCondition("active", ctx.now)}) as tokens,
      (select count(*)::int from ${invitations}
        where ${invitations.organizationId} = ${roles.organizationId} and ${invitations.roleId} = ${roles.id}
          and ${invitations.acceptedAt} is null and ${invitations.withdrawnAt} is null
          and ${visibleInvitation(actor)}) as invitations
    from ${roles} where ${roles.organizationId} = ${actor.organizationId}`);
  const seesMembers = actor.permissions.has("members:read");
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    members: seesMembers ? row.members : null,
    invitations: seesMembers ? row.invitations : 0,
  }));
}
