import { createDatabase } from "@/db/client";
import { createAuthority } from "@/lib/authority/create-authority";
import { TokenCache } from "@/lib/authority/token-cache";
import { accessTokenRules } from "@/lib/oauth/audiences";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { PlainToken } from "@/lib/tokens/token-secret";

/** As many connections as a process of the product has for its checks. */
export const CHECKING_CONNECTIONS = 4;

export interface CheckerWish {
  /** `off` leaves memory unused, so that every check asks the database. */
  memory: "on" | "off";
  capacity?: number;
}

/** What checks tokens, in this process and on a pool of its own. */
export async function openChecker(url: string, { memory, capacity = 200_000 }: CheckerWish) {
  const database = createDatabase(url, { max: CHECKING_CONNECTIONS });
  const cache = new TokenCache({ capacity });
  const authority = createAuthority({
    sql: database.sql,
    url,
    cache,
    peppers: mintingKeys().peppers,
    accessTokens: accessTokenRules(),
    onTrouble: (message, error) => console.error(message, error),
  });
  if (memory === "on") {
    authority.start();
    while (!cache.isBelieved(cache.clock())) await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return {
    ...authority,
    cache,
    sql: database.sql,
    async close() {
      await authority.close();
      await database.end();
    },
  };
}

export const plainTokens = (secrets: readonly string[]) => secrets.map((secret) => new PlainToken(secret));
