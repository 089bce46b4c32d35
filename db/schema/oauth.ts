import type { JsonWebKey } from "node:crypto";
import { sql } from "drizzle-orm";
import { check, foreignKey, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";
import { members, organizations } from "./organizations";

/** Keys that sign access tokens. The private half is sealed under a pepper, which is outside the database. */
export const signingKeys = pgTable(
  "signing_keys",
  {
    /** `kid` of what it signs. */
    id: text("id").primaryKey(),
    algorithm: text("algorithm", { enum: ["ES256"] }).notNull(),
    publicKey: jsonb("public_key").$type<JsonWebKey>().notNull(),
    /** Nonce, ciphertext and tag of AES-256-GCM. */
    privateKey: bytes("private_key").notNull(),
    pepperId: text("pepper_id").notNull(),
    createdAt: instant("created_at").notNull(),
    /** It is published before, so that whoever keeps the list for a while has it by then. */
    signsFrom: instant("signs_from").notNull(),
    signsUntil: instant("signs_until").notNull(),
    /** What it signed is believed, and the key published, until then. */
    believedUntil: instant("believed_until").notNull(),
  },
  (t) => [
    index("signing_keys_by_belief").on(t.believedUntil),
    check("signing_keys_algorithm", sql`${t.algorithm} in ('ES256')`),
    check("signing_keys_order", sql`${t.signsFrom} < ${t.signsUntil} and ${t.createdAt} <= ${t.signsFrom}`),
  ],
);

/** Access tokens that were taken back before their end, until then. No others are kept anywhere. */
export const revokedAccessTokens = pgTable(
  "revoked_access_tokens",
  {
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    /** `jti` of the token. */
    id: uuid("id").notNull(),
    revokedAt: instant("revoked_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    uniqueIndex("revoked_access_tokens_id").on(t.id),
    index("revoked_access_tokens_by_expiry").on(t.expiresAt),
  ],
);

/** A person who signed in to the API, in one organization. Its access tokens and refresh tokens end with it. */
export const apiLogins = pgTable(
  "api_logins",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    memberId: uuid("member_id").notNull(),
    /** What it was narrowed to when it began; null where it was not. */
    scope: text("scope").array(),
    createdAt: instant("created_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    /** When its newest refresh token ends. */
    expiresAt: instant("expires_at").notNull(),
    endedAt: instant("ended_at"),
    /** `member`: on the profile. `limit`: others of the same person took its place. */
    endedBy: text("ended_by", { enum: ["logout", "member", "reuse", "deactivated", "limit"] }),
    ip: text("ip"),
    agent: text("agent"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    // A check: an access token names its login and not its organization.
    uniqueIndex("api_logins_id").on(t.id),
    // Profile > Sessions, and signing out everywhere.
    index("api_logins_by_member").on(t.organizationId, t.memberId, t.createdAt),
    index("api_logins_by_expiry").on(t.expiresAt),
    foreignKey({
      name: "api_logins_member",
      columns: [t.organizationId, t.memberId],
      foreignColumns: [members.organizationId, members.id],
    }).onDelete("cascade"),
    check("api_logins_ended", sql`(${t.endedAt} is null) = (${t.endedBy} is null)`),
    check("api_logins_ended_by", sql`${t.endedBy} in ('logout','member','reuse','deactivated','limit')`),
  ],
);

/** Refresh tokens, each for one use. One that was used is kept until its end: who sends it again has copied it. */
export const refreshTokens = pgTable(
  "refresh_tokens",
  {
    organizationId: uuid("organization_id").notNull(),
    loginId: uuid("login_id").notNull(),
    /** 12 base62 characters, the look-up key, as in every secret of ours. */
    id: text("id").notNull(),
    hash: bytes("hash").notNull(),
    pepperId: text("pepper_id").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.loginId, t.id] }),
    uniqueIndex("refresh_tokens_id").on(t.id),
    index("refresh_tokens_by_expiry").on(t.expiresAt),
    foreignKey({
      name: "refresh_tokens_login",
      columns: [t.organizationId, t.loginId],
      foreignColumns: [apiLogins.organizationId, apiLogins.id],
    }).onDelete("cascade"),
  ],
);
