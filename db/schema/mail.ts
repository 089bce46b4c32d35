import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import type { KeptMail, MailContent } from "@/lib/mail/mail-content";
import { instant } from "./columns";
import { organizations } from "./organizations";

/**
 * Messages to send, each written in the transaction of what it tells. The id is the Message-ID and the idempotency key of
 * every attempt, so whoever gets a message twice can tell.
 */
export const outbox = pgTable(
  "outbox",
  {
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    id: uuid("id").primaryKey(),
    memberId: uuid("member_id").notNull(),
    toName: text("to_name").notNull(),
    toAddress: text("to_address").notNull(),
    /** What it tells, never a secret. */
    content: jsonb("content").$type<MailContent>().notNull(),
    /** Null until the first attempt; later ones send the very same words. */
    rendered: jsonb("rendered").$type<KeptMail>(),
    /** `dropped`: what it tells was over before it could be sent. `dead`: given up; a person may have it sent again. */
    state: text("state", { enum: ["waiting", "sent", "dead", "dropped"] })
      .notNull()
      .default("waiting"),
    /** The lowest goes first, and of these what is soonest too late to tell. The defaults are for servers not yet upgraded. */
    urgency: smallint("urgency").notNull().default(1),
    tellBy: instant("tell_by").notNull().defaultNow(),
    attempts: integer("attempts").notNull().default(0),
    /** An attempt began of which nobody knows how it ended. */
    doubtful: boolean("doubtful").notNull().default(false),
    nextAttemptAt: instant("next_attempt_at").notNull(),
    /** Code of the last failure, never the server's sentence. */
    failure: text("failure"),
    createdAt: instant("created_at").notNull(),
    settledAt: instant("settled_at"),
  },
  (t) => [
    // What to send next.
    index("outbox_next").on(t.urgency, t.tellBy, t.id).where(sql`state = 'waiting'`),
    // The operator's page.
    index("outbox_given_up").on(t.id.desc().nullsFirst()).where(sql`state = 'dead'`),
    // What waits for one receiver.
    index("outbox_waiting").on(t.organizationId, t.memberId).where(sql`state = 'waiting'`),
    // What is old enough to go.
    index("outbox_settled").on(t.settledAt).where(sql`settled_at is not null`),
    index("outbox_by_organization").on(t.organizationId),
    check("outbox_state", sql`${t.state} in ('waiting','sent','dead','dropped')`),
    check("outbox_settled_at", sql`(${t.state} = 'waiting') = (${t.settledAt} is null)`),
  ],
);

/** Where messages go while no mail server is set: read at /dev/mailbox. */
export const localMailbox = pgTable(
  "local_mailbox",
  {
    /** That of the message in the outbox, so that a second delivery of it changes nothing. */
    id: uuid("id").primaryKey(),
    at: instant("at").notNull(),
    fromLine: text("from_line").notNull(),
    toAddress: text("to_address").notNull(),
    toLine: text("to_line").notNull(),
    subject: text("subject").notNull(),
    html: text("html").notNull(),
    text: text("text").notNull(),
    headers: jsonb("headers").$type<Record<string, string>>().notNull(),
  },
  (t) => [index("local_mailbox_by_time").on(t.at.desc().nullsFirst(), t.id)],
);
