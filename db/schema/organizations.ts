import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";
import { users } from "./users";

/** The tenant. Every other tenant table leads its key with this id, which is also the shard key. */
export const organizations = pgTable(
  "organizations",
  {
    id: uuid("id").primaryKey(),
    name: text("name").notNull(),
    slug: text("slug").notNull().unique(),
    plan: text("plan", { enum: ["starter", "pro", "premium", "enterprise"] }).notNull(),
    /** Switched by the operator. Off stops every token of the organization at its next call. */
    tokensEnabled: boolean("tokens_enabled").notNull().default(true),
    tokensDisabledReason: text("tokens_disabled_reason"),
    /** Whether the organization divides its members into groups ("teams"). */
    teamsEnabled: boolean("teams_enabled").notNull().default(false),
    groupNoun: text("group_noun", { enum: ["group", "team", "business_unit", "visibility_group"] })
      .notNull()
      .default("group"),
    /** Origins whose scripts may call the API with tokens of this organization, as browsers write them (RFC 6454). */
    allowedOrigins: text("allowed_origins").array().notNull().default(sql`'{}'`),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [
    // Which origins a browser may call from: read every two seconds while one does.
    index("organizations_with_origins").on(t.id).where(sql`allowed_origins <> '{}'`),
    check("organizations_plan", sql`${t.plan} in ('starter','pro','premium','enterprise')`),
    check("organizations_group_noun", sql`${t.groupNoun} in ('group','team','business_unit','visibility_group')`),
    check("organizations_name_length", sql`char_length(${t.name}) between 1 and 200`),
  ],
);

/** The organization's own catalogue: what its own API asks of a token, beside Latchkey's built-in permissions. */
export const organizationPermissions = pgTable(
  "organization_permissions",
  {
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    /** `resource:verb`, and none of the built-in ones. */
    name: text("name").notNull(),
    description: text("description").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.name] }),
    check("organization_permissions_name", sql`${t.name} ~ '^[a-z][a-z0-9_-]{0,39}:[a-z][a-z0-9_-]{0,39}$'`),
    check("organization_permissions_description", sql`char_length(${t.description}) between 1 and 200`),
  ],
);

/** That somebody asked the operator to switch tokens on. At most one a member; gone once they are on. */
export const accessRequests = pgTable(
  "access_requests",
  {
    organizationId: uuid("organization_id").notNull(),
    memberId: uuid("member_id").notNull(),
    reason: text("reason"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.memberId] }),
    foreignKey({
      name: "access_requests_member",
      columns: [t.organizationId, t.memberId],
      foreignColumns: [members.organizationId, members.id],
    }).onDelete("cascade"),
    check("access_requests_reason", sql`char_length(${t.reason}) <= 500`),
  ],
);

/** A named set of permissions. `builtIn` marks the four that every organization starts with. */
export const roles = pgTable(
  "roles",
  {
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    builtIn: text("built_in", { enum: ["administrator", "engineer", "user", "viewer"] }),
    permissions: text("permissions").array().notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    unique("roles_name").on(t.organizationId, t.name),
    check("roles_built_in", sql`${t.builtIn} in ('administrator','engineer','user','viewer')`),
  ],
);

/** A set of members that also bounds what they see. */
export const groups = pgTable(
  "groups",
  {
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.id] }), unique("groups_name").on(t.organizationId, t.name)],
);

/** A user in an organization. A service account is a member whose user cannot sign in. */
export const members = pgTable(
  "members",
  {
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    id: uuid("id").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    roleId: uuid("role_id").notNull(),
    portal: text("portal", { enum: ["console", "hub"] })
      .notNull()
      .default("console"),
    status: text("status", { enum: ["active", "deactivated"] })
      .notNull()
      .default("active"),
    /** Who answers for a service account: a member, or the administrators of a group. Both null for a person. */
    ownerMemberId: uuid("owner_member_id"),
    ownerGroupId: uuid("owner_group_id"),
    createdAt: instant("created_at").notNull().defaultNow(),
    deactivatedAt: instant("deactivated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    unique("members_user").on(t.organizationId, t.userId),
    // Sign-in: which organizations is this user in?
    index("members_by_user").on(t.userId),
    index("members_by_role").on(t.organizationId, t.roleId),
    foreignKey({
      name: "members_role",
      columns: [t.organizationId, t.roleId],
      foreignColumns: [roles.organizationId, roles.id],
    }),
    // A member's service accounts, a group's service accounts.
    index("members_by_owner").on(t.organizationId, t.ownerMemberId).where(sql`owner_member_id is not null`),
    index("members_by_owner_group").on(t.organizationId, t.ownerGroupId).where(sql`owner_group_id is not null`),
    foreignKey({
      name: "members_owner",
      columns: [t.organizationId, t.ownerMemberId],
      foreignColumns: [t.organizationId, t.id],
    }),
    foreignKey({
      name: "members_owner_group",
      columns: [t.organizationId, t.ownerGroupId],
      foreignColumns: [groups.organizationId, groups.id],
    }),
    check("members_one_owner", sql`${t.ownerMemberId} is null or ${t.ownerGroupId} is null`),
    check("members_portal", sql`${t.portal} in ('console','hub')`),
    check("members_status", sql`${t.status} in ('active','deactivated')`),
  ],
);

export const groupMembers = pgTable(
  "group_members",
  {
    organizationId: uuid("organization_id").notNull(),
    groupId: uuid("group_id").notNull(),
    memberId: uuid("member_id").notNull(),
    isAdministrator: boolean("is_administrator").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.groupId, t.memberId] }),
    // Verification and sign-in: which groups is this member in?
    index("group_members_by_member").on(t.organizationId, t.memberId),
    foreignKey({
      name: "group_members_group",
      columns: [t.organizationId, t.groupId],
      foreignColumns: [groups.organizationId, groups.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "group_members_member",
      columns: [t.organizationId, t.memberId],
      foreignColumns: [members.organizationId, members.id],
    }).onDelete("cascade"),
  ],
);

/** That somebody may become a member. Holds the SHA-256 of the link's secret: a copy of the table opens nothing. */
export const invitations = pgTable(
  "invitations",
  {
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    id: uuid("id").notNull(),
    /** As it was typed, compared without regard to capitals. */
    email: text("email").notNull(),
    roleId: uuid("role_id").notNull(),
    portal: text("portal", { enum: ["console", "hub"] }).notNull(),
    /** Groups that are gone by the time of the acceptance are left out. */
    groupIds: uuid("group_ids").array().notNull(),
    codeHash: bytes("code_hash").notNull().unique(),
    invitedBy: uuid("invited_by").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at"),
    withdrawnAt: instant("withdrawn_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    // One open invitation for an address: a new one replaces it.
    uniqueIndex("invitations_open")
      .on(t.organizationId, sql`lower(${t.email})`)
      .where(sql`accepted_at is null and withdrawn_at is null`),
    foreignKey({
      name: "invitations_role",
      columns: [t.organizationId, t.roleId],
      foreignColumns: [roles.organizationId, roles.id],
    }),
    foreignKey({
      name: "invitations_invited_by",
      columns: [t.organizationId, t.invitedBy],
      foreignColumns: [members.organizationId, members.id],
    }),
    check("invitations_portal", sql`${t.portal} in ('console','hub')`),
  ],
);
