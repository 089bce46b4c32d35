import { and, desc, eq } from "drizzle-orm";
import { auditEvents, members, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { AuditAction } from "@/lib/audit/audit-sentence";
import type { Context } from "@/lib/context";
import type { TokenRow } from "./token-row";

/** Events that a token's page shows, latest first. */
const EVENTS_SHOWN = 50;

export interface TokenEvent {
  id: string;
  at: Date;
  action: AuditAction;
  /** Who did it; null for Latchkey itself. `tokenId` where a token acted on its issuer's behalf. */
  actor: { id: string; name: string; tokenId: string | null } | null;
  details: Record<string, unknown>;
  ip: string | null;
}

/** The history of a token of which is known that the actor sees it, latest first. */
export async function readTokenEvents(actor: Actor, { id }: Pick<TokenRow, "id">, ctx: Context): Promise<TokenEvent[]> {
  const rows = await ctx.db
    .select({
      id: auditEvents.id,
      at: auditEvents.at,
      action: auditEvents.action,
      details: auditEvents.details,
      ip: auditEvents.ip,
      memberId: auditEvents.actorMemberId,
      tokenId: auditEvents.actorTokenId,
      name: users.name,
    })
    .from(auditEvents)
    .leftJoin(
      members,
      and(eq(members.organizationId, auditEvents.organizationId), eq(members.id, auditEvents.actorMemberId)),
    )
    .leftJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(auditEvents.organizationId, actor.organizationId),
        eq(auditEvents.subjectKind, "token"),
        eq(auditEvents.subjectId, id),
      ),
    )
    .orderBy(desc(auditEvents.id))
    .limit(EVENTS_SHOWN);
  return rows.map(({ memberId, tokenId, name, action, ...event }) => ({
    ...event,
    action: action as AuditAction,
    actor: memberId ? { id: memberId, name: name ?? "A former member", tokenId } : null,
  }));
}
