import { inArray, lte, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { idempotentRequests } from "@/db/schema";
import { ANSWERS_KEPT } from "./answer-once";

const CHUNK = 5000;

/** Removes answers to keys after their day. */
export async function clearOldAnswers({ db, now }: { db: Db; now: Date }): Promise<{ answers: number }> {
  const isOld = lte(idempotentRequests.createdAt, new Date(now.getTime() - ANSWERS_KEPT));
  const old = db.select({ row: sql`ctid` }).from(idempotentRequests).where(isOld).limit(CHUNK);
  const gone = await db
    .delete(idempotentRequests)
    .where(inArray(sql`ctid`, old))
    .returning({ key: idempotentRequests.key });
  return { answers: gone.length };
}
