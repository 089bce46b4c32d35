import { and, eq, sql } from "drizzle-orm";
import { passwords, users } from "@/db/schema";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { PasswordsBusy, verifyPassword } from "./password";
import { signInAttempt } from "./sign-in-limits";

const tooMany = (retryAfterSeconds: number): Outcome<never> => ({
  ok: false,
  refusal: { code: "too_many_attempts", retryAfterSeconds },
});

/**
 * Whose email and password these are. The answer to a wrong password and to an unknown account is the same, in words and
 * in time.
 */
export async function verifySignIn(
  { email, password }: { email: string; password: string },
  { db, origin }: Pick<Context, "db" | "origin">,
): Promise<Outcome<{ userId: string }>> {
  const attempt = await signInAttempt(db, email, origin.ip);
  if (!attempt.ok) return tooMany(attempt.retryAfterSeconds);
  const [account] = await db
    .select({ userId: users.id, hash: passwords.hash })
    .from(users)
    .innerJoin(passwords, eq(passwords.userId, users.id))
    .where(and(eq(sql`lower(${users.email})`, sql`lower(${email})`), eq(users.kind, "person")));
  try {
    const matches = await verifyPassword(account?.hash ?? null, password);
    if (!matches || !account) return refused("sign_in_failed");
  } catch (error) {
    if (!(error instanceof PasswordsBusy)) throw error;
    await attempt.notMade();
    return tooMany(60);
  }
  await attempt.succeeded();
  return done({ userId: account.userId });
}
