import { createDatabase } from "@/db/client";
import { createAuthority } from "@/lib/authority/create-authority";
import { TokenCache } from "@/lib/authority/token-cache";
import { accessTokenRules } from "@/lib/oauth/audiences";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { mintToken } from "@/lib/tokens/token-secret";

/** What a process of its own (`node --expose-gc`) is told to be flooded with: well-formed tokens that nobody has made. */
export interface Flood {
  url: string;
  tokens: number;
  /** Calls under way at once. */
  lanes: number;
}

/** Megabytes after garbage was collected, before the flood and after each half of it. */
export interface FloodAnswer {
  heap: [before: number, half: number, after: number];
  resident: [before: number, half: number, after: number];
  outcomes: string[];
}

process.on("message", (message) => {
  void flood(message as Flood).then((answer) => process.send?.(answer, () => process.exit(0)));
});
process.send?.("ready");

async function flood({ url, tokens, lanes }: Flood): Promise<FloodAnswer> {
  const database = createDatabase(url, { max: 4 });
  const cache = new TokenCache();
  const authority = createAuthority({
    sql: database.sql,
    url,
    cache,
    peppers: mintingKeys().peppers,
    accessTokens: accessTokenRules(),
  });
  authority.start();
  while (!cache.isBelieved(cache.clock())) await new Promise((resolve) => setImmediate(resolve));
  const outcomes = new Set<string>();
  const callers = async (count: number) => {
    let next = 0;
    const lane = async () => {
      while (next++ < count) {
        // Each from an address of its own, which is what a flood is made of.
        const ip = `2001:db8:${Math.floor(Math.random() * 65_536).toString(16)}:${next.toString(16)}::1`;
        const credential = mintToken("lk", "pat").plain;
        const found = await authority.admit({ credential, permissions: [], ip, agent: "flood", requestId: null });
        outcomes.add(found.ok ? "allowed" : found.code);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  };
  await callers(1000);
  const measured = [memory()];
  for (let half = 0; half < 2; half++) {
    await callers(tokens / 2);
    measured.push(memory());
  }
  await authority.close();
  await database.end();
  const of = (which: "heap" | "resident") => measured.map((one) => one[which]) as [number, number, number];
  return { heap: of("heap"), resident: of("resident"), outcomes: [...outcomes] };
}

function memory() {
  for (let round = 0; round < 3; round++) globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: (heapUsed + external) / 1024 / 1024, resident: rss / 1024 / 1024 };
}
