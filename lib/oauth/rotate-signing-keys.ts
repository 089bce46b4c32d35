import { and, eq, gt, lte, ne, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { signingKeys } from "@/db/schema";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import type { Peppers } from "@/lib/tokens/token-peppers";
import { openKey, sealKey } from "./sealed-key";
import { keepKeys } from "./signing-keys";

/**
 * Makes the next key in time, seals the others under the current pepper, and removes those whose signatures nobody believes
 * any more. Several may run at once.
 */
export async function rotateSigningKeys(
  { db }: { db: Db },
  peppers: Peppers = mintingKeys().peppers,
): Promise<{ made: number; resealed: number; removed: number }> {
  return db.transaction(async (tx) => {
    const made = await keepKeys(tx, peppers);
    const resealed = await resealKeys(tx, peppers);
    const removed = await tx
      .delete(signingKeys)
      .where(lte(signingKeys.believedUntil, sql`now()`))
      .returning({ id: signingKeys.id });
    return { made, resealed, removed: removed.length };
  });
}

/** Until then the former pepper has to stay in TOKEN_PEPPERS. One whose pepper is gone is left: its public half still serves. */
async function resealKeys(tx: Tx, { current, byId }: Peppers): Promise<number> {
  const others = await tx
    .select()
    .from(signingKeys)
    .where(and(ne(signingKeys.pepperId, current.id), gt(signingKeys.believedUntil, sql`now()`)));
  let resealed = 0;
  for (const { id, privateKey, pepperId } of others) {
    const pepper = byId.get(pepperId);
    if (!pepper) continue;
    const sealed = sealKey(openKey(privateKey, id, pepper), id, current);
    await tx.update(signingKeys).set({ privateKey: sealed, pepperId: current.id }).where(eq(signingKeys.id, id));
    resealed++;
  }
  return resealed;
}

/**
 * Ends a key at once, as where its private half may be in other hands: nothing that it signed is believed at the next check.
 * Whoever verifies by the published keys hears of it when they read them again. `over`: it was believed no more before, so
 * that nothing was changed; since when. Null where there is no such key.
 */
export async function retireSigningKey(
  kid: string,
  { db }: { db: Db },
): Promise<{ retired: Date } | { over: Date } | null> {
  const [retired] = await db
    .update(signingKeys)
    .set({ believedUntil: sql`now()` })
    .where(and(eq(signingKeys.id, kid), gt(signingKeys.believedUntil, sql`now()`)))
    .returning({ at: signingKeys.believedUntil });
  if (retired) return { retired: retired.at };
  const [known] = await db.select({ at: signingKeys.believedUntil }).from(signingKeys).where(eq(signingKeys.id, kid));
  return known ? { over: known.at } : null;
}
