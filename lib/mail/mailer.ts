import type { Db } from "@/db/client";
import type { MailAddress } from "./mail-address";
import type { KeptMail } from "./mail-content";

/** A message on its way. */
export interface Message extends KeptMail {
  /** The same for every attempt: idempotency key, and the left half of the Message-ID. */
  id: string;
  to: MailAddress;
}

/**
 * What came of an attempt. `refused` and `unavailable` were certainly not taken: one is a matter of this message or its
 * receiver, the other of the server or our account with it, so that no other message would fare better now. `unknown` may
 * have been taken, so it is tried again as the same message. `code` is short and without words of the other side.
 */
export type Delivery =
  | { outcome: "sent" }
  | { outcome: "refused"; isFinal: boolean; code: string }
  | { outcome: "unavailable"; code: string }
  | { outcome: "unknown"; code: string };

/** A way that leads out of here. */
export interface Transport {
  send(message: Message): Promise<Delivery>;
}

/** A way to send, within two minutes. Never rejects: whatever goes wrong at the other side is an outcome. */
export interface Mailer {
  /** `tx` is the transaction that holds the message, for a way that ends in the database. */
  send(message: Message, tx: Db): Promise<Delivery>;
  close?(): Promise<void>;
}
