import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { organizations } from "./organizations";

/** What happened, written in the transaction that made it happen. Rows are never updated. */
export const auditEvents = pgTable(
  "audit_events",
  {
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    /** UUIDv7, so that the key is also the order. */
    id: uuid("id").notNull(),
    at: instant("at").notNull(),
    action: text("action").notNull(),
    actorKind: text("actor_kind", { enum: ["member", "token", "system"] }).notNull(),
    /** The member, or the issuer of the token that acted; null for the system. */
    actorMemberId: uuid("actor_member_id"),
    actorTokenId: text("actor_token_id"),
    subjectKind: text("subject_kind", {
      enum: ["token", "member", "organization", "session", "role", "group", "permission", "policy", "invitation"],
    }).notNull(),
    subjectId: text("subject_id").notNull(),
    /** Facts that tell the event apart, never a secret. */
    details: jsonb("details").$type<Record<string, unknown>>().notNull(),
    requestId: text("request_id"),
    ip: text("ip"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    // A token's own history.
    index("audit_events_by_subject").on(t.organizationId, t.subjectKind, t.subjectId, t.id.desc().nullsFirst()),
    // What somebody did, latest first: what a member bounded by groups may see of the log.
    index("audit_events_by_actor").on(t.organizationId, t.actorMemberId, t.id.desc().nullsFirst()),
    check("audit_events_actor", sql`${t.actorKind} in ('member','token','system')`),
  ],
);
