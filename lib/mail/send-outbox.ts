import { and, asc, eq, lte } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { outbox } from "@/db/schema";
import { headerText, isMailAddress } from "./mail-address";
import { MOST_ATTEMPTS, nextAttempt } from "./mail-attempts";
import type { RenderedMail } from "./mail-content";
import type { Delivery, Mailer } from "./mailer";
import { prepareMail } from "./prepare-mail";

export interface SendContext {
  db: Db;
  now: Date;
  mailer: Mailer;
  publicUrl: string;
}

type Row = typeof outbox.$inferSelect;
type Begun = Row & { rendered: RenderedMail; wasDoubtful: boolean };

export interface SendCounts extends Record<string, number> {
  sent: number;
  /** To be tried again. */
  failed: number;
  dead: number;
  dropped: number;
}

/**
 * Sends what is due, the longest waiting first, `limit` messages at most. Several workers may run it at once: each holds
 * the row of the message that it sends, so nobody else sends it meanwhile. One that is killed leaves the message to be sent
 * again, under the same Message-ID, after the wait that it had written down before it began.
 */
export async function sendOutbox(ctx: SendContext, { limit = 500 }: { limit?: number } = {}): Promise<SendCounts> {
  const counts: SendCounts = { sent: 0, failed: 0, dead: 0, dropped: 0 };
  for (let done = 0; done < limit; done += 1) {
    const begun = await begin(ctx);
    if (begun === "none") break;
    if (begun === "over") counts.dropped += 1;
    else if (begun === "dead") counts.dead += 1;
    else counts[(await attempt(begun, ctx)) ?? "failed"] += 1;
  }
  return counts;
}

/**
 * Takes the next message and writes down, before anything leaves, that an attempt began: whoever finds it after a crash
 * knows that it may be with its receiver. What it says is settled here, once.
 */
async function begin({ db, now, publicUrl }: SendContext): Promise<Begun | "none" | "over" | "dead"> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(outbox)
      .where(and(eq(outbox.state, "waiting"), lte(outbox.nextAttemptAt, now)))
      .orderBy(asc(outbox.nextAttemptAt), asc(outbox.id))
      .limit(1)
      .for("update", { skipLocked: true });
    if (!row) return "none";
    // A kill at the last attempt leaves one attempt too many; nothing is tried for ever.
    if (row.attempts >= MOST_ATTEMPTS || !isMailAddress(row.toAddress)) {
      await settle(
        tx,
        row,
        { state: "dead", failure: row.failure ?? (row.attempts ? "no_answer" : "address_invalid") },
        now,
      );
      return "dead";
    }
    // Once somebody may have it, it stays what it was; before, it tells what is true now.
    const rendered = row.doubtful ? row.rendered : await prepareMail(tx, row, { publicUrl, now });
    if (!rendered) {
      await settle(tx, row, { state: "dropped" }, now);
      return "over";
    }
    const attempts = row.attempts + 1;
    const begun = { attempts, rendered, doubtful: true, nextAttemptAt: nextAttempt(attempts, now) ?? afterLast(now) };
    await tx.update(outbox).set(begun).where(eq(outbox.id, row.id));
    return { ...row, ...begun, wasDoubtful: row.doubtful };
  });
}

/** Null where somebody else has taken the message over since. */
async function attempt(begun: Begun, ctx: SendContext): Promise<"sent" | "failed" | "dead" | null> {
  const { db, mailer, publicUrl, now } = ctx;
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(outbox)
      .where(and(eq(outbox.id, begun.id), eq(outbox.state, "waiting"), eq(outbox.attempts, begun.attempts)))
      // Waits: whoever looks for work holds rows for a moment that they then pass over.
      .for("update");
    if (!row) return null;
    const delivery = await deliver(mailer, begun, publicUrl);
    if (delivery.outcome === "sent") {
      await settle(tx, row, { state: "sent", doubtful: false, failure: null }, now);
      return "sent";
    }
    const failure = headerText(delivery.code, 80);
    const next = nextAttempt(row.attempts, now);
    if (!next || (delivery.outcome === "refused" && delivery.isFinal)) {
      await settle(tx, row, { state: "dead", failure, doubtful: delivery.outcome === "unknown" }, now);
      return "dead";
    }
    // Refused for certain, and no earlier attempt in doubt: nobody has it.
    const doubtful = delivery.outcome === "unknown" || begun.wasDoubtful;
    await tx.update(outbox).set({ failure, doubtful }).where(eq(outbox.id, row.id));
    return "failed";
  });
}

async function deliver(
  mailer: Mailer,
  { id, rendered, toName, toAddress }: Begun,
  publicUrl: string,
): Promise<Delivery> {
  try {
    const to = { name: toName, address: toAddress };
    return await mailer.send({ ...rendered, id, messageId: messageId(id, publicUrl), to });
  } catch {
    return { outcome: "unknown", code: "failed" };
  }
}

/** The same for every attempt; the host is ours, so nobody else makes such an id (RFC 5322, 3.6.4). */
export const messageId = (id: string, publicUrl: string): string => `<${id}@${new URL(publicUrl).hostname}>`;

/** Milliseconds after which a last attempt that nobody finished counts as failed. */
const LAST_ATTEMPT = 3_600_000;
const afterLast = (now: Date) => new Date(now.getTime() + LAST_ATTEMPT);

async function settle(tx: Tx, { id }: Row, change: Partial<Row> & { state: "sent" | "dead" | "dropped" }, now: Date) {
  await tx
    .update(outbox)
    .set({ ...change, settledAt: now })
    .where(eq(outbox.id, id));
}
