import { authorityDatabase } from "@/lib/database";
import { errorFacts, log } from "@/lib/log";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { onceASecond } from "./once-a-second";
import { Usage, type UsageTrouble } from "./usage";
import { createVerify, type Verify } from "./verify";

/** What checks tokens in this process, and counts their use. */
export interface Authority {
  verify: Verify;
  usage: Usage;
}

// Next loads a module once per bundle; counts must come together in one place.
const home = globalThis as { latchkeyAuthority?: Authority };

/** Made on first use, on a pool of its own. Throws where a setting that it needs is wrong. */
export function authority(): Authority {
  home.latchkeyAuthority ??= createAuthority();
  return home.latchkeyAuthority;
}

function createAuthority(): Authority {
  const { sql } = authorityDatabase();
  return {
    verify: createVerify({
      sql,
      peppers: mintingKeys().peppers,
      // An outage meets every call; one line a second says as much as a thousand.
      onTrouble: onceASecond((error) =>
        log().warn({ error: errorFacts(error) }, "tokens cannot be checked: the database does not answer"),
      ),
    }),
    usage: new Usage({ sql, onTrouble: logUsageTrouble }),
  };
}

function logUsageTrouble(trouble: UsageTrouble): void {
  const facts = "error" in trouble ? { ...trouble, error: errorFacts(trouble.error) } : trouble;
  if (!("error" in trouble)) log().warn(facts, "token usage had no room and was not counted");
  else if ("dropped" in trouble) log().error(facts, "token usage was refused by the database and is given up");
  else log().warn(facts, "token usage could not be written and is kept");
}
