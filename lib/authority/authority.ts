import { authorityDatabase } from "@/lib/database";
import { env } from "@/lib/env";
import { errorFacts, log } from "@/lib/log";
import { accessTokenRules } from "@/lib/oauth/audiences";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { createAuthority } from "./create-authority";
import { TokenCache } from "./token-cache";
import type { UsageTrouble } from "./usage";

// Next loads a module once per bundle; counts must come together in one place.
const home = globalThis as { latchkeyAuthority?: ReturnType<typeof createAuthority> };

/**
 * The one of this process, made on first use, for which a server that is not the app says what it is. Throws where a setting
 * that it needs is wrong.
 */
export function authority(server: "app" | "gate" = "app"): ReturnType<typeof createAuthority> {
  home.latchkeyAuthority ??= createAuthority({
    sql: authorityDatabase().sql,
    server,
    url: env().DATABASE_URL,
    peppers: mintingKeys().peppers,
    accessTokens: accessTokenRules(server),
    redisUrl: env().REDIS_URL,
    cache: new TokenCache({ capacity: env().TOKEN_CACHE_SIZE }),
    staleSeconds: env().VERIFY_STALE_SECONDS,
    onTrouble: (message, error) => log().warn({ error: errorFacts(error) }, message),
    onUsageTrouble: logUsageTrouble,
  });
  return home.latchkeyAuthority;
}

/**
 * To be awaited between a change and its answer: whoever hears that something is done finds it done here, whatever this
 * process remembers of before. One that checks no tokens remembers nothing. Never rejects.
 */
export async function catchUp(): Promise<void> {
  await home.latchkeyAuthority?.catchUp();
}

function logUsageTrouble(trouble: UsageTrouble): void {
  const facts = "error" in trouble ? { ...trouble, error: errorFacts(trouble.error) } : trouble;
  if (!("error" in trouble)) log().warn(facts, "token usage had no room and was not counted");
  else if ("dropped" in trouble) log().error(facts, "token usage was refused by the database and is given up");
  else log().warn(facts, "token usage could not be written and is kept");
}
