import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";

/** Somebody, across organizations. A service account has no email and no password, so it cannot sign in. */
export const users = pgTable(
  "users",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind", { enum: ["person", "service"] })
      .notNull()
      .default("person"),
    name: text("name").notNull(),
    email: text("email"),
    /** Hosts Latchkey; a member of no organization by virtue of this. */
    isOperator: boolean("is_operator").notNull().default(false),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("users_email").on(sql`lower(${t.email})`),
    check("users_kind", sql`${t.kind} in ('person','service')`),
    check("users_person_has_email", sql`${t.kind} = 'service' or ${t.email} is not null`),
  ],
);

/** Argon2id hashes, apart from `users` so that no query of a user can carry one along. */
export const passwords = pgTable("passwords", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  hash: text("hash").notNull(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

/** A signed-in browser. Holds the SHA-256 of the session token: a copy of the table opens no session. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey(),
    tokenHash: bytes("token_hash").notNull().unique(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The organization that this session looks at; null for an operator without one. */
    organizationId: uuid("organization_id"),
    createdAt: instant("created_at").notNull().defaultNow(),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    ip: text("ip"),
    agent: text("agent"),
  },
  // Profile > Sessions, and signing out everywhere.
  (t) => [index("sessions_by_user").on(t.userId, t.createdAt)],
);

/** Counts of failed sign-ins by account and by address; the shape that rate-limiter-flexible keeps. */
export const signInLimits = pgTable("sign_in_limits", {
  key: text("key").primaryKey(),
  points: integer("points").notNull().default(0),
  expire: instant("expire"),
});

/** The one-time code that opens /setup on an empty database, hashed. At most one row. */
export const setupCodes = pgTable("setup_codes", {
  codeHash: bytes("code_hash").primaryKey(),
  createdAt: instant("created_at").notNull().defaultNow(),
});
