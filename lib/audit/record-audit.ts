import { v7 as uuidv7 } from "uuid";
import type { Tx } from "@/db/client";
import { auditEvents } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";

/** Every event that is written, with the sentence that tells it after the actor's name. */
export const AUDIT_ACTIONS = {
  "organization.created": "created the organization",
  "organization.updated": "changed the organization",
  "tokens.switched": "switched API tokens",
  "tokens.requested": "asked for API tokens to be switched on",
  "policy.updated": "changed the token policy",
  "member.added": "added the member",
  "member.invited": "invited somebody",
  "member.joined": "accepted the invitation",
  "invitation.withdrawn": "withdrew the invitation",
  "member.updated": "changed the member",
  "member.deactivated": "deactivated the member",
  "member.reactivated": "reactivated the member",
  "account.created": "added the service account",
  "role.created": "added the role",
  "role.updated": "changed the role",
  "role.deleted": "deleted the role",
  "permission.created": "added the permission",
  "permission.updated": "changed the permission",
  "permission.deleted": "deleted the permission",
  "group.created": "added the group",
  "group.updated": "changed the group",
  "group.deleted": "deleted the group",
  "token.created": "created the token",
  "token.updated": "changed the token",
  "token.deleted": "deleted the token",
  "session.created": "signed in",
  "session.ended": "signed out",
} as const;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

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

/** Writes an event in the transaction of what it tells: where it cannot be written, nothing happens. */
export async function recordAudit(
  tx: Tx,
  actor: (Pick<Actor, "memberId"> & { kind: "member" | "token"; tokenId?: string }) | "system",
  event: AuditEvent,
  { now, origin }: Pick<Context, "now" | "origin">,
): Promise<void> {
  const system = actor === "system";
  await tx.insert(auditEvents).values({
    organizationId: event.organizationId,
    // The moment of writing, which comes after the wait for any lock: events sort as they happened. `at` is the request's.
    id: uuidv7(),
    at: now,
    action: event.action,
    actorKind: system ? "system" : actor.kind,
    actorMemberId: system ? null : actor.memberId,
    actorTokenId: system ? null : (actor.tokenId ?? null),
    subjectKind: event.subject.kind,
    subjectId: event.subject.id,
    details: event.details ?? {},
    requestId: origin.requestId,
    ip: origin.ip,
  });
}
