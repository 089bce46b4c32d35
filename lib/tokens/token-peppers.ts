import { createSecretKey } from "node:crypto";
import type { Pepper } from "./token-secret";

/** The current pepper, for new tokens, and all that hashes may still be under, by id. */
export interface Peppers {
  current: Pepper;
  byId: ReadonlyMap<string, Pepper>;
}

/** From the parsed list of `TOKEN_PEPPERS`, current one first. */
export function readPeppers(list: readonly { id: string; secret: Buffer }[]): Peppers {
  const peppers = list.map(({ id, secret }) => ({ id, key: createSecretKey(secret) }));
  const [current] = peppers;
  if (!current) throw new Error("no pepper");
  return { current, byId: new Map(peppers.map((pepper) => [pepper.id, pepper])) };
}
