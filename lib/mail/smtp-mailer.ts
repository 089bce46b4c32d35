import { createTransport } from "nodemailer";
import SMTPTransport from "nodemailer/lib/smtp-transport/index.js";
import { displayName, isMailAddress, type MailAddress } from "./mail-address";
import type { Delivery, Mailer } from "./mailer";

/** Milliseconds. A server that is slower than that is tried again. */
const CONNECT_WITHIN = 10_000;
const ANSWER_WITHIN = 30_000;

/** Before the message was handed over: nobody can have it. */
const NOT_BEGUN = new Set(["EDNS", "ETLS", "EAUTH", "ENOAUTH", "EREQUIRETLS"]);

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
  // Given to `createTransport` itself, an address makes the library forget every other option, time limits included.
  const smtp = new SMTPTransport({
    url,
    connectionTimeout: CONNECT_WITHIN,
    greetingTimeout: answerWithin,
    socketTimeout: answerWithin,
    dnsTimeout: CONNECT_WITHIN,
  });
  const transport = createTransport(smtp);
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
          xMailer: false,
          // Nothing of a message is a file or an address to fetch.
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        return { outcome: "sent" };
      } catch (error) {
        return deliveryOf(error as SmtpError);
      }
    },
    close: async () => transport.close(),
  };
}

interface SmtpError {
  code?: string;
  /** What the server said, where it said something. */
  responseCode?: number;
  /** The system call that failed. */
  syscall?: string;
}

function deliveryOf({ code, responseCode, syscall }: SmtpError): Delivery {
  const said = code && /^[A-Z]{2,20}$/.test(code) ? code.toLowerCase() : "failed";
  if (responseCode) {
    // A wrong password is a matter of the settings; any other 5xx is for good (RFC 5321, 4.2.1).
    const isFinal = responseCode >= 500 && code !== "EAUTH" && responseCode !== 530 && responseCode !== 535;
    return { outcome: "refused", isFinal, code: `smtp_${responseCode}` };
  }
  return syscall === "connect" || NOT_BEGUN.has(code ?? "")
    ? { outcome: "refused", isFinal: false, code: said }
    : { outcome: "unknown", code: said };
}
