import { drizzle } from "drizzle-orm/postgres-js";
import { createDatabase } from "@/db/client";
import * as schema from "@/db/schema";
import { sendOutbox } from "@/lib/mail/send-outbox";
import { smtpMailer } from "@/lib/mail/smtp-mailer";
import { notifyExpiringTokens } from "@/lib/notices/notify-expiring-tokens";
import { PUBLIC_URL } from "./mail-rows";

/** What another worker does at the same time, from the first token to the last message, unless it is killed. */
export interface Notifying {
  url: string;
  smtpUrl: string;
  /** ISO 8601. */
  now: string;
  /** Which of its statements it is killed at, once that is on its way. 1 for the first, null for none. */
  killAtStatement: number | null;
}

process.on("message", (message) => {
  void work(message as Notifying).then(() => process.exit(0));
});
process.send?.("ready");

async function work({ url, smtpUrl, now, killAtStatement }: Notifying): Promise<void> {
  const { sql } = createDatabase(url, { max: 2 });
  let statements = 0;
  const logQuery = () => {
    statements += 1;
    if (statements === killAtStatement) setImmediate(() => process.kill(process.pid, "SIGKILL"));
  };
  const db = drizzle(sql, { schema, logger: { logQuery } });
  const at = new Date(now);
  await notifyExpiringTokens({ db, now: at });
  const mailer = smtpMailer({ url: smtpUrl, from: { name: "", address: "tokens@tokens.example" } });
  await sendOutbox({ db, clock: () => at, mailer, publicUrl: PUBLIC_URL });
}
