import { sql } from "drizzle-orm";
import { check, foreignKey, inet, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";
import { apiTokens } from "./tokens";

/**
 * Secrets that were a token's and have ended, to be recognised where somebody asks for a new one with them. They are
 * forgotten with the token.
 */
export const endedSecrets = pgTable(
  "ended_secrets",
  {
    organizationId: uuid("organization_id").notNull(),
    tokenId: text("token_id").notNull(),
    hash: bytes("hash").notNull(),
    pepperId: text("pepper_id").notNull(),
    /** As was told when it was replaced: one whose overlap another rotation cut short alarms nobody before. */
    endedAt: instant("ended_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.tokenId, t.hash] }),
    foreignKey({
      name: "ended_secrets_token",
      columns: [t.organizationId, t.tokenId],
      foreignColumns: [apiTokens.organizationId, apiTokens.id],
    }).onDelete("cascade"),
  ],
);

/** By whom each of two secrets was used last, while a token has two that work. */
export const secretUses = pgTable(
  "secret_uses",
  {
    organizationId: uuid("organization_id").notNull(),
    tokenId: text("token_id").notNull(),
    secret: text("secret", { enum: ["current", "previous"] }).notNull(),
    at: instant("at").notNull(),
    ip: inet("ip"),
    agent: text("agent"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.tokenId, t.secret] }),
    foreignKey({
      name: "secret_uses_token",
      columns: [t.organizationId, t.tokenId],
      foreignColumns: [apiTokens.organizationId, apiTokens.id],
    }).onDelete("cascade"),
    check("secret_uses_secret", sql`${t.secret} in ('current','previous')`),
  ],
);
