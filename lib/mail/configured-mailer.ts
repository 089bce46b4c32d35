import { env, isDevelopment } from "@/lib/env";
import { mailboxMailer } from "./mailbox-mailer";
import type { Mailer } from "./mailer";
import { resendMailer } from "./resend-mailer";
import { smtpMailer } from "./smtp-mailer";

/** How this Latchkey sends: by what is set, into the mailbox in the demo and in development, or not at all. */
export type MailWay = "resend" | "smtp" | "mailbox" | "none";

export function mailWay(): MailWay {
  const { RESEND_API_KEY, SMTP_URL, DEMO_WORLD } = env();
  if (RESEND_API_KEY) return "resend";
  if (SMTP_URL) return "smtp";
  return DEMO_WORLD === "on" || isDevelopment() ? "mailbox" : "none";
}

/** Whether `/dev/mailbox` shows anything: nowhere that real people use. */
export const isMailboxOpen = (): boolean => mailWay() === "mailbox";

/** Null where no way is set: messages then wait in the outbox. */
export function configuredMailer(_db?: unknown): Mailer | null {
  const { RESEND_API_KEY, RESEND_BASE_URL, SMTP_URL, MAIL_FROM, PUBLIC_URL } = env();
  const from = MAIL_FROM ?? { name: "Latchkey", address: `latchkey@${new URL(PUBLIC_URL).hostname}` };
  if (RESEND_API_KEY) return resendMailer({ apiKey: RESEND_API_KEY, baseUrl: RESEND_BASE_URL, from });
  if (SMTP_URL) return smtpMailer({ url: SMTP_URL, from });
  return isMailboxOpen() ? mailboxMailer({ from, clock: () => new Date() }) : null;
}
