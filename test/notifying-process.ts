import { createDatabase } from "@/db/client";
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
}

process.on("message", (message) => {
  void work(message as Notifying).then(() => process.send?.("done", () => process.exit(0)));
});
process.send?.("ready");

async function work({ url, smtpUrl, now }: Notifying): Promise<void> {
  const { db } = createDatabase(url, { max: 2 });
  const at = new Date(now);
  process.send?.("begins");
  await notifyExpiringTokens({ db, now: at });
  const mailer = smtpMailer({ url: smtpUrl, from: { name: "", address: "tokens@tokens.example" } });
  await sendOutbox({ db, now: at, mailer, publicUrl: PUBLIC_URL });
}
