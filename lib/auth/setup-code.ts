import { createHash, randomInt } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { organizations, setupCodes } from "@/db/schema";

// Crockford's base 32: no I, L, O or U, so that a code survives being read aloud.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 12;

/** Whether an organization exists: from then on /setup is closed for good. */
export async function isSetUp(db: Db | Tx): Promise<boolean> {
  const [found] = await db.select({ id: organizations.id }).from(organizations).limit(1);
  return found !== undefined;
}

/**
 * A new code for /setup, such as `7Q4K-M9TX-2HDW` (60 random bits), for the one who reads the output of the start. An
 * older one stops working. Null where an organization exists.
 */
export async function issueSetupCode(db: Db, { now }: { now: Date }): Promise<string | null> {
  const characters = Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
  return await db.transaction(async (tx) => {
    await lockSetup(tx);
    if (await isSetUp(tx)) return null;
    await tx.delete(setupCodes);
    await tx.insert(setupCodes).values({ codeHash: hashSetupCode(characters), createdAt: now });
    return characters.replace(/(.{4})(?=.)/g, "$1-");
  });
}

/** Uses a code up, in the transaction of what it opens. False where it is not the one. */
export async function spendSetupCode(tx: Tx, typed: string): Promise<boolean> {
  const used = await tx
    .delete(setupCodes)
    .where(sql`${setupCodes.codeHash} = ${hashSetupCode(typed)}`)
    .returning({ at: setupCodes.createdAt });
  return used.length === 1;
}

/** Lets one setup happen at a time: those who come second find the code used and the organization there. */
export async function lockSetup(tx: Tx): Promise<void> {
  await tx.execute(sql`lock table ${setupCodes} in exclusive mode`);
}

/** Hashed without salt or stretching: the code is random, short-lived, and its attempts are counted. */
function hashSetupCode(typed: string): Buffer {
  const characters = typed
    .toUpperCase()
    .replace(/[\s-]+/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  return createHash("sha256").update(characters).digest();
}
