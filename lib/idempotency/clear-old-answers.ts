import { inArray, lte, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { idempotentRequests } from "@/db/schema";
import { type GoesOn, inChunks } from "@/lib/in-chunks";
import { ANSWERS_KEPT } from "./answer-once";

const CHUNK = 5000;

/** Removes answers to keys after their day, the oldest first. */
export async function clearOldAnswers(
  { db, now }: { db: Db; now: Date },
  { goesOn, chunk = CHUNK }: { goesOn?: GoesOn; chunk?: number } = {},
): Promise<{ answers: number }> {
  const isOld = lte(idempotentRequests.createdAt, new Date(now.getTime() - ANSWERS_KEPT));
  const oldest = (size: number) =>
    db
      .select({ row: sql`ctid` })
      .from(idempotentRequests)
      .where(isOld)
      .orderBy(idempotentRequests.createdAt)
      .limit(size);
  const remove = (size: number) =>
    db
      .delete(idempotentRequests)
      .where(inArray(sql`ctid`, oldest(size)))
      .returning({ key: idempotentRequests.key });
  return { answers: await inChunks(chunk, remove, goesOn) };
}
