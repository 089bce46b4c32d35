import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { createTransport } from "nodemailer";
import SMTPTransport from "nodemailer/lib/smtp-transport/index.js";
import { displayName, isMailAddress, type MailAddress } from "./mail-address";
import type { Delivery, Transport } from "./mailer";

/** Milliseconds. A server that is slower than that is tried again. */
const CONNECT_WITHIN = 10_000;
const ANSWER_WITHIN = 30_000;
/** For one message, whatever the server does: some drip. */
const SEND_WITHIN = 120_000;

/** Of the connection, before anything was said of a message. */
const NO_CONNECTION = new Set(["EDNS", "ETLS", "EAUTH", "ENOAUTH"]);
/** The service closes; a user and a password are wanted, or wrong: never a matter of the message. */
const OF_ACCOUNT = [421, 530, 535];

/** Sends by a mail server (RFC 5321) at an address such as `smtps://user:password@mail.example.com`. */
export function smtpMailer({
  url,
  from,
  answerWithin = ANSWER_WITHIN,
  sendWithin = SEND_WITHIN,
}: {
  url: string;
  from: MailAddress;
  answerWithin?: number;
  sendWithin?: number;
}): Transport {
  // Given to `createTransport` itself, an address makes the library forget every other option, time limits included.
  const options = {
    url,
    connectionTimeout: CONNECT_WITHIN,
    greetingTimeout: answerWithin,
    socketTimeout: answerWithin,
    dnsTimeout: CONNECT_WITHIN,
  };
  return {
    async send(message) {
      if (!isMailAddress(message.to.address)) return { outcome: "refused", isFinal: true, code: "address_invalid" };
      const transport = createTransport(new SMTPTransport(options));
      // Nobody reads the message before the server has asked for it: until then it cannot have it.
      let isHandedOver = false;
      transport.use("stream", ({ message: source }, next) => {
        source.processFunc((input) =>
          Readable.from(
            (async function* () {
              isHandedOver = true;
              yield* input;
            })(),
            { objectMode: false },
          ),
        );
        next();
      });
      const sending = transport
        .sendMail({
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
        })
        .then(
          (): Delivery => ({ outcome: "sent" }),
          (error: SmtpError) => deliveryOf(error, isHandedOver),
        );
      const over = new AbortController();
      try {
        // What still goes on then may arrive.
        const tooLong: Promise<Delivery> = pause(sendWithin, { outcome: "unknown", code: "etimedout" } as const, {
          signal: over.signal,
        });
        tooLong.catch(() => {});
        return await Promise.race([sending, tooLong]);
      } finally {
        over.abort();
      }
    },
  };
}

interface SmtpError {
  code?: string;
  /** What the server said, where it said something. */
  responseCode?: number;
  /** What it said that to. */
  command?: string;
  /** The system call that failed. */
  syscall?: string;
}

function deliveryOf({ code = "", responseCode = 0, command, syscall }: SmtpError, isHandedOver: boolean): Delivery {
  const isNo = responseCode >= 400;
  const said = /^[A-Z]{2,20}$/.test(code) ? code.toLowerCase() : "failed";
  // EENVELOPE comes of all that is said before the message. A code without the rest of its line is no answer to it.
  if (isHandedOver && code !== "EENVELOPE" && !(isNo && command === "DATA")) return { outcome: "unknown", code: said };
  if (isNo) {
    const isOfMessage = (command === "RCPT TO" || command === "DATA") && !OF_ACCOUNT.includes(responseCode);
    // 5xx is for good (RFC 5321, 4.2.1), where it is the receiver or the message that is refused.
    return isOfMessage
      ? { outcome: "refused", isFinal: responseCode >= 500, code: `smtp_${responseCode}` }
      : { outcome: "unavailable", code: code === "EAUTH" ? said : `server_${responseCode}` };
  }
  return syscall === "connect" || NO_CONNECTION.has(code)
    ? { outcome: "unavailable", code: said }
    : { outcome: "refused", isFinal: false, code: said };
}
