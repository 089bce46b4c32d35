import { createHash } from "node:crypto";
import { and, eq, lte, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { idempotentRequests } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { json } from "@/lib/http/answer";
import { Problem } from "@/lib/http/problem";
import { readBytes } from "@/lib/http/read-input";
import { parseIdempotencyKey } from "./idempotency-key";

/** How long an answer is kept, in milliseconds. */
export const ANSWERS_KEPT = 24 * 60 * 60 * 1000;

/** How long one of two waits for the other, in milliseconds: longer than nearly everything takes. */
const WAIT = 4000;
const RETRY_AFTER = "1";
/** SQLSTATE of a lock that was not had in time. */
const LOCK_NOT_AVAILABLE = "55P03";

const SECRET_NOTICE =
  "The secret stood in the first answer to this key and is shown once. If it did not reach you, rotate the token.";

interface Once {
  actor: Actor;
  ctx: Context;
  /** In milliseconds. */
  wait?: number;
}

type Asked = { organizationId: string; callerId: string; key: string; fingerprint: Buffer };

/**
 * Answers a request with an `Idempotency-Key` once, in one transaction with what it does: the same request again within a
 * day gets the same answer, but for its secret, and does nothing. A key belongs to its caller. What is refused, or fails,
 * uses no key. Throws `Problem`: 400 for a key that is none, 409 while the first is not answered, 422 where another request
 * had the key.
 */
export async function answerOnce<Req extends Request>(
  request: Req,
  { actor, ctx, wait = WAIT }: Once,
  answer: (request: Req, db: Db) => unknown,
): Promise<Response> {
  const key = parseIdempotencyKey(request.headers.get("idempotency-key") ?? "");
  const body = await readBytes(request);
  const { pathname, search } = new URL(request.url);
  const fingerprint = createHash("sha256").update(`${request.method} ${pathname}${search}\n`).update(body).digest();
  const callerId = actor.kind === "token" ? actor.tokenId : actor.memberId;
  const asked = { organizationId: actor.organizationId, callerId, key, fingerprint };
  return ctx.db.transaction(async (tx) => {
    if (!(await claim(tx, asked, ctx.now, wait))) return replay(tx, asked);
    const { method, headers, url } = request;
    const again = new Request(url, { method, headers, ...(body.byteLength > 0 ? { body } : {}) });
    const made = await answer(again as Req, tx);
    return keep(tx, asked, made instanceof Response ? made : json(made));
  });
}

const rowOf = ({ organizationId, callerId, key }: Asked) =>
  and(
    eq(idempotentRequests.organizationId, organizationId),
    eq(idempotentRequests.callerId, callerId),
    eq(idempotentRequests.key, key),
  );

/** Whether the key is this request's. Waits for another request with it that is being answered. */
async function claim(tx: Tx, asked: Asked, now: Date, wait: number): Promise<boolean> {
  await tx.execute(sql.raw(`set local lock_timeout = ${Math.round(wait)}`));
  const claimed = await tx
    .insert(idempotentRequests)
    .values({ ...asked, createdAt: now })
    .onConflictDoUpdate({
      target: [idempotentRequests.organizationId, idempotentRequests.callerId, idempotentRequests.key],
      set: { fingerprint: asked.fingerprint, createdAt: now, status: null, headers: null, body: null },
      // What is over and not cleared away yet.
      setWhere: lte(idempotentRequests.createdAt, new Date(now.getTime() - ANSWERS_KEPT)),
    })
    .returning({ key: idempotentRequests.key })
    .catch((error: { code?: string }) => {
      throw error.code === LOCK_NOT_AVAILABLE ? inProgress() : error;
    });
  await tx.execute(sql`set local lock_timeout to default`);
  return claimed.length > 0;
}

const inProgress = () => new Problem("idempotency_in_progress", { headers: { "Retry-After": RETRY_AFTER } });

async function replay(tx: Tx, asked: Asked): Promise<Response> {
  const [kept] = await tx.select().from(idempotentRequests).where(rowOf(asked));
  // Cleared away in this very moment.
  if (!kept || kept.status === null) throw inProgress();
  if (!kept.fingerprint.equals(asked.fingerprint)) throw new Problem("idempotency_key_reused");
  return json(kept.body, kept.status, { ...kept.headers, "Idempotency-Replayed": "true" });
}

/** The answer as it is, after it was kept without its secret. */
async function keep(tx: Tx, asked: Asked, made: Response): Promise<Response> {
  const text = await made.text();
  const { secret, ...rest } = JSON.parse(text) as Record<string, unknown>;
  // Kept for a day. Names and descriptions may look like any token: only what was made just now is looked for.
  if (typeof secret === "string" && JSON.stringify(rest).includes(secret)) {
    throw new Error("an answer holds its secret elsewhere than in `secret` too");
  }
  const location = made.headers.get("location");
  await tx
    .update(idempotentRequests)
    .set({
      status: made.status,
      headers: location ? { Location: location } : {},
      body: secret === undefined ? rest : { ...rest, secret_notice: SECRET_NOTICE },
    })
    .where(rowOf(asked));
  return new Response(text, { status: made.status, headers: made.headers });
}
