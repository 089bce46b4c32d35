import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  inet,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";
import { members, organizations, roles } from "./organizations";

/** One row an organization: its rules for tokens. Every create locks it, so limits hold under any concurrency. */
export const tokenPolicies = pgTable(
  "token_policies",
  {
    organizationId: uuid("organization_id")
      .primaryKey()
      .references(() => organizations.id, { onDelete: "cascade" }),
    preset: text("preset", {
      enum: ["admin_issued", "role_scoped", "single_rotating", "personal_mirror", "client_credentials"],
    }).notNull(),
    issuers: text("issuers", {
      enum: ["everyone", "administrators", "administrators_with_teams", "permitted"],
    }).notNull(),
    visibility: text("visibility", { enum: ["own", "administrators", "permitted"] }).notNull(),
    access: text("access", { enum: ["assigned_role", "issuer"] }).notNull(),
    expiry: text("expiry", { enum: ["never", "optional", "required", "fixed"] }).notNull(),
    /** Days: the exact length where expiry is fixed, the longest allowed where it is chosen, null for no bound. */
    expiryDays: integer("expiry_days"),
    deleteExpired: boolean("delete_expired").notNull(),
    maxPerOrganization: integer("max_per_organization"),
    maxPerIssuer: integer("max_per_issuer"),
    credential: text("credential", { enum: ["secret", "client"] }).notNull(),
    description: text("description", { enum: ["hidden", "optional", "required"] }).notNull(),
    /** Characters that a description has at least, where there is one; null for no bound. */
    descriptionLength: integer("description_length"),
    secretShown: text("secret_shown", { enum: ["plain", "masked"] }).notNull(),
    closing: text("closing", { enum: ["close", "button", "checkbox"] }).notNull(),
    mailOnCreate: boolean("mail_on_create").notNull(),
    mailOnDelete: boolean("mail_on_delete").notNull(),
    noticeDays: integer("notice_days").array().notNull(),
    noticeAdministrators: boolean("notice_administrators").notNull(),
    /** Days without use after which a token is deleted, told before; null for never. */
    inactiveDays: integer("inactive_days"),
    tokensMayMint: boolean("tokens_may_mint").notNull(),
    /** CIDR blocks from which tokens may be used; empty for anywhere. */
    allowedNetworks: text("allowed_networks").array().notNull().default(sql`'{}'`),
    /** Calls a minute: of each token, and of all of the organization together; null for no bound. */
    callsPerToken: integer("calls_per_token"),
    callsPerOrganization: integer("calls_per_organization"),
    version: integer("version").notNull().default(1),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    check(
      "token_policies_limits",
      sql`coalesce(${t.maxPerOrganization}, 1) > 0 and coalesce(${t.maxPerIssuer}, 1) > 0`,
    ),
    check(
      "token_policies_calls",
      sql`coalesce(${t.callsPerToken}, 1) > 0 and coalesce(${t.callsPerOrganization}, 1) > 0`,
    ),
    check("token_policies_inactive_days", sql`${t.inactiveDays} between 1 and 3650`),
    check("token_policies_description_length", sql`${t.descriptionLength} between 1 and 500`),
    check(
      "token_policies_expiry",
      sql`${t.expiry} in ('never','optional','required','fixed') and (${t.expiry} <> 'fixed' or ${t.expiryDays} is not null)`,
    ),
    check(
      "token_policies_issuers",
      sql`${t.issuers} in ('everyone','administrators','administrators_with_teams','permitted')`,
    ),
    check("token_policies_visibility", sql`${t.visibility} in ('own','administrators','permitted')`),
    check(
      "token_policies_shown",
      sql`${t.description} in ('hidden','optional','required') and ${t.credential} in ('secret','client')
      and ${t.secretShown} in ('plain','masked') and ${t.closing} in ('close','button','checkbox')`,
    ),
    check(
      "token_policies_preset",
      sql`${t.preset} in ('admin_issued','role_scoped','single_rotating','personal_mirror','client_credentials')`,
    ),
    check("token_policies_access", sql`${t.access} in ('assigned_role','issuer')`),
  ],
);

/** The current row of a token. What happened to it is in `audit_events`, how it is used in `token_usage`. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    /** 12 base62 characters, public: the look-up key and what the masked column shows. */
    id: text("id").notNull(),
    kind: text("kind", { enum: ["pat", "svc", "cls", "tmp"] }).notNull(),
    prefix: text("prefix").notNull(),
    name: text("name").notNull(),
    description: text("description"),
    issuerId: uuid("issuer_id").notNull(),
    /** Null where the token mirrors its issuer. */
    roleId: uuid("role_id"),
    secretHash: bytes("secret_hash").notNull(),
    pepperId: text("pepper_id").notNull(),
    lastFour: text("last_four").notNull(),
    /** Stored form of the status, for the indexes; `tokenStatus(row, now)` is the rule. */
    state: text("state", { enum: ["active", "expired", "deleted"] })
      .notNull()
      .default("active"),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at"),
    /** When the expiry was chosen; null where that was at the creation. */
    expirySetAt: instant("expiry_set_at"),
    /** CIDR blocks from which it may be used, within those of the policy; empty for wherever the policy allows. */
    allowedNetworks: text("allowed_networks").array().notNull().default(sql`'{}'`),
    /** A new secret that waits for its first use, by which it takes the place of the current one. */
    pendingHash: bytes("pending_hash"),
    pendingPepperId: text("pending_pepper_id"),
    pendingLastFour: text("pending_last_four"),
    pendingAt: instant("pending_at"),
    /** The member who asked for it, or on whose behalf a token did. */
    pendingBy: uuid("pending_by"),
    /** Days for which the current secret goes on from then. */
    pendingOverlapDays: integer("pending_overlap_days"),
    /** The expiry that the token has from then; null where it keeps its own. */
    pendingExpiresAt: instant("pending_expires_at"),
    /** The secret before the current one, until its end. */
    previousHash: bytes("previous_hash"),
    previousPepperId: text("previous_pepper_id"),
    previousLastFour: text("previous_last_four"),
    previousEndsAt: instant("previous_ends_at"),
    /** When the current secret took its place; null for the first one. */
    rotatedAt: instant("rotated_at"),
    /** How many secrets it had before the current one; the same secret hashed anew counts once. */
    secretGeneration: integer("secret_generation").notNull().default(0),
    deletedAt: instant("deleted_at"),
    deletedBy: uuid("deleted_by"),
    /** Written in batches, at most once a minute a token. */
    lastUsedAt: instant("last_used_at"),
    lastUsedIp: inet("last_used_ip"),
    lastUsedAgent: text("last_used_agent"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    // Verification: a credential names its id and not its organization.
    uniqueIndex("api_tokens_id").on(t.id),
    // The table, newest first; and each filter of it, in the same order.
    index("api_tokens_by_created").on(t.organizationId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("api_tokens_by_issuer").on(
      t.organizationId,
      t.issuerId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("api_tokens_by_role").on(
      t.organizationId,
      t.roleId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("api_tokens_by_state").on(
      t.organizationId,
      t.state,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    // Sorted by last use, and "not used for 90 days".
    index("api_tokens_by_last_used").on(t.organizationId, t.lastUsedAt.desc().nullsLast(), t.id.desc().nullsFirst()),
    // What expires soon: the mark in the navigation, the notice above the table.
    index("api_tokens_by_expiry").on(t.organizationId, t.expiresAt, t.id).where(sql`state = 'active'`),
    // What has expired since its row was last looked at, whoever's it is; and what was deleted long ago.
    index("api_tokens_overdue").on(t.expiresAt).where(sql`state = 'active' and expires_at is not null`),
    index("api_tokens_tombstones").on(t.deletedAt).where(sql`state = 'deleted'`),
    // Sorted by name, and names that start with fewer than three characters.
    index("api_tokens_by_name").on(t.organizationId, sql`lower(${t.name}) collate "C"`, t.id),
    foreignKey({
      name: "api_tokens_issuer",
      columns: [t.organizationId, t.issuerId],
      foreignColumns: [members.organizationId, members.id],
    }),
    foreignKey({
      name: "api_tokens_role",
      columns: [t.organizationId, t.roleId],
      foreignColumns: [roles.organizationId, roles.id],
    }),
    check("api_tokens_kind", sql`${t.kind} in ('pat','svc','cls','tmp')`),
    check("api_tokens_state", sql`${t.state} in ('active','expired','deleted')`),
    check("api_tokens_deleted", sql`(${t.state} = 'deleted') = (${t.deletedAt} is not null)`),
    check(
      "api_tokens_pending",
      sql`num_nonnulls(${t.pendingHash}, ${t.pendingPepperId}, ${t.pendingLastFour}, ${t.pendingAt}, ${t.pendingBy}, ${t.pendingOverlapDays}) in (0, 6)
      and (${t.pendingHash} is not null or ${t.pendingExpiresAt} is null)`,
    ),
    check("api_tokens_pending_overlap", sql`${t.pendingOverlapDays} between 0 and 7`),
    check(
      "api_tokens_previous",
      sql`num_nonnulls(${t.previousHash}, ${t.previousPepperId}, ${t.previousLastFour}, ${t.previousEndsAt}) in (0, 4)`,
    ),
    check("api_tokens_name_length", sql`char_length(${t.name}) between 1 and 200`),
    check("api_tokens_description_length", sql`char_length(${t.description}) <= 500`),
  ],
);

/** Calls by token, day (UTC) and outcome; the 24 hours of the day inside, so that one narrow row tells both. */
export const tokenUsage = pgTable(
  "token_usage",
  {
    organizationId: uuid("organization_id").notNull(),
    tokenId: text("token_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    outcome: text("outcome", { enum: ["allowed", "forbidden", "refused"] }).notNull(),
    calls: bigint("calls", { mode: "number" }).notNull(),
    /** 24 counts, one for each hour of the day in UTC. */
    byHour: integer("by_hour").array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.tokenId, t.day, t.outcome] }),
    foreignKey({
      name: "token_usage_token",
      columns: [t.organizationId, t.tokenId],
      foreignColumns: [apiTokens.organizationId, apiTokens.id],
    }).onDelete("cascade"),
    check("token_usage_outcome", sql`${t.outcome} in ('allowed','forbidden','refused')`),
  ],
);

/** From where a token was called, one row for each address. */
export const tokenCallers = pgTable(
  "token_callers",
  {
    organizationId: uuid("organization_id").notNull(),
    tokenId: text("token_id").notNull(),
    ip: inet("ip").notNull(),
    agent: text("agent"),
    calls: bigint("calls", { mode: "number" }).notNull(),
    firstAt: instant("first_at").notNull(),
    lastAt: instant("last_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.tokenId, t.ip] }),
    foreignKey({
      name: "token_callers_token",
      columns: [t.organizationId, t.tokenId],
      foreignColumns: [apiTokens.organizationId, apiTokens.id],
    }).onDelete("cascade"),
  ],
);
