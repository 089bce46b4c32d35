import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { outbox } from "@/db/schema";
import type { Session } from "@/lib/auth/read-session";
import type { Context } from "@/lib/context";
import { log } from "@/lib/log";
import { assertOperator } from "@/lib/organizations/operator-proof";
import { done, type Outcome, refused } from "@/lib/refusal";

/** One message that was given up, or all of them. */
export const sendAgainInput = z.union([z.strictObject({ id: z.uuid() }), z.strictObject({ all: z.literal(true) })], {
  error: "Choose a message.",
});

/**
 * Has messages that were given up tried again from the start, each as the same message. Of two who ask for one, the second
 * is refused; all of them are how many there are. For the operator alone: throws for anybody else.
 */
export async function sendAgain(
  operator: Session,
  input: z.output<typeof sendAgainInput>,
  ctx: Context,
): Promise<Outcome<{ count: number }>> {
  assertOperator(operator);
  const rows = await ctx.db
    .update(outbox)
    .set({ state: "waiting", attempts: 0, nextAttemptAt: ctx.now, settledAt: null })
    .where(and(eq(outbox.state, "dead"), "id" in input ? eq(outbox.id, input.id) : undefined))
    .returning({ id: outbox.id });
  const asked = { requestId: ctx.origin.requestId, messages: rows.length, by: operator.userId };
  if (rows.length > 0) log().info({ ...asked, ...input }, "the operator has mail sent again");
  return rows.length > 0 || "all" in input ? done({ count: rows.length }) : refused("not_found");
}
