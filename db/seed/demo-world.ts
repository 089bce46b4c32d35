import { v7 as uuidv7 } from "uuid";
import type { Db } from "@/db/client";
import { organizations, passwords, users } from "@/db/schema";
import { DEMO_EMAILS, DEMO_OPERATOR, DEMO_ORGANIZATIONS, DEMO_PASSWORD } from "@/lib/auth/demo-accounts";
import { hashPassword } from "@/lib/auth/password";
import { acme } from "./acme";
import { daysAgo } from "./demo-times";
import { fairground } from "./fairground";
import { harbor } from "./harbor";
import { ironvault } from "./ironvault";
import { meridian } from "./meridian";
import { writeOrganization } from "./write-organization";
import { type TokenMinting, writeTokens } from "./write-tokens";

const PLANS = [acme, fairground, ironvault, harbor, meridian];

/**
 * Fills an empty database with five organizations, one for each preset, so that the whole product can be tried. Does
 * nothing where any organization exists. All or nothing: one transaction. Every date is relative to `now`.
 */
export async function seedDemoWorld(db: Db, minting: TokenMinting): Promise<void> {
  if (await isInhabited(db)) return;
  // Slow on purpose and done in threads: all at once, and before the transaction opens.
  const hashes = new Map(
    await Promise.all([...DEMO_EMAILS].map(async (email) => [email, await hashPassword(DEMO_PASSWORD)] as const)),
  );
  await db.transaction(async (tx) => {
    if (await isInhabited(tx)) return;
    for (const plan of PLANS) {
      const demo = DEMO_ORGANIZATIONS.find(({ domain }) => domain === plan.domain);
      if (!demo) throw new Error(`no demo accounts for ${plan.domain}`);
      const written = await writeOrganization(tx, plan, demo, { now: minting.now, hashes });
      await writeTokens(tx, plan, written, minting);
    }
    await writeOperator(tx, minting.now, hashes.get(DEMO_OPERATOR.email) ?? "");
  });
}

async function isInhabited(db: Db): Promise<boolean> {
  const found = await db.select({ id: organizations.id }).from(organizations).limit(1);
  return found.length > 0;
}

async function writeOperator(tx: Db, now: Date, hash: string): Promise<void> {
  const createdAt = daysAgo(425, now);
  const id = uuidv7({ msecs: createdAt.getTime() });
  const { name, email } = DEMO_OPERATOR;
  await tx.insert(users).values({ id, name, email, isOperator: true, createdAt });
  await tx.insert(passwords).values({ userId: id, hash, updatedAt: createdAt });
}
