import type { Db } from "@/db/client";
import { passwords } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { hashPassword } from "@/lib/auth/password";

export const PASSWORD = "seven grey herons";

/** Gives a member a password to sign in with, set a day before `now`. */
export async function givePassword(db: Db, { userId }: Pick<MemberActor, "userId">, now = new Date()): Promise<void> {
  const updatedAt = new Date(now.getTime() - 86_400_000);
  await db
    .insert(passwords)
    .values({ userId, hash: await hashPassword(PASSWORD), updatedAt })
    .onConflictDoNothing();
}
