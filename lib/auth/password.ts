import { hash, verify } from "@node-rs/argon2";

// Argon2id with the parameters that OWASP gives as the floor: 19 MiB, two passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

/** Each hash takes a thread of Node's pool and 19 MiB, so a few run at a time and a crowd is turned away. */
const AT_ONCE = 2;
const WAITING_AT_MOST = 100;

/** Thrown instead of queueing without end: nothing was checked. */
export class PasswordsBusy extends Error {
  override name = "PasswordsBusy";
}

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING_AT_MOST) throw new PasswordsBusy();
    // Whoever ends hands its turn on, so `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

// The same password typed on another keyboard may arrive in another composition (NIST SP 800-63B).
const normal = (password: string) => password.normalize("NFKC");

/** The PHC string to store. Argon2id takes one (RFC 9106); the salt is inside. Throws `PasswordsBusy`. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normal(password), COST));
}

// Well-formed, of the same cost, and the hash of nothing.
const NOBODY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${"A".repeat(22)}$${"A".repeat(43)}`;

/**
 * Whether the password is the one hashed. Where there is no account, `stored` is null, and the same work is done for
 * nothing, so that the time of an answer does not tell who has one. Throws `PasswordsBusy`.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const matches = await inTurn(() => verify(stored ?? NOBODY, normal(password)));
  return stored !== null && matches;
}
