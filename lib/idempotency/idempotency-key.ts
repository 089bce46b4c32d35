import { Problem } from "@/lib/http/problem";

/** What the table holds, and far more than any identifier needs. */
const MOST_CHARACTERS = 255;

/** A string as draft-ietf-httpapi-idempotency-key-header asks for: quoted (RFC 9651, 3.3.3). */
const QUOTED = /^"((?:[ !#-[\]-~]|\\["\\])*)"$/;
/** As most programs write it. What could part two values is left out of it. */
const BARE = /^[!#-+\--:<-[\]-~]+$/;

/** The key in an `Idempotency-Key` header, quoted or bare. Throws `Problem` 400 where it is none. */
export function parseIdempotencyKey(header: string): string {
  const quoted = QUOTED.exec(header.trim())?.[1]?.replace(/\\(.)/g, "$1");
  const key = quoted ?? (BARE.test(header.trim()) ? header.trim() : "");
  if (key === "" || key.length > MOST_CHARACTERS) throw new Problem("invalid_idempotency_key");
  return key;
}
