import type { Database } from "@/db/client";
import type { Soon } from "@/lib/at-once";
import { authority } from "@/lib/authority/authority";
import { database } from "@/lib/database";
import { type KeySet, publicKeys } from "@/lib/oauth/public-keys";
import { PublishedKeys } from "@/lib/oauth/published-keys";

// Next loads a module once per bundle; one for each pool is enough.
const home = globalThis as { latchkeyPublishedKeys?: WeakMap<Database, PublishedKeys> };

/** Those of this process's database, of whose changes the authority hears. */
export function publishedKeys(): Soon<KeySet> {
  home.latchkeyPublishedKeys ??= new WeakMap();
  const pool = database();
  const known = home.latchkeyPublishedKeys.get(pool);
  if (known) return known.get();
  const made = new PublishedKeys(() => publicKeys(pool), authority().cache.ticks);
  home.latchkeyPublishedKeys.set(pool, made);
  return made.get();
}
