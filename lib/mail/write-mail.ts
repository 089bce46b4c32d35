import { v7 as uuidv7 } from "uuid";
import type { Tx } from "@/db/client";
import { outbox } from "@/db/schema";
import type { MailContent } from "./mail-content";

/** A message to a member, to be sent once the transaction that writes it is done. */
export interface NewMail {
  organizationId: string;
  memberId: string;
  toName: string;
  toAddress: string;
  content: MailContent;
  /** When what it tells of comes to pass; none where that has happened. */
  tellBy?: Date;
}

/** First what nobody may oversee, then what somebody did; what the policy does, or is about to do, waits for these. */
function urgencyOf(content: MailContent): number {
  if (content.kind === "token_leaked") return 0;
  return "by" in content && content.by !== null ? 1 : 2;
}

/** Rows of one statement. */
const CHUNK = 1000;

/** Writes messages in the transaction of what they tell: where that fails, nothing is sent. */
export async function writeMail(tx: Tx, mails: readonly NewMail[], now: Date): Promise<void> {
  for (let at = 0; at < mails.length; at += CHUNK) {
    await tx.insert(outbox).values(
      mails.slice(at, at + CHUNK).map((mail) => ({
        ...mail,
        id: uuidv7(),
        urgency: urgencyOf(mail.content),
        tellBy: mail.tellBy ?? now,
        createdAt: now,
        nextAttemptAt: now,
      })),
    );
  }
}
