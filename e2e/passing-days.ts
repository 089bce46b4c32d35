import { createDatabase, type Db } from "@/db/client";
import { notifyExpiringTokens } from "@/lib/notices/notify-expiring-tokens";
import { deleteInactiveTokens } from "@/lib/tokens/delete-inactive-tokens";
import { databaseUrl, withDatabase } from "./database";

/**
 * Lets days pass for one token, in the server that all tests share: all that is known of it happened so much earlier, and it
 * ends so much sooner. Then whatever is due by now is told, as the job does it within a minute.
 */
export async function letDaysPass(tokenId: string, days: number): Promise<void> {
  await withDatabase((sql) =>
    sql.begin(async (tx) => {
      const passed = tx`${days} * interval '24 hours'`;
      await tx`
        update api_tokens set created_at = created_at - ${passed}, expires_at = expires_at - ${passed},
          expiry_set_at = expiry_set_at - ${passed} where id = ${tokenId}`;
      await tx`
        update expiry_answers set expires_at = expires_at - ${passed}, remind_at = remind_at - ${passed}, at = at - ${passed}
        where token_id = ${tokenId}`;
      await tx`
        update expiry_notices set expires_at = expires_at - ${passed}, at = at - ${passed} where token_id = ${tokenId}`;
    }),
  );
  await tellWhatIsDue();
}

/** Gives a token an end, as if it had been created with it. */
export const setExpiry = (tokenId: string, days: number) =>
  withDatabase(
    (sql) => sql`update api_tokens set expires_at = now() + ${days} * interval '24 hours' where id = ${tokenId}`,
  );

const tellWhatIsDue = () => runNow(notifyExpiringTokens);

/** Looks at unused tokens as the job does every ten minutes. */
export const deleteUnused = () => runNow(deleteInactiveTokens);

async function runNow(job: (ctx: { db: Db; now: Date }) => Promise<unknown>): Promise<void> {
  const { db, end } = createDatabase(await databaseUrl(process.env.E2E_DATA_DIR ?? ""), { max: 1 });
  try {
    await job({ db, now: new Date() });
  } finally {
    await end();
  }
}

/** What waits for an address to be sent, or was: the kinds of messages, oldest first. */
export const mailsTo = (address: string) =>
  withDatabase(async (sql) => {
    const rows = await sql<{ kind: string }[]>`
      select content->>'kind' as kind from outbox where to_address = ${address} order by id`;
    return rows.map(({ kind }) => kind);
  });
