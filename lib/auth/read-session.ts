import { and, eq, gt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { members, organizations, roles, sessions, tokenPolicies, users } from "@/db/schema";
import { isBounded, type MemberActor, proveMember } from "@/lib/access/actor";
import type { GroupNoun } from "@/lib/organizations/group-words";
import type { Preset } from "@/lib/tokens/token-presets";
import { SEEN_EVERY, SESSION_IDLE } from "./session-life";
import { hashSessionToken } from "./session-token";

/** The organization as far as every page needs it: its name, and the words that it uses. */
export interface SessionOrganization {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly preset: Preset;
  readonly groupNoun: GroupNoun;
  readonly groupsEnabled: boolean;
}

/** Who is signed in, as the database says at this request. Holds no hash and no token. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly isOperator: boolean;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  /** The organization that the session looks at; null where the user is in none. */
  readonly organization: SessionOrganization | null;
  readonly role: { readonly id: string; readonly name: string } | null;
  /** The proof of an active membership; null for a deactivated one and for none. */
  readonly actor: MemberActor | null;
}

/**
 * The live session of a token, with the member, the role and the groups of this very moment: one statement. Null where
 * the session was ended, is past its 30 days, or was idle for 7.
 */
export async function readSession(db: Db, token: string | undefined, now: Date): Promise<Session | null> {
  const tokenHash = hashSessionToken(token);
  if (!tokenHash) return null;
  const [row] = await db
    .select({
      session: { id: sessions.id, lastSeenAt: sessions.lastSeenAt, expiresAt: sessions.expiresAt },
      user: { id: users.id, name: users.name, email: users.email, isOperator: users.isOperator },
      member: { id: members.id, status: members.status, portal: members.portal },
      role: { id: roles.id, name: roles.name, permissions: roles.permissions },
      organization: {
        id: organizations.id,
        name: organizations.name,
        slug: organizations.slug,
        groupNoun: organizations.groupNoun,
        groupsEnabled: organizations.teamsEnabled,
      },
      preset: tokenPolicies.preset,
      groups: sql<{ id: string; name: string; isAdministrator: boolean }[]>`(
        select coalesce(json_agg(json_build_object(
          'id', g.id, 'name', g.name, 'isAdministrator', gm.is_administrator) order by g.name, g.id), '[]')
        from group_members gm
        join groups g on g.organization_id = gm.organization_id and g.id = gm.group_id
        where gm.organization_id = ${members.organizationId} and gm.member_id = ${members.id})`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(members, and(eq(members.organizationId, sessions.organizationId), eq(members.userId, sessions.userId)))
    .leftJoin(roles, and(eq(roles.organizationId, members.organizationId), eq(roles.id, members.roleId)))
    .leftJoin(organizations, eq(organizations.id, members.organizationId))
    .leftJoin(tokenPolicies, eq(tokenPolicies.organizationId, members.organizationId))
    .where(
      and(
        eq(sessions.tokenHash, tokenHash),
        gt(sessions.expiresAt, now),
        gt(sessions.lastSeenAt, new Date(now.getTime() - SESSION_IDLE)),
        eq(users.kind, "person"),
      ),
    );
  if (!row) return null;
  const { session, user, member, role, organization, preset, groups } = row;
  const email = user.email ?? "";
  return {
    ...session,
    userId: user.id,
    name: user.name,
    email,
    isOperator: user.isOperator,
    organization: organization && preset ? { ...organization, preset } : null,
    role: role && { id: role.id, name: role.name },
    actor:
      member?.status === "active" && role && organization
        ? proveMember({
            organizationId: organization.id,
            memberId: member.id,
            userId: user.id,
            name: user.name,
            email,
            roleId: role.id,
            portal: member.portal,
            permissions: new Set(role.permissions),
            groups,
            bounded: isBounded(organization.groupsEnabled, role.permissions),
          })
        : null,
  };
}

/** Notes that a session is in use, at most once in 5 minutes; it never prolongs the 30 days. */
export async function touchSession(db: Db, session: Session, now: Date, ip: string | null): Promise<void> {
  if (now.getTime() - session.lastSeenAt.getTime() < SEEN_EVERY) return;
  await db
    .update(sessions)
    .set({ lastSeenAt: now, ...(ip ? { ip } : {}) })
    .where(eq(sessions.id, session.id));
}
