import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { outbox } from "@/db/schema";
import { errorFacts, log } from "@/lib/log";
import { headerText, isMailAddress } from "./mail-address";
import { MOST_ATTEMPTS, nextAttempt, nextTry } from "./mail-attempts";
import type { KeptMail } from "./mail-content";
import type { Delivery, Mailer } from "./mailer";
import { prepareMail } from "./prepare-mail";

export interface SendContext {
  db: Db;
  /** Asked before and after each message: a run takes its time. */
  clock: () => Date;
  mailer: Mailer;
  publicUrl: string;
  /** Ends the run after the message that is under way. */
  signal?: AbortSignal;
}

type Row = typeof outbox.$inferSelect;
type Begun = Row & { rendered: KeptMail; wasDoubtful: boolean };

export interface SendCounts extends Record<string, number> {
  sent: number;
  /** To be tried again. */
  failed: number;
  dead: number;
  dropped: number;
}

/** Milliseconds. With the last message's own time that is far below what the runner waits for a run. */
const RUN_WITHIN = 120_000;

/**
 * Sends what is due, the most urgent first, `limit` messages and two minutes at most; a run ends early where the server or
 * our account with it is what fails. Several workers may run it at once: each holds the row of the message that it sends, and
 * of no other, so nobody else sends it meanwhile. One that is killed leaves the message to be sent again, under the same
 * Message-ID, after the wait that it had written down before it began.
 */
export async function sendOutbox(ctx: SendContext, { limit = 500 }: { limit?: number } = {}): Promise<SendCounts> {
  const counts: SendCounts = { sent: 0, failed: 0, dead: 0, dropped: 0 };
  // What comes due meanwhile is the next run's, so that none has two turns before another has one.
  const dueAt = ctx.clock();
  const end = dueAt.getTime() + RUN_WITHIN;
  for (let done = 0; done < limit && ctx.clock().getTime() < end && !ctx.signal?.aborted; done += 1) {
    const begun = await begin(ctx, dueAt);
    if (begun === "none") break;
    const outcome = typeof begun === "string" ? begun : await attempt(begun, ctx);
    if (outcome === "unavailable") {
      counts.failed += 1;
      break;
    }
    counts[outcome ?? "failed"] += 1;
  }
  return counts;
}

/**
 * Takes the next message and writes down, before anything leaves, that an attempt began: whoever finds it after a crash
 * knows that it may be with its receiver. What it says is settled here, once.
 */
async function begin(ctx: SendContext, dueAt: Date): Promise<Begun | "none" | "dropped" | "dead" | "failed"> {
  const now = ctx.clock();
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(outbox)
      // Said outright and not as a parameter, so that every plan may use the index of these.
      .where(and(sql`state = 'waiting'`, lte(outbox.nextAttemptAt, dueAt)))
      .orderBy(asc(outbox.urgency), asc(outbox.tellBy), asc(outbox.id))
      .limit(1)
      .for("update", { skipLocked: true });
    if (!row) return "none";
    // A kill at the last attempt leaves one attempt too many; nothing is tried for ever.
    if (row.attempts >= MOST_ATTEMPTS || !isMailAddress(row.toAddress)) {
      const failure = row.failure ?? (row.attempts ? "no_answer" : "address_invalid");
      await settle(tx, row, { state: "dead", failure }, now);
      return "dead";
    }
    const attempts = row.attempts + 1;
    const next = nextAttempt(attempts, now);
    const rendered = await words(tx, row, ctx.publicUrl, now);
    if (rendered === "over" || rendered === "not_wanted") {
      const failure = rendered === "over" ? row.failure : rendered;
      await settle(tx, row, { state: "dropped", failure }, now);
      return "dropped";
    }
    if (rendered === "cannot_be_written") {
      if (!next) await settle(tx, row, { state: "dead", attempts, failure: rendered }, now);
      else await change(tx, row, { attempts, failure: rendered, nextAttemptAt: next });
      return next ? "failed" : "dead";
    }
    const begun = { attempts, rendered, doubtful: true, nextAttemptAt: next ?? afterLast(now) };
    await change(tx, row, begun);
    return { ...row, ...begun, wasDoubtful: row.doubtful };
  });
}

/** What a message says: once somebody may have it, it stays what it was; before, it tells what is true now. */
async function words(
  tx: Tx,
  row: Row,
  publicUrl: string,
  now: Date,
): Promise<KeptMail | "over" | "not_wanted" | "cannot_be_written"> {
  const id = row.rendered?.messageId ?? messageId(row.id, publicUrl);
  if (row.doubtful && row.rendered) return { ...row.rendered, messageId: id };
  try {
    // Within bounds of its own: what goes wrong at one message leaves the others alone.
    const prepared = await tx.transaction((inner) => prepareMail(inner, row, { publicUrl, now }));
    return typeof prepared === "string" ? prepared : { ...prepared, messageId: id };
  } catch (error) {
    log().error({ message: row.id, error: errorFacts(error) }, "a message cannot be written");
    return "cannot_be_written";
  }
}

/** Null where somebody else has taken the message over since. */
async function attempt(begun: Begun, ctx: SendContext): Promise<"sent" | "failed" | "unavailable" | "dead" | null> {
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(outbox)
      .where(and(eq(outbox.id, begun.id), eq(outbox.state, "waiting"), eq(outbox.attempts, begun.attempts)))
      // Waits: whoever looks for work holds rows for a moment that they then pass over.
      .for("update");
    if (!row) return null;
    const delivery = await deliver(ctx.mailer, begun, tx);
    const now = ctx.clock();
    if (delivery.outcome === "sent") {
      await settle(tx, row, { state: "sent", doubtful: false, failure: null }, now);
      return "sent";
    }
    const failure = headerText(delivery.code, 80);
    // Refused for certain, and no earlier attempt in doubt: nobody has it.
    const doubtful = delivery.outcome === "unknown" || begun.wasDoubtful;
    if (delivery.outcome === "unavailable") {
      const nextAttemptAt = nextTry(row.createdAt, now);
      await change(tx, row, { attempts: row.attempts - 1, nextAttemptAt, failure, doubtful });
      return "unavailable";
    }
    const nextAttemptAt = nextAttempt(row.attempts, now);
    if (!nextAttemptAt || (delivery.outcome === "refused" && delivery.isFinal)) {
      await settle(tx, row, { state: "dead", failure, doubtful }, now);
      return "dead";
    }
    await change(tx, row, { nextAttemptAt, failure, doubtful });
    return "failed";
  });
}

async function deliver(mailer: Mailer, { id, rendered, toName, toAddress }: Begun, tx: Tx): Promise<Delivery> {
  try {
    return await mailer.send({ ...rendered, id, to: { name: toName, address: toAddress } }, tx);
  } catch {
    return { outcome: "unknown", code: "failed" };
  }
}

/** The host is ours, so nobody else makes such an id (RFC 5322, 3.6.4). */
const messageId = (id: string, publicUrl: string): string => `<${id}@${new URL(publicUrl).hostname}>`;

/** Milliseconds after which a last attempt that nobody finished counts as failed. */
const LAST_ATTEMPT = 3_600_000;
const afterLast = (now: Date) => new Date(now.getTime() + LAST_ATTEMPT);

const change = (tx: Tx, { id }: Row, to: Partial<Row>) => tx.update(outbox).set(to).where(eq(outbox.id, id));

const settle = (tx: Tx, row: Row, to: Partial<Row> & { state: "sent" | "dead" | "dropped" }, now: Date) =>
  change(tx, row, { ...to, settledAt: now });
