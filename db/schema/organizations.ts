import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns";
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
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [
    check("organizations_plan", sql`${t.plan} in ('starter','pro','premium','enterprise')`),
    check("organizations_group_noun", sql`${t.groupNoun} in ('group','team','business_unit','visibility_group')`),
    check("organizations_name_length", sql`char_length(${t.name}) between 1 and 200`),
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
    check("members_portal", sql`${t.portal} in ('console','hub')`),
    check("members_status", sql`${t.status} in ('active','deactivated')`),
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
