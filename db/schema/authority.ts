import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant, transactionId } from "./columns";

/**
 * Every change that can take rights away or that changes whom a token acts for, in the order of the sequence. Written by
 * triggers in the changing transaction, so that no code path can forget it; the same trigger sends the notice.
 */
export const revocationFeed = pgTable(
  "revocation_feed",
  {
    sequence: bigint("sequence", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant("at").notNull().default(sql`clock_timestamp()`),
    /** A lower sequence may be committed after a higher one; whoever reads on goes by this instead. */
    transaction: transactionId("transaction").notNull().default(sql`pg_current_xact_id()`),
    kind: text("kind", {
      enum: [
        "token_deleted",
        "token",
        "member",
        "role",
        "group",
        "policy",
        "organization",
        "user",
        "access_token",
        "login",
        "signing_key",
      ],
    }).notNull(),
    /** Null for users and signing keys, who belong to no organization. No reference: the event outlives its organization. */
    organizationId: uuid("organization_id"),
    /** Whatever cached checks depend on: the id of a token, a member, a role, an organization, a user, an access token, a login or a key. */
    subjectId: text("subject_id").notNull(),
  },
  (t) => [
    // What was committed since the last reading.
    index("revocation_feed_by_transaction").on(t.transaction),
    // The receipt of a deletion.
    index("revocation_feed_deletions").on(t.subjectId).where(sql`kind = 'token_deleted'`),
    // What is old enough to go.
    index("revocation_feed_by_time").on(t.at),
    check(
      "revocation_feed_kind",
      sql`${t.kind} in ('token_deleted','token','member','role','group','policy','organization','user','access_token','login','signing_key')`,
    ),
  ],
);

/** A process that checks tokens. It says every few seconds that it lives, and leaves when it is told to end. */
export const instances = pgTable("instances", {
  id: uuid("id").primaryKey(),
  /** The host it runs on, for the person who reads a receipt. */
  host: text("host").notNull(),
  /** Which of the servers of a host it is. */
  server: text("server", { enum: ["app", "gate"] })
    .notNull()
    .default("app"),
  startedAt: instant("started_at").notNull().defaultNow(),
  heartbeatAt: instant("heartbeat_at").notNull().defaultNow(),
  /** Null while it serves, and for one that was killed. */
  stoppedAt: instant("stopped_at"),
  /** The highest sequence of the feed that it has applied. */
  position: bigint("position", { mode: "number" }).notNull(),
  /** How long it serves stale reads after the database last answered it. */
  staleSeconds: integer("stale_seconds").notNull().default(0),
});

/** That an instance refuses a deleted token from then on. */
export const revocationConfirmations = pgTable(
  "revocation_confirmations",
  {
    sequence: bigint("sequence", { mode: "number" })
      .notNull()
      .references(() => revocationFeed.sequence, { onDelete: "cascade" }),
    instanceId: uuid("instance_id")
      .notNull()
      .references(() => instances.id, { onDelete: "cascade" }),
    at: instant("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.sequence, t.instanceId] }),
    index("revocation_confirmations_by_instance").on(t.instanceId),
  ],
);

/**
 * Calls of a minute, added up over all instances. Not logged: what a crash of the server takes is a minute's counts, and
 * nothing is written for organizations without limits.
 */
export const callCounts = pgTable(
  "call_counts",
  {
    /** Minutes since 1970. */
    minute: integer("minute").notNull(),
    /** The id of a token or of an organization. */
    subjectId: text("subject_id").notNull(),
    calls: bigint("calls", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.minute, t.subjectId] })],
);
