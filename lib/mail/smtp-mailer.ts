import { createTransport } from "nodemailer";
import { displayName, isMailAddress, type MailAddress } from "./mail-address";
import type { Delivery, Mailer } from "./mailer";

/** Milliseconds. A server that is slower than that is tried again. */
const CONNECT_WITHIN = 10_000;
const ANSWER_WITHIN = 30_000;

/** Before the message was handed over: nobody can have it. */
const NOT_BEGUN = new Set(["ECONNREFUSED", "EDNS", "ETLS", "EAUTH", "ENOAUTH", "EREQUIRETLS"]);

/** Sends by a mail server (RFC 5321) at an address such as `smtps://user:password@mail.example.com`. */
export function smtpMailer({
  url,
  from,
  answerWithin = ANSWER_WITHIN,
}: {
  url: string;
  from: MailAddress;
  answerWithin?: number;
}): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: CONNECT_WITHIN,
    greetingTimeout: answerWithin,
    socketTimeout: answerWithin,
    dnsTimeout: CONNECT_WITHIN,
    // Nothing of a message is a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(message) {
      if (!isMailAddress(message.to.address)) return { outcome: "refused", isFinal: true, code: "address_invalid" };
      try {
        await transport.sendMail({
          from: { name: displayName(from.name), address: from.address },
          to: { name: displayName(message.to.name), address: message.to.address },
          subject: message.subject,
          html: message.html,
          text: message.text,
          headers: message.headers,
          messageId: message.messageId,
          // Answers to it that nobody wrote help nobody (RFC 3834).
          xMailer: false,
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        return { outcome: "sent" };
      } catch (error) {
        return deliveryOf(error as { code?: string; responseCode?: number; errno?: string });
      }
    },
    close: async () => transport.close(),
  };
}

function deliveryOf({ code, responseCode }: { code?: string; responseCode?: number }): Delivery {
  const said = code && /^[A-Z]{2,20}$/.test(code) ? code.toLowerCase() : "failed";
  if (responseCode) {
    // A wrong password is a matter of the settings; any other 5xx is for good (RFC 5321, 4.2.1).
    const isFinal = responseCode >= 500 && code !== "EAUTH" && responseCode !== 530 && responseCode !== 535;
    return { outcome: "refused", isFinal, code: `smtp_${responseCode}` };
  }
  return NOT_BEGUN.has(code ?? "")
    ? { outcome: "refused", isFinal: false, code: said }
    : { outcome: "unknown", code: said };
}
