import { and, inArray, lte } from "drizzle-orm";
import type { Db } from "@/db/client";
import { refusedCalls } from "@/db/schema";
import { DAY } from "@/lib/tokens/token-status";
import { KEPT_DAYS } from "./read-refused-calls";

const CHUNK = 5000;

/** Removes refused calls after their time. */
export async function clearRefusedCalls({ db, now }: { db: Db; now: Date }): Promise<{ refused_calls: number }> {
  const isOld = lte(refusedCalls.at, new Date(now.getTime() - KEPT_DAYS * DAY));
  const gone = await db
    .delete(refusedCalls)
    .where(
      and(
        isOld,
        inArray(refusedCalls.id, db.select({ id: refusedCalls.id }).from(refusedCalls).where(isOld).limit(CHUNK)),
      ),
    )
    .returning({ id: refusedCalls.id });
  return { refused_calls: gone.length };
}
