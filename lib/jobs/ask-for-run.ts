import { sql } from "drizzle-orm";
import { PgBoss } from "pg-boss";
import { z } from "zod";
import type { Session } from "@/lib/auth/read-session";
import type { Context } from "@/lib/context";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { assertOperator } from "@/lib/organizations/operator-proof";
import { done, type Outcome, refused } from "@/lib/refusal";
import { JOB_NAMES } from "./job-list";

export const askForRunInput = z.strictObject({ name: z.enum(JOB_NAMES, { error: "Choose a job." }) });

/**
 * Has a job run out of its turn, by the first worker that is free, within seconds. One run waits at most, so that asking
 * twice is asking once. Refused where nobody has ever run any. For the operator alone: throws for anybody else.
 */
export async function askForRun(
  operator: Session,
  { name }: z.output<typeof askForRunInput>,
  ctx: Context,
  url = env().DATABASE_URL,
): Promise<Outcome<{ name: string }>> {
  assertOperator(operator);
  const [made] = await ctx.db.execute<{ yes: boolean }>(sql`select to_regclass('pgboss.queue') is not null as yes`);
  if (!made?.yes) return refused("no_worker");
  // Asks and is gone: who runs jobs, and makes the tables for it, are the workers.
  const boss = new PgBoss({ connectionString: url, max: 1, supervise: false, schedule: false, migrate: false });
  boss.on("error", () => {});
  try {
    await boss.start();
    if (!(await boss.getQueue(name))) return refused("no_worker");
    await boss.send(name);
  } finally {
    await boss.stop({ graceful: false });
  }
  log().info({ requestId: ctx.origin.requestId, job: name, by: operator.userId }, "the operator has a job run");
  return done({ name });
}
