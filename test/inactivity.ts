import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens, inactivityNotices, inactivityWatches } from "@/db/schema";
import { deleteInactiveTokens } from "@/lib/tokens/delete-inactive-tokens";
import { days } from "./clock";
import type { World } from "./world";

const TEN_MINUTES = 600_000;

/** Runs the job at this moment, as one that ran ten minutes before. */
export async function lookAt(db: Db, now: Date, options?: { limit?: number }) {
  await db.update(inactivityWatches).set({ lookedAt: new Date(now.getTime() - TEN_MINUTES) });
  return deleteInactiveTokens({ db, now }, options);
}

/** The rule of a world was on long before anything of its tokens happened. */
export async function watchLongAgo(db: Db, world: World): Promise<void> {
  const at = days(-2000);
  await db.insert(inactivityWatches).values({ organizationId: world.organizationId, since: at, lookedAt: at });
}

/** What was told, by token: when it is deleted. */
export async function noticesOf(db: Db, world: World): Promise<Record<string, Date>> {
  const rows = await db
    .select()
    .from(inactivityNotices)
    .where(eq(inactivityNotices.organizationId, world.organizationId));
  return Object.fromEntries(rows.map(({ tokenId, dueAt }) => [tokenId, dueAt]));
}

export const markUsed = (db: Db, { id }: { id: string }, at: Date) =>
  db.update(apiTokens).set({ lastUsedAt: at }).where(eq(apiTokens.id, id));
