import { v7 as uuidv7 } from "uuid";
import type { Tx } from "@/db/client";
import { auditEvents } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import type { AuditAction } from "./audit-sentence";

export interface AuditEvent {
  organizationId: string;
  action: AuditAction;
  subject: {
    kind: "token" | "member" | "organization" | "session" | "role" | "group" | "permission" | "policy" | "invitation";
    id: string;
  };
  /** Facts that tell the event apart, never a secret. */
  details?: Record<string, unknown>;
}

type Author = (Pick<Actor, "memberId"> & { kind: "member" | "token"; tokenId?: string; loginId?: string }) | "system";

/** Among the details of an event, the API login through which it was done. */
export const API_LOGIN = "api_login";

/** Writes an event in the transaction of what it tells: where it cannot be written, nothing happens. */
export async function recordAudit(
  tx: Tx,
  actor: Author,
  event: AuditEvent,
  ctx: Pick<Context, "now" | "origin">,
): Promise<void> {
  await recordAudits(tx, actor, [event], ctx);
}

/** Rows of one statement. */
const CHUNK = 1000;

/** Writes the events of one act on many things. */
export async function recordAudits(
  tx: Tx,
  actor: Author,
  events: readonly AuditEvent[],
  { now, origin }: Pick<Context, "now" | "origin">,
): Promise<void> {
  const system = actor === "system";
  const rows = events.map((event) => ({
    organizationId: event.organizationId,
    // The moment of writing, which comes after the wait for any lock: events sort as they happened. `at` is the request's.
    id: uuidv7(),
    at: now,
    action: event.action,
    actorKind: system ? ("system" as const) : actor.kind,
    actorMemberId: system ? null : actor.memberId,
    actorTokenId: system ? null : (actor.tokenId ?? null),
    subjectKind: event.subject.kind,
    subjectId: event.subject.id,
    details: { ...event.details, ...(!system && actor.loginId ? { [API_LOGIN]: actor.loginId } : {}) },
    requestId: origin.requestId,
    ip: origin.ip,
  }));
  for (let at = 0; at < rows.length; at += CHUNK) await tx.insert(auditEvents).values(rows.slice(at, at + CHUNK));
}
