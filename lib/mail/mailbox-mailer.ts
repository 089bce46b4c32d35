import { localMailbox } from "@/db/schema";
import { addressLine, isMailAddress, type MailAddress } from "./mail-address";
import type { Mailer } from "./mailer";

/** Puts messages where they can be read instead of sending them: for the demo and for development, without a mail server. */
export function mailboxMailer({ from, clock }: { from: MailAddress; clock: () => Date }): Mailer {
  return {
    async send({ id, messageId, to, subject, html, text, headers }, tx) {
      if (!isMailAddress(to.address)) return { outcome: "refused", isFinal: true, code: "address_invalid" };
      await tx
        .insert(localMailbox)
        .values({
          id,
          at: clock(),
          fromLine: addressLine(from),
          toAddress: to.address,
          toLine: addressLine(to),
          subject,
          html,
          text,
          headers: { ...headers, "Message-ID": messageId },
        })
        .onConflictDoNothing();
      return { outcome: "sent" };
    },
  };
}
