import { and, inArray, lte } from "drizzle-orm";
import type { Db } from "@/db/client";
import { refusedCalls } from "@/db/schema";
import { type GoesOn, inChunks } from "@/lib/in-chunks";
import { DAY } from "@/lib/tokens/token-status";
import { KEPT_DAYS } from "./read-refused-calls";

const CHUNK = 5000;

/** Removes refused calls after their time, the oldest first. */
export async function clearRefusedCalls(
  { db, now }: { db: Db; now: Date },
  { goesOn, chunk = CHUNK }: { goesOn?: GoesOn; chunk?: number } = {},
): Promise<{ refused_calls: number }> {
  const isOld = lte(refusedCalls.at, new Date(now.getTime() - KEPT_DAYS * DAY));
  const oldest = (size: number) =>
    db.select({ id: refusedCalls.id }).from(refusedCalls).where(isOld).orderBy(refusedCalls.at).limit(size);
  const remove = (size: number) =>
    db
      .delete(refusedCalls)
      .where(and(isOld, inArray(refusedCalls.id, oldest(size))))
      .returning({ id: refusedCalls.id });
  return { refused_calls: await inChunks(chunk, remove, goesOn) };
}
