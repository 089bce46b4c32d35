import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import type { NotificationDetails } from "@/lib/notices/notice-events";
import { instant } from "./columns";
import { members, organizations } from "./organizations";
import { apiTokens } from "./tokens";

const EVENTS = ["token_expiring", "token_inactive", "token_created", "token_deleted", "token_leaked"] as const;
const CHANNELS = ["in_app", "email"] as const;
const isEvent = sql`event in ('token_expiring','token_inactive','token_created','token_deleted','token_leaked')`;
const isChannel = sql`channel in ('in_app','email')`;

/** What somebody was told. One row is one message, whether in the notification centre, by mail or both. */
export const notifications = pgTable(
  "notifications",
  {
    organizationId: uuid("organization_id").notNull(),
    /** UUIDv7, so that the key is also the order. */
    id: uuid("id").notNull(),
    memberId: uuid("member_id").notNull(),
    event: text("event", { enum: EVENTS }).notNull(),
    details: jsonb("details").$type<NotificationDetails>().notNull(),
    /** Whether the notification centre shows it; otherwise it went out by mail alone. */
    inApp: boolean("in_app").notNull(),
    at: instant("at").notNull(),
    readAt: instant("read_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    // The notification centre, newest first.
    index("notifications_by_member").on(t.organizationId, t.memberId, t.id.desc().nullsFirst()).where(sql`in_app`),
    // The count at the bell.
    index("notifications_unread").on(t.organizationId, t.memberId).where(sql`in_app and read_at is null`),
    // What is old enough to go.
    index("notifications_by_time").on(t.at),
    foreignKey({
      name: "notifications_member",
      columns: [t.organizationId, t.memberId],
      foreignColumns: [members.organizationId, members.id],
    }).onDelete("cascade"),
    check("notifications_event", isEvent),
  ],
);

/** That somebody is told of a token's expiry so many days before. Its key is why nobody is told twice. */
export const expiryNotices = pgTable(
  "expiry_notices",
  {
    organizationId: uuid("organization_id").notNull(),
    tokenId: text("token_id").notNull(),
    memberId: uuid("member_id").notNull(),
    /** An expiry that changes is told anew. */
    expiresAt: instant("expires_at").notNull(),
    /** The threshold of the policy. */
    days: integer("days").notNull(),
    at: instant("at").notNull(),
    /** Null until it went into a message, or was found to be of no interest any more. */
    toldAt: instant("told_at"),
    notificationId: uuid("notification_id"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.tokenId, t.memberId, t.expiresAt, t.days] }),
    // What waits to be put into messages.
    index("expiry_notices_untold").on(t.organizationId, t.memberId).where(sql`told_at is null`),
    // The tokens of one message.
    index("expiry_notices_by_notification").on(t.organizationId, t.notificationId),
    foreignKey({
      name: "expiry_notices_token",
      columns: [t.organizationId, t.tokenId],
      foreignColumns: [apiTokens.organizationId, apiTokens.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "expiry_notices_member",
      columns: [t.organizationId, t.memberId],
      foreignColumns: [members.organizationId, members.id],
    }).onDelete("cascade"),
  ],
);

/** That somebody knows of a token's expiry: no notice of it until `remindAt`, or none at all where that is null. */
export const expiryAnswers = pgTable(
  "expiry_answers",
  {
    organizationId: uuid("organization_id").notNull(),
    memberId: uuid("member_id").notNull(),
    tokenId: text("token_id").notNull(),
    expiresAt: instant("expires_at").notNull(),
    remindAt: instant("remind_at"),
    at: instant("at").notNull(),
    /** When the reminder was given. */
    remindedAt: instant("reminded_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.memberId, t.tokenId] }),
    // Reminders that are due.
    index("expiry_answers_due").on(t.remindAt).where(sql`reminded_at is null`),
    foreignKey({
      name: "expiry_answers_token",
      columns: [t.organizationId, t.tokenId],
      foreignColumns: [apiTokens.organizationId, apiTokens.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "expiry_answers_member",
      columns: [t.organizationId, t.memberId],
      foreignColumns: [members.organizationId, members.id],
    }).onDelete("cascade"),
  ],
);

/** That a token is deleted at `dueAt` unless it is used before. Its key is why nobody is told twice. */
export const inactivityNotices = pgTable(
  "inactivity_notices",
  {
    organizationId: uuid("organization_id").notNull(),
    tokenId: text("token_id").notNull(),
    noticedAt: instant("noticed_at").notNull(),
    dueAt: instant("due_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.tokenId] }),
    // What is to be deleted.
    index("inactivity_notices_due").on(t.dueAt),
    foreignKey({
      name: "inactivity_notices_token",
      columns: [t.organizationId, t.tokenId],
      foreignColumns: [apiTokens.organizationId, apiTokens.id],
    }).onDelete("cascade"),
  ],
);

/** Where the policy has a rule for unused tokens: since when, and when its tokens were last looked at. */
export const inactivityWatches = pgTable("inactivity_watches", {
  organizationId: uuid("organization_id")
    .primaryKey()
    .references(() => organizations.id, { onDelete: "cascade" }),
  since: instant("since").notNull(),
  lookedAt: instant("looked_at").notNull(),
});

/** What an organization's members are told unless they choose otherwise. Without a row: told. */
export const noticeDefaults = pgTable(
  "notice_defaults",
  {
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    event: text("event", { enum: EVENTS }).notNull(),
    channel: text("channel", { enum: CHANNELS }).notNull(),
    enabled: boolean("enabled").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.event, t.channel] }),
    check("notice_defaults_kind", sql`${isEvent} and ${isChannel}`),
  ],
);

/** What somebody chose for themselves. */
export const noticePreferences = pgTable(
  "notice_preferences",
  {
    organizationId: uuid("organization_id").notNull(),
    memberId: uuid("member_id").notNull(),
    event: text("event", { enum: EVENTS }).notNull(),
    channel: text("channel", { enum: CHANNELS }).notNull(),
    enabled: boolean("enabled").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.memberId, t.event, t.channel] }),
    foreignKey({
      name: "notice_preferences_member",
      columns: [t.organizationId, t.memberId],
      foreignColumns: [members.organizationId, members.id],
    }).onDelete("cascade"),
    check("notice_preferences_kind", sql`${isEvent} and ${isChannel}`),
  ],
);
