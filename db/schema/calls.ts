import { sql } from "drizzle-orm";
import { check, foreignKey, index, inet, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";
import { members, organizations } from "./organizations";
import { apiTokens } from "./tokens";

/** Calls that were refused, each with the check that refused it: bounded in number and in time, and without any secret. */
export const refusedCalls = pgTable(
  "refused_calls",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    /** As the caller has it in `X-Request-Id`, which may be the caller's own: not unique. */
    requestId: text("request_id").notNull(),
    /** The token that was sent; null where a person's access token was. */
    tokenId: text("token_id"),
    /** The person whose access token was sent. */
    memberId: uuid("member_id"),
    at: instant("at").notNull(),
    server: text("server", { enum: ["app", "gate"] }).notNull(),
    method: text("method").notNull(),
    /** Without its query, which may hold what nobody should read later. */
    path: text("path").notNull(),
    status: integer("status").notNull(),
    /** What refused it: what was wrong with the credential, or the problem that was answered. See `RefusedCode`. */
    code: text("code").notNull(),
    /** What the check compared, by its code. */
    facts: jsonb("facts").$type<Record<string, unknown>>().notNull(),
    ip: inet("ip"),
    agent: text("agent"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    index("refused_calls_by_request").on(t.organizationId, t.requestId),
    // The page of a token, and the bound on how many are kept of it.
    index("refused_calls_by_token").on(t.organizationId, t.tokenId, t.at.desc()),
    index("refused_calls_by_member").on(t.organizationId, t.memberId, t.at.desc()).where(sql`member_id is not null`),
    index("refused_calls_by_time").on(t.at),
    foreignKey({
      name: "refused_calls_token",
      columns: [t.organizationId, t.tokenId],
      foreignColumns: [apiTokens.organizationId, apiTokens.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "refused_calls_member",
      columns: [t.organizationId, t.memberId],
      foreignColumns: [members.organizationId, members.id],
    }).onDelete("cascade"),
    check("refused_calls_caller", sql`num_nonnulls(${t.tokenId}, ${t.memberId}) = 1`),
    check("refused_calls_server", sql`${t.server} in ('app','gate')`),
  ],
);

/** Requests that came with an `Idempotency-Key`, with what they were answered, but for its secret. Kept for 24 hours. */
export const idempotentRequests = pgTable(
  "idempotent_requests",
  {
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    /** Whose key it is: the id of a token, or of the member whose access token was sent. */
    callerId: text("caller_id").notNull(),
    key: text("key").notNull(),
    /** SHA-256 of method, address and body. */
    fingerprint: bytes("fingerprint").notNull(),
    createdAt: instant("created_at").notNull(),
    /** Null only within the transaction that answers it. */
    status: integer("status"),
    headers: jsonb("headers").$type<Record<string, string>>(),
    body: jsonb("body"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.callerId, t.key] }),
    index("idempotent_requests_by_time").on(t.createdAt),
    check("idempotent_requests_key", sql`char_length(${t.key}) between 1 and 255`),
  ],
);
