import type { MailAddress } from "./mail-address";
import type { RenderedMail } from "./mail-content";

/** A message on its way. */
export interface Message extends RenderedMail {
  /** The same for every attempt: idempotency key, and the left half of the Message-ID. */
  id: string;
  /** With its angle brackets (RFC 5322, 3.6.4). */
  messageId: string;
  to: MailAddress;
}

/**
 * What came of an attempt. `refused` was certainly not taken; `unknown` may have been, so it is tried again as the same
 * message. `code` is short and without words of the other side.
 */
export type Delivery =
  | { outcome: "sent" }
  | { outcome: "refused"; isFinal: boolean; code: string }
  | { outcome: "unknown"; code: string };

/** A way to send. Never rejects: whatever goes wrong is an outcome. */
export interface Mailer {
  send(message: Message): Promise<Delivery>;
  close?(): Promise<void>;
}
