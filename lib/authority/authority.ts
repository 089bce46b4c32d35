import { database } from "@/lib/database";
import { errorFacts, log } from "@/lib/log";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { onceASecond } from "./once-a-second";
import { Usage } from "./usage";
import { createVerify, type Verify } from "./verify";

/** What checks tokens in this process, and counts their use. */
export interface Authority {
  verify: Verify;
  usage: Usage;
}

// Next loads a module once per bundle; counts must come together in one place.
const home = globalThis as { latchkeyAuthority?: Authority };

/** Made on first use, on the process's own pool. Throws where a setting that it needs is wrong. */
export function authority(): Authority {
  home.latchkeyAuthority ??= createAuthority();
  return home.latchkeyAuthority;
}

function createAuthority(): Authority {
  const { sql } = database();
  return {
    verify: createVerify({
      sql,
      ...mintingKeys(),
      // An outage meets every call; one line a second says as much as a thousand.
      onTrouble: onceASecond((error) =>
        log().warn({ error: errorFacts(error) }, "tokens cannot be checked: the database does not answer"),
      ),
    }),
    usage: new Usage({
      sql,
      onTrouble: (trouble) =>
        "error" in trouble
          ? log().warn({ error: errorFacts(trouble.error) }, "token usage could not be written and is kept")
          : log().warn(trouble, "token usage had no room and was not counted"),
    }),
  };
}
