import { sql } from "drizzle-orm";
import { apiTokens } from "@/db/schema";

/**
 * Since when a secret waits that may still be used; null where none does. One that whoever asked for it may no longer have
 * is none, though the row holds it. Of `api_tokens` under its own name.
 */
export const waitingSince =
  sql<Date | null>`case when ${apiTokens.pendingHash} is not null and waiting_secret_stands(api_tokens) then ${apiTokens.pendingAt} end`.mapWith(
    apiTokens.pendingAt,
  );
