import { env } from "@/lib/env";
import { type Peppers, readPeppers } from "./token-peppers";

let keys: { prefix: string; peppers: Peppers } | undefined;

/** What minting and checking need of the settings: the prefix of new tokens, and the peppers. Read once. */
export function mintingKeys(): { prefix: string; peppers: Peppers } {
  keys ??= { prefix: env().TOKEN_PREFIX, peppers: readPeppers(env().TOKEN_PEPPERS) };
  return keys;
}
