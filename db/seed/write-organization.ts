import { and, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Tx } from "@/db/client";
import {
  auditEvents,
  groupMembers,
  groups,
  invitations,
  members,
  organizationPermissions,
  passwords,
  roles,
  users,
} from "@/db/schema";
import { BUILT_IN_ROLES, type BuiltInRole } from "@/lib/access/permission";
import type { DemoOrganization } from "@/lib/auth/demo-accounts";
import { INVITATION_LIFE } from "@/lib/members/invitation-code";
import { newLink } from "@/lib/members/invite-member";
import { createOrganization } from "@/lib/organizations/create-organization";
import { organizationSlug } from "@/lib/organizations/organization-slug";
import type { DemoColleague, DemoOrganizationPlan } from "./demo-organization";
import { DAY, daysAgo } from "./demo-times";

const newId = (at: Date) => uuidv7({ msecs: at.getTime() });

/** The people and roles that tokens refer to: members by handle, roles by name. */
export interface WrittenOrganization {
  organizationId: string;
  members: ReadonlyMap<string, { id: string; kind: "person" | "service"; ip: string }>;
  roles: ReadonlyMap<string, string>;
}

/** Writes an organization with its roles, members and groups. `hashes` are the password hashes of the accounts, by address. */
export async function writeOrganization(
  tx: Tx,
  plan: DemoOrganizationPlan,
  demo: DemoOrganization,
  { now, hashes }: { now: Date; hashes: ReadonlyMap<string, string> },
): Promise<WrittenOrganization> {
  const founded = daysAgo(plan.founded, now);
  const { organizationId, roles: builtIn } = await createOrganization(
    tx,
    {
      name: demo.name,
      slug: organizationSlug(demo.name),
      preset: plan.preset,
      plan: plan.plan,
      tokensEnabled: true,
      teamsEnabled: plan.teamsEnabled ?? false,
      groupNoun: plan.groupNoun,
    },
    { now: founded, origin: { requestId: null, ip: null } },
  );
  // Events stand in the order of their ids, and this one was long ago.
  await tx
    .update(auditEvents)
    .set({ id: newId(founded) })
    .where(eq(auditEvents.organizationId, organizationId));
  const roleIds = await writeRoles(tx, plan, organizationId, builtIn, now);

  const people = peopleOf(plan, demo).map((person, at) => {
    // One after the other in the first weeks, so that everybody is there before the first token.
    const joined = new Date(founded.getTime() + (at + 1) * DAY);
    return { ...person, joined, userId: newId(joined), memberId: newId(joined), ip: `198.51.100.${20 + at}` };
  });
  const known = people.filter(({ account }) => account !== undefined);
  for (const person of known) person.userId = await userOf(tx, person.account);
  const newcomers = people.filter((person) => !known.includes(person));
  await tx
    .insert(users)
    .values(
      newcomers.map(({ userId, kind, name, email, joined }) => ({ id: userId, kind, name, email, createdAt: joined })),
    );
  await tx.insert(passwords).values(
    newcomers.flatMap(({ userId, email, joined }) => {
      const hash = email ? hashes.get(email) : undefined;
      return hash ? [{ userId, hash, updatedAt: joined }] : [];
    }),
  );
  await tx.insert(members).values(
    people.map(({ memberId, userId, role, portal, joined, deactivated }) => ({
      organizationId,
      id: memberId,
      userId,
      roleId: named(roleIds, role, "role"),
      portal,
      status: deactivated === undefined ? ("active" as const) : ("deactivated" as const),
      createdAt: joined,
      deactivatedAt: deactivated === undefined ? null : daysAgo(deactivated, now),
    })),
  );

  const written = {
    organizationId,
    roles: roleIds,
    members: new Map(people.map(({ handle, memberId, kind, ip }) => [handle, { id: memberId, kind, ip }])),
  };
  const groupIds = await writeGroups(tx, plan, written, founded);
  await writeOwners(tx, plan, written, groupIds);
  await writeInvitations(tx, plan, written, groupIds, now);
  return written;
}

/** The user behind an address that an organization before this one has written. */
async function userOf(tx: Tx, email = ""): Promise<string> {
  const found = await tx.select({ id: users.id }).from(users).where(eq(users.email, email));
  return named(new Map(found.map(({ id }) => [email, id])), email, "account");
}

interface Person extends Pick<DemoColleague, "handle" | "name" | "role" | "deactivated" | "account"> {
  email: string | null;
  kind: "person" | "service";
  portal: "console" | "hub";
}

/** The demo accounts first, then the colleagues who cannot sign in. */
function peopleOf(plan: DemoOrganizationPlan, demo: DemoOrganization): Person[] {
  return [
    ...demo.accounts.map(({ email, name, role, portal }): Person => {
      const handle = email.slice(0, email.indexOf("@"));
      return { handle, name, email, role: role ? BUILT_IN_ROLES[role].name : "", kind: "person", portal };
    }),
    ...plan.colleagues.map((colleague): Person => {
      const email = colleague.kind === "service" ? null : `${colleague.handle}@${plan.domain}`;
      return { ...colleague, email, kind: colleague.kind ?? "person", portal: colleague.portal ?? "console" };
    }),
  ];
}

/** What `names` holds under `name`; a name that the data misspells ends the seed. */
export function named<T>(names: ReadonlyMap<string, T>, name: string, what: string): T {
  const found = names.get(name);
  if (found === undefined) throw new Error(`the demo world has no ${what} "${name}" there`);
  return found;
}

async function writeRoles(
  tx: Tx,
  plan: DemoOrganizationPlan,
  organizationId: string,
  builtIn: Record<BuiltInRole, string>,
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const { userLacks } = plan;
  if (userLacks) {
    const permissions = BUILT_IN_ROLES.user.permissions.filter((permission) => !userLacks.includes(permission));
    await tx
      .update(roles)
      .set({ permissions })
      .where(and(eq(roles.organizationId, organizationId), eq(roles.id, builtIn.user)));
  }
  const createdAt = daysAgo(plan.founded - 14, now);
  const own = Object.entries(plan.ownPermissions ?? {});
  if (own.length > 0) {
    await tx
      .insert(organizationPermissions)
      .values(own.map(([name, description]) => ({ organizationId, name, description, createdAt })));
    // As when one is added: who administers the organization holds it.
    const names = own.map(([name]) => name);
    await tx
      .update(roles)
      .set({
        permissions: sql`${roles.permissions} || array[${sql.join(
          names.map((name) => sql`${name}`),
          sql`, `,
        )}]::text[]`,
      })
      .where(and(eq(roles.organizationId, organizationId), eq(roles.id, builtIn.administrator)));
  }
  const custom = Object.entries(plan.customRoles).map(([name, permissions]) => ({
    organizationId,
    id: newId(createdAt),
    name,
    permissions: [...permissions],
    createdAt,
  }));
  if (custom.length > 0) await tx.insert(roles).values(custom);
  return new Map([
    ...Object.entries(builtIn).map(([role, id]) => [BUILT_IN_ROLES[role as BuiltInRole].name, id] as const),
    ...custom.map(({ name, id }) => [name, id] as const),
  ]);
}

/** Returns the ids of the groups by name. */
async function writeGroups(
  tx: Tx,
  plan: DemoOrganizationPlan,
  written: WrittenOrganization,
  founded: Date,
): Promise<ReadonlyMap<string, string>> {
  if (plan.groups.length === 0) return new Map();
  const { organizationId } = written;
  const createdAt = new Date(founded.getTime() + 16 * DAY);
  const rows = plan.groups.map((group) => ({ group, id: newId(createdAt) }));
  await tx.insert(groups).values(rows.map(({ group, id }) => ({ organizationId, id, name: group.name, createdAt })));
  await tx.insert(groupMembers).values(
    rows.flatMap(({ group, id }) =>
      group.members.map((handle) => ({
        organizationId,
        groupId: id,
        memberId: named(written.members, handle, "member").id,
        isAdministrator: group.administrators?.includes(handle) ?? false,
      })),
    ),
  );
  return new Map(rows.map(({ group, id }) => [group.name, id]));
}

type GroupIds = ReadonlyMap<string, string>;

async function writeOwners(tx: Tx, plan: DemoOrganizationPlan, written: WrittenOrganization, groupIds: GroupIds) {
  const { organizationId } = written;
  for (const { handle, owner } of plan.colleagues) {
    if (owner === undefined) continue;
    const group = groupIds.get(owner);
    const answers = group ? { ownerGroupId: group } : { ownerMemberId: named(written.members, owner, "member").id };
    await tx
      .update(members)
      .set(answers)
      .where(
        and(eq(members.organizationId, organizationId), eq(members.id, named(written.members, handle, "member").id)),
      );
  }
}

async function writeInvitations(
  tx: Tx,
  plan: DemoOrganizationPlan,
  written: WrittenOrganization,
  groupIds: GroupIds,
  now: Date,
) {
  for (const { email, role, by, groups: into, portal, sent } of plan.invitations ?? []) {
    const createdAt = daysAgo(sent, now);
    await tx.insert(invitations).values({
      organizationId: written.organizationId,
      id: newId(createdAt),
      email,
      roleId: named(written.roles, role, "role"),
      portal: portal ?? "console",
      groupIds: into.map((name) => named(groupIds, name, "group")),
      // The secret is thrown away: the link was sent long ago.
      codeHash: newLink(createdAt).codeHash,
      invitedBy: named(written.members, by, "member").id,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + INVITATION_LIFE),
    });
  }
}
