import { and, count, eq, inArray, sql } from "drizzle-orm";
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

/** Messages that may wait for one receiver before what somebody did gives way to everybody else's. */
const MANY = 20;
const AFTER_ALL_OTHERS = 3;

/**
 * Writes messages in the transaction of what they tell: where that fails, nothing is sent. Who has a receiver told of one
 * thing after the other holds up nobody else's messages by it.
 */
export async function writeMail(tx: Tx, mails: readonly NewMail[], now: Date): Promise<void> {
  const flooded = await floodedReceivers(tx, mails);
  for (let at = 0; at < mails.length; at += CHUNK) {
    await tx.insert(outbox).values(
      mails.slice(at, at + CHUNK).map((mail) => ({
        ...mail,
        id: uuidv7(),
        urgency:
          urgencyOf(mail.content) === 1 && flooded.has(mail.memberId) ? AFTER_ALL_OTHERS : urgencyOf(mail.content),
        tellBy: mail.tellBy ?? now,
        createdAt: now,
        nextAttemptAt: now,
      })),
    );
  }
}

/** Of the receivers of what somebody did, those for whom many messages wait already. */
async function floodedReceivers(tx: Tx, mails: readonly NewMail[]): Promise<ReadonlySet<string>> {
  const [first] = mails;
  const receivers = mails.filter(({ content }) => urgencyOf(content) === 1).map(({ memberId }) => memberId);
  if (!first || receivers.length === 0) return new Set();
  const rows = await tx
    .select({ memberId: outbox.memberId })
    .from(outbox)
    .where(
      and(
        eq(outbox.organizationId, first.organizationId),
        inArray(outbox.memberId, [...new Set(receivers)]),
        eq(outbox.state, sql`'waiting'`),
      ),
    )
    .groupBy(outbox.memberId)
    .having(sql`${count()} >= ${MANY}`);
  return new Set(rows.map(({ memberId }) => memberId));
}
