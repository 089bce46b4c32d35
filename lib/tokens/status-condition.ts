import { type SQL, sql } from "drizzle-orm";
import { apiTokens } from "@/db/schema";
import type { TokenStatus } from "./token-status";

/** The SQL side of `tokenStatus`: exact also where the stored state has not been brought up to date since the expiry. */
export function statusCondition(status: TokenStatus, now: Date): SQL {
  const over = sql`${apiTokens.expiresAt} <= ${now.toISOString()}`;
  switch (status) {
    case "active":
      return sql`(${apiTokens.state} = 'active' and (${apiTokens.expiresAt} is null or not ${over}))`;
    case "expired":
      return sql`(${apiTokens.state} = 'expired' or (${apiTokens.state} = 'active' and ${over}))`;
    case "deleted":
      return sql`${apiTokens.state} = 'deleted'`;
  }
}
